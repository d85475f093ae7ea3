package io.gatehouse.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Whoever lent a connection to an application, and is told what becomes of it. */
interface Lender {
    /** The application is done with the connection, which goes on without it. */
    void returned(GatehouseConnection handle);

    /** A prepared statement was closed. */
    void closed(PreparedStatement statement);

    /** A prepared statement cannot be used any more; the application hears of it next. */
    void failed(PreparedStatement statement, SQLException why);
}
