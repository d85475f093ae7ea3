package io.gatehouse.jdbc;

import io.gatehouse.jdbc.session.Session;

import org.jspecify.annotations.Nullable;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One use of a session by an application, which may be one of many. */
final class Lending {
    private final @Nullable Lender lender;
    private final Set<GatehouseStatement> open = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    /**
     * @param lender null where the session is the application's own
     */
    Lending(@Nullable Lender lender) {
        this.lender = lender;
    }

    @Nullable Lender lender() {
        return lender;
    }

    boolean isOver() {
        return over;
    }

    /** Ends the use: what it left open is closed, and its transaction rolled back. */
    void takeBack(Session session) throws SQLException {
        if (over) {
            return;
        }
        try {
            if (!session.isClosed()) {
                for (GatehouseStatement statement : List.copyOf(open)) {
                    statement.close();
                }
                if (!session.inBranch() && !session.isAutoCommit()) {
                    session.rollback();
                }
            }
        } finally {
            over = true;
        }
    }

    void opened(GatehouseStatement statement) {
        if (lender != null) {
            open.add(statement);
        }
    }

    void closed(GatehouseStatement statement) {
        if (lender != null) {
            open.remove(statement);
            if (statement instanceof PreparedStatement) {
                lender.closed((PreparedStatement) statement);
            }
        }
    }

    /** A statement failed; the lender hears of it where it cannot be used again. */
    void failed(GatehouseStatement statement, Session session, SQLException why) {
        boolean gone = session.isClosed() || "26000".equals(why.getSQLState());
        if (lender != null && gone && statement instanceof PreparedStatement) {
            lender.failed((PreparedStatement) statement, why);
        }
    }
}
