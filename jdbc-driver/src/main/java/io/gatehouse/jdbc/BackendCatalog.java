package io.gatehouse.jdbc;

import io.gatehouse.jdbc.wire.Argument;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** What the backend holds: tables, columns, keys and the rest, as its own driver lists them. */
abstract class BackendCatalog extends BackendFacts {
    abstract ResultSet rows(String method, List<Argument> arguments) throws SQLException;

    @Override
    public ResultSet getCatalogs() throws SQLException {
        return rows("getCatalogs", List.of());
    }

    @Override
    public ResultSet getSchemas() throws SQLException {
        return rows("getSchemas", List.of());
    }

    @Override
    public ResultSet getTableTypes() throws SQLException {
        return rows("getTableTypes", List.of());
    }

    @Override
    public ResultSet getTypeInfo() throws SQLException {
        return rows("getTypeInfo", List.of());
    }

    @Override
    public ResultSet getSchemas(@Nullable String catalog, @Nullable String schema)
            throws SQLException {
        return rows("getSchemas", List.of(Argument.text(catalog), Argument.text(schema)));
    }

    @Override
    public ResultSet getTables(
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            String @Nullable [] types)
            throws SQLException {
        return rows(
                "getTables",
                List.of(
                        Argument.text(catalog),
                        Argument.text(schema),
                        Argument.text(table),
                        Argument.texts(types)));
    }

    @Override
    public ResultSet getColumns(
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            @Nullable String column)
            throws SQLException {
        return rows(
                "getColumns",
                List.of(
                        Argument.text(catalog),
                        Argument.text(schema),
                        Argument.text(table),
                        Argument.text(column)));
    }

    @Override
    public ResultSet getAttributes(
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String type,
            @Nullable String attribute)
            throws SQLException {
        return rows(
                "getAttributes",
                List.of(
                        Argument.text(catalog),
                        Argument.text(schema),
                        Argument.text(type),
                        Argument.text(attribute)));
    }

    @Override
    public ResultSet getBestRowIdentifier(
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            int scope,
            boolean nullable)
            throws SQLException {
        return rows(
                "getBestRowIdentifier",
                List.of(
                        Argument.text(catalog),
                        Argument.text(schema),
                        Argument.text(table),
                        Argument.number(scope),
                        Argument.bool(nullable)));
    }

    @Override
    public ResultSet getColumnPrivileges(
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            @Nullable String column)
            throws SQLException {
        return rows(
                "getColumnPrivileges",
                List.of(
                        Argument.text(catalog),
                        Argument.text(schema),
                        Argument.text(table),
                        Argument.text(column)));
    }

    @Override
    public ResultSet getCrossReference(
            @Nullable String parentCatalog,
            @Nullable String parentSchema,
            @Nullable String parentTable,
            @Nullable String foreignCatalog,
            @Nullable String foreignSchema,
            @Nullable String foreignTable)
            throws SQLException {
        return rows(
                "getCrossReference",
                List.of(
                        Argument.text(parentCatalog),
                        Argument.text(parentSchema),
                        Argument.text(parentTable),
                        Argument.text(foreignCatalog),
                        Argument.text(foreignSchema),
                        Argument.text(foreignTable)));
    }

    @Override
    public ResultSet getExportedKeys(
            @Nullable String catalog, @Nullable String schema, @Nullable String table)
            throws SQLException {
        return rows(
                "getExportedKeys",
                List.of(Argument.text(catalog), Argument.text(schema), Argument.text(table)));
    }

    @Override
    public ResultSet getImportedKeys(
            @Nullable String catalog, @Nullable String schema, @Nullable String table)
            throws SQLException {
        return rows(
                "getImportedKeys",
                List.of(Argument.text(catalog), Argument.text(schema), Argument.text(table)));
    }

    @Override
    public ResultSet getPrimaryKeys(
            @Nullable String catalog, @Nullable String schema, @Nullable String table)
            throws SQLException {
        return rows(
                "getPrimaryKeys",
                List.of(Argument.text(catalog), Argument.text(schema), Argument.text(table)));
    }

    @Override
    public ResultSet getFunctionColumns(
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String function,
            @Nullable String column)
            throws SQLException {
        return rows(
                "getFunctionColumns",
                List.of(
                        Argument.text(catalog),
                        Argument.text(schema),
                        Argument.text(function),
                        Argument.text(column)));
    }

    @Override
    public ResultSet getFunctions(
            @Nullable String catalog, @Nullable String schema, @Nullable String function)
            throws SQLException {
        return rows(
                "getFunctions",
                List.of(Argument.text(catalog), Argument.text(schema), Argument.text(function)));
    }

    @Override
    public ResultSet getIndexInfo(
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            boolean unique,
            boolean approximate)
            throws SQLException {
        return rows(
                "getIndexInfo",
                List.of(
                        Argument.text(catalog),
                        Argument.text(schema),
                        Argument.text(table),
                        Argument.bool(unique),
                        Argument.bool(approximate)));
    }

    @Override
    public ResultSet getProcedureColumns(
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String procedure,
            @Nullable String column)
            throws SQLException {
        return rows(
                "getProcedureColumns",
                List.of(
                        Argument.text(catalog),
                        Argument.text(schema),
                        Argument.text(procedure),
                        Argument.text(column)));
    }

    @Override
    public ResultSet getProcedures(
            @Nullable String catalog, @Nullable String schema, @Nullable String procedure)
            throws SQLException {
        return rows(
                "getProcedures",
                List.of(Argument.text(catalog), Argument.text(schema), Argument.text(procedure)));
    }

    @Override
    public ResultSet getPseudoColumns(
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            @Nullable String column)
            throws SQLException {
        return rows(
                "getPseudoColumns",
                List.of(
                        Argument.text(catalog),
                        Argument.text(schema),
                        Argument.text(table),
                        Argument.text(column)));
    }

    @Override
    public ResultSet getSuperTables(
            @Nullable String catalog, @Nullable String schema, @Nullable String table)
            throws SQLException {
        return rows(
                "getSuperTables",
                List.of(Argument.text(catalog), Argument.text(schema), Argument.text(table)));
    }

    @Override
    public ResultSet getSuperTypes(
            @Nullable String catalog, @Nullable String schema, @Nullable String type)
            throws SQLException {
        return rows(
                "getSuperTypes",
                List.of(Argument.text(catalog), Argument.text(schema), Argument.text(type)));
    }

    @Override
    public ResultSet getTablePrivileges(
            @Nullable String catalog, @Nullable String schema, @Nullable String table)
            throws SQLException {
        return rows(
                "getTablePrivileges",
                List.of(Argument.text(catalog), Argument.text(schema), Argument.text(table)));
    }

    @Override
    public ResultSet getUDTs(
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String type,
            int @Nullable [] types)
            throws SQLException {
        return rows(
                "getUDTs",
                List.of(
                        Argument.text(catalog),
                        Argument.text(schema),
                        Argument.text(type),
                        Argument.numbers(types)));
    }

    @Override
    public ResultSet getVersionColumns(
            @Nullable String catalog, @Nullable String schema, @Nullable String table)
            throws SQLException {
        return rows(
                "getVersionColumns",
                List.of(Argument.text(catalog), Argument.text(schema), Argument.text(table)));
    }
}
