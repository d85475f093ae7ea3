package io.gatehouse.server.execute;

import org.postgresql.core.BaseConnection;
import org.postgresql.util.PGobject;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/** Binds texts to pgjdbc with the type that the client gave, for the server to read. */
final class PostgresValues {
    private static final int NAME = 19;
    private static final int CSTRING = 2275;
    private static final int UNKNOWN = 705;

    private final PreparedStatement statement;

    PostgresValues(PreparedStatement statement) {
        this.statement = statement;
    }

    void bind(int index, int type, String text) throws SQLException {
        if (type == WireTypes.UNTYPED || type == UNKNOWN) {
            statement.setObject(index, text, Types.OTHER);
            return;
        }
        statement.setObject(index, object(type, text));
    }

    void bindNull(int index, int type) throws SQLException {
        statement.setNull(index, Types.OTHER, typeName(type));
    }

    private PGobject object(int type, String text) throws SQLException {
        PGobject object = new PGobject();
        object.setType(typeName(type));
        object.setValue(text);
        return object;
    }

    /** The server's own name of a type; text for one that it does not know. */
    String typeName(int type) throws SQLException {
        String name =
                statement
                        .getConnection()
                        .unwrap(BaseConnection.class)
                        .getTypeInfo()
                        .getPGType(type);
        return name == null ? "text" : name;
    }

    /** Whether a type's binary format is another than its text. */
    static boolean differsInBinary(int type) {
        return switch (type) {
            case WireTypes.UNTYPED,
                    WireTypes.TEXT,
                    WireTypes.VARCHAR,
                    WireTypes.BPCHAR,
                    WireTypes.JSON,
                    WireTypes.JSONB,
                    WireTypes.XML,
                    NAME,
                    CSTRING,
                    UNKNOWN ->
                    false;
            default -> true;
        };
    }
}
