package io.gatehouse.frameworks;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a database browser, DBeaver above all, asks when a person opens a connection and unfolds its
 * tree.
 */
final class BrowseTest {
    /** What differs from one moment to the next, whoever asks. */
    private static final Set<String> VOLATILE =
            Set.of(
                    "xmin",
                    "datfrozenxid",
                    "relfrozenxid",
                    "relminmxid",
                    "datminmxid",
                    "reltuples",
                    "relpages",
                    "relallvisible",
                    "relallfrozen",
                    "db_size",
                    "relation_size");

    private static List<String> tables(Product product) {
        String more =
                switch (product) {
                    case POSTGRESQL ->
                            "create type mood as enum ('sad', 'glad');create table extra (id"
                                    + " bigserial primary key, m mood, tags text[], doc jsonb, at"
                                    + " timestamptz default now())";
                    case MARIADB ->
                            "create table extra (id bigint auto_increment primary key, m"
                                    + " enum('sad', 'glad'), doc json, at timestamp default"
                                    + " current_timestamp)";
                };
        return Stream.concat(
                        Stream.of(
                                "create table parent (id integer primary key, name varchar(40) not"
                                        + " null unique, price decimal(10, 2) default 1.5)",
                                "create table child (a integer not null, b integer not null, parent"
                                        + " integer, primary key (a, b), constraint child_parent"
                                        + " foreign key (parent) references parent (id) on delete"
                                        + " cascade)",
                                "create index child_b on child (b, parent)",
                                "create view shown as select id, name from parent"),
                        Arrays.stream(more.split(";")))
                .toList();
    }

    private interface Looking {
        void look(Connection connection, Story story) throws Exception;
    }

    private static void bothWays(Product product, Looking looking) throws Exception {
        BothWays.sameLooks(
                product,
                tables(product),
                (access, story) -> {
                    try (Connection connection = access.connect()) {
                        connection.setAutoCommit(true);
                        looking.look(connection, story);
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void theConnection(Product product) throws Exception {
        bothWays(
                product,
                (connection, story) -> {
                    DatabaseMetaData about = connection.getMetaData();
                    story.tell("product", about.getDatabaseProductName());
                    story.tell("version", about.getDatabaseProductVersion());
                    story.tell("major", about.getDatabaseMajorVersion());
                    story.tell("catalog term", about.getCatalogTerm());
                    story.tell("schema term", about.getSchemaTerm());
                    story.tell("procedure term", about.getProcedureTerm());
                    story.tell("separator", about.getCatalogSeparator());
                    story.tell("quote", about.getIdentifierQuoteString());
                    story.tell("escape", about.getSearchStringEscape());
                    story.tell("extra", about.getExtraNameCharacters());
                    story.tell("keywords", about.getSQLKeywords());
                    story.tell("numeric", about.getNumericFunctions());
                    story.tell("string", about.getStringFunctions());
                    story.tell("time", about.getTimeDateFunctions());
                    story.tell("system", about.getSystemFunctions());
                    story.tell("catalog at start", about.isCatalogAtStart());
                    story.tell("read-only", about.isReadOnly());
                    story.tell("transactions", about.supportsTransactions());
                    story.tell("savepoints", about.supportsSavepoints());
                    story.tell("batches", about.supportsBatchUpdates());
                    story.tell("several results", about.supportsMultipleResultSets());
                    story.tell("schemas in queries", about.supportsSchemasInDataManipulation());
                    story.tell("catalogs in queries", about.supportsCatalogsInDataManipulation());
                    story.tell("mixed case", about.supportsMixedCaseIdentifiers());
                    story.tell("quoted mixed case", about.storesMixedCaseQuotedIdentifiers());
                    story.tell("lower case", about.storesLowerCaseIdentifiers());
                    story.tell("upper case", about.storesUpperCaseIdentifiers());
                    story.tell("isolation", about.getDefaultTransactionIsolation());
                    story.tell(
                            "serializable",
                            about.supportsTransactionIsolationLevel(
                                    Connection.TRANSACTION_SERIALIZABLE));
                    story.tell("catalog", connection.getCatalog());
                    story.tell("schema", connection.getSchema());
                    story.tell("valid", connection.isValid(10));
                });
    }

    @ParameterizedTest
    @EnumSource
    void theTree(Product product) throws Exception {
        bothWays(
                product,
                (connection, story) -> {
                    DatabaseMetaData about = connection.getMetaData();
                    String catalog = connection.getCatalog();
                    String schema = product == Product.POSTGRESQL ? "public" : null;
                    story.rows("table types", about.getTableTypes());
                    story.rows("schemas", about.getSchemas());
                    story.rows("types", about.getTypeInfo());
                    story.rows("tables", about.getTables(catalog, schema, "%", null));
                    story.rows(
                            "views",
                            about.getTables(catalog, schema, "sh%", new String[] {"VIEW"}));
                    for (String table : List.of("parent", "child", "extra", "shown")) {
                        story.rows(table, about.getColumns(catalog, schema, table, "%"));
                        story.rows(table + " key", about.getPrimaryKeys(catalog, schema, table));
                        story.rows(
                                table + " index",
                                about.getIndexInfo(catalog, schema, table, false, true),
                                column -> !Set.of("CARDINALITY", "PAGES").contains(column));
                        story.rows(
                                table + " refers", about.getImportedKeys(catalog, schema, table));
                        story.rows(
                                table + " referred", about.getExportedKeys(catalog, schema, table));
                        story.rows(
                                table + " privileges",
                                about.getTablePrivileges(catalog, schema, table));
                    }
                    story.rows("functions", about.getFunctions(catalog, schema, "%"));
                    story.rows("procedures", about.getProcedures(catalog, schema, "%"));
                });
    }

    @ParameterizedTest
    @EnumSource
    void theCatalog(Product product) throws Exception {
        bothWays(
                product,
                (connection, story) -> {
                    List<String> queries =
                            product == Product.POSTGRESQL
                                    ? CatalogQueries.POSTGRESQL
                                    : CatalogQueries.MARIADB;
                    for (String query : queries) {
                        try (Statement s = connection.createStatement()) {
                            s.setFetchSize(200);
                            story.rows(query, s.executeQuery(query), c -> !VOLATILE.contains(c));
                        }
                    }
                    if (product == Product.POSTGRESQL) {
                        byNumber(connection, story);
                    }
                });
    }

    /** Object ids are given as long, as the browser keeps them. */
    private static void byNumber(Connection connection, Story story) throws SQLException {
        long schema;
        try (Statement s = connection.createStatement();
                ResultSet rows =
                        s.executeQuery(
                                "select oid from pg_catalog.pg_namespace where nspname ="
                                        + " 'public'")) {
            rows.next();
            schema = rows.getLong("oid");
        }
        for (String query : CatalogQueries.BY_SCHEMA) {
            try (PreparedStatement s = connection.prepareStatement(query)) {
                s.setLong(1, schema);
                story.rows(query, s.executeQuery(), c -> !VOLATILE.contains(c));
            }
        }
    }
}
