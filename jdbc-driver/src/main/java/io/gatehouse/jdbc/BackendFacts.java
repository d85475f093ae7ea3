package io.gatehouse.jdbc;

import java.sql.SQLException;

/** Names, limits and other facts of the backend, in the words of its own driver. */
abstract class BackendFacts extends MoreBackendAbilities {
    abstract int number(String fact) throws SQLException;

    abstract long longNumber(String fact) throws SQLException;

    abstract String text(String fact) throws SQLException;

    @Override
    public String getCatalogSeparator() throws SQLException {
        return text("getCatalogSeparator");
    }

    @Override
    public String getCatalogTerm() throws SQLException {
        return text("getCatalogTerm");
    }

    @Override
    public int getDatabaseMajorVersion() throws SQLException {
        return number("getDatabaseMajorVersion");
    }

    @Override
    public int getDatabaseMinorVersion() throws SQLException {
        return number("getDatabaseMinorVersion");
    }

    @Override
    public String getDatabaseProductName() throws SQLException {
        return text("getDatabaseProductName");
    }

    @Override
    public String getDatabaseProductVersion() throws SQLException {
        return text("getDatabaseProductVersion");
    }

    @Override
    public int getDefaultTransactionIsolation() throws SQLException {
        return number("getDefaultTransactionIsolation");
    }

    @Override
    public String getExtraNameCharacters() throws SQLException {
        return text("getExtraNameCharacters");
    }

    @Override
    public String getIdentifierQuoteString() throws SQLException {
        return text("getIdentifierQuoteString");
    }

    @Override
    public int getMaxBinaryLiteralLength() throws SQLException {
        return number("getMaxBinaryLiteralLength");
    }

    @Override
    public int getMaxCatalogNameLength() throws SQLException {
        return number("getMaxCatalogNameLength");
    }

    @Override
    public int getMaxCharLiteralLength() throws SQLException {
        return number("getMaxCharLiteralLength");
    }

    @Override
    public int getMaxColumnNameLength() throws SQLException {
        return number("getMaxColumnNameLength");
    }

    @Override
    public int getMaxColumnsInGroupBy() throws SQLException {
        return number("getMaxColumnsInGroupBy");
    }

    @Override
    public int getMaxColumnsInIndex() throws SQLException {
        return number("getMaxColumnsInIndex");
    }

    @Override
    public int getMaxColumnsInOrderBy() throws SQLException {
        return number("getMaxColumnsInOrderBy");
    }

    @Override
    public int getMaxColumnsInSelect() throws SQLException {
        return number("getMaxColumnsInSelect");
    }

    @Override
    public int getMaxColumnsInTable() throws SQLException {
        return number("getMaxColumnsInTable");
    }

    @Override
    public int getMaxConnections() throws SQLException {
        return number("getMaxConnections");
    }

    @Override
    public int getMaxCursorNameLength() throws SQLException {
        return number("getMaxCursorNameLength");
    }

    @Override
    public int getMaxIndexLength() throws SQLException {
        return number("getMaxIndexLength");
    }

    @Override
    public long getMaxLogicalLobSize() throws SQLException {
        return longNumber("getMaxLogicalLobSize");
    }

    @Override
    public int getMaxProcedureNameLength() throws SQLException {
        return number("getMaxProcedureNameLength");
    }

    @Override
    public int getMaxRowSize() throws SQLException {
        return number("getMaxRowSize");
    }

    @Override
    public int getMaxSchemaNameLength() throws SQLException {
        return number("getMaxSchemaNameLength");
    }

    @Override
    public int getMaxStatementLength() throws SQLException {
        return number("getMaxStatementLength");
    }

    @Override
    public int getMaxStatements() throws SQLException {
        return number("getMaxStatements");
    }

    @Override
    public int getMaxTableNameLength() throws SQLException {
        return number("getMaxTableNameLength");
    }

    @Override
    public int getMaxTablesInSelect() throws SQLException {
        return number("getMaxTablesInSelect");
    }

    @Override
    public int getMaxUserNameLength() throws SQLException {
        return number("getMaxUserNameLength");
    }

    @Override
    public String getNumericFunctions() throws SQLException {
        return text("getNumericFunctions");
    }

    @Override
    public String getProcedureTerm() throws SQLException {
        return text("getProcedureTerm");
    }

    @Override
    public int getResultSetHoldability() throws SQLException {
        return number("getResultSetHoldability");
    }

    @Override
    public String getSQLKeywords() throws SQLException {
        return text("getSQLKeywords");
    }

    @Override
    public int getSQLStateType() throws SQLException {
        return number("getSQLStateType");
    }

    @Override
    public String getSchemaTerm() throws SQLException {
        return text("getSchemaTerm");
    }

    @Override
    public String getSearchStringEscape() throws SQLException {
        return text("getSearchStringEscape");
    }

    @Override
    public String getStringFunctions() throws SQLException {
        return text("getStringFunctions");
    }

    @Override
    public String getSystemFunctions() throws SQLException {
        return text("getSystemFunctions");
    }

    @Override
    public String getTimeDateFunctions() throws SQLException {
        return text("getTimeDateFunctions");
    }
}
