package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;

/** Reads transaction control. Each method returns false where the text is something else. */
final class TransactionWords {
    private final Dialect dialect;
    private final Cursor cursor;
    private final Draft draft;

    TransactionWords(Dialect dialect, Cursor cursor, Draft draft) {
        this.dialect = dialect;
        this.cursor = cursor;
        this.draft = draft;
    }

    boolean read() {
        if (cursor.accept("BEGIN")) {
            if (dialect == Dialect.ORACLE) {
                draft.verb(Verb.DO, Trait.OPAQUE, Trait.RUNS_TEXT);
                return true;
            }
            boolean locks = dialect == Dialect.SQLITE && !cursor.is("DEFERRED");
            boolean mode = cursor.acceptAny("DEFERRED", "IMMEDIATE", "EXCLUSIVE");
            if (mode && locks) {
                // The lock on the whole database is taken at once.
                draft.traits.add(Trait.LOCKS_ROWS);
            }
            boolean transaction = work() || mode;
            // A bare BEGIN of SQL Server opens a block, not a transaction.
            return (transaction || dialect != Dialect.SQLSERVER) && begins();
        }
        if (cursor.accept("START")) {
            return cursor.accept("TRANSACTION") && begins();
        }
        if (cursor.acceptAny("COMMIT", "END")) {
            return ends(true, Verb.COMMIT);
        }
        if (cursor.acceptAny("ROLLBACK", "ABORT")) {
            return rollback();
        }
        if (cursor.is("SAVE") && dialect == Dialect.SQLSERVER) {
            cursor.next();
            return cursor.acceptAny("TRAN", "TRANSACTION") && savepoint();
        }
        if (cursor.accept("SAVEPOINT")) {
            return savepoint();
        }
        if (cursor.accept("RELEASE")) {
            cursor.accept("SAVEPOINT");
            QualifiedName name = cursor.name();
            if (name == null || !cursor.done()) {
                return false;
            }
            draft.verb(Verb.RELEASE).effect(new SessionEffect.Releases(name.name()));
            return true;
        }
        return false;
    }

    private boolean work() {
        return cursor.acceptAny("WORK", "TRANSACTION", "TRAN");
    }

    private boolean begins() {
        if (dialect == Dialect.SQLSERVER && !cursor.done()) {
            return false;
        }
        String options = cursor.restLower();
        if (!transactionOptions(options)) {
            return false;
        }
        draft.verb(Verb.BEGIN).effect(new SessionEffect.Begins(options));
        readWrite(options);
        return true;
    }

    /** Whether only the known options of transactions stand in {@code options}. */
    private static boolean transactionOptions(String options) {
        return options.matches(
                "((isolation level (serializable|repeatable read|read (un)?committed|snapshot)"
                        + "|read (only|write)|(not )?deferrable|with consistent snapshot"
                        + "|deferred|immediate|exclusive),? ?)*");
    }

    private void readWrite(String options) {
        if (options.contains("read write")) {
            draft.traits.add(Trait.LEAVES_READ_ONLY);
        }
    }

    private boolean ends(boolean commit, Verb verb) {
        if (new BranchWords(dialect, cursor, draft).ends()) {
            return true;
        }
        work();
        boolean chain = false;
        if (cursor.accept("AND")) {
            boolean no = cursor.accept("NO");
            if (!cursor.accept("CHAIN")) {
                return false;
            }
            chain = !no;
        }
        if (cursor.accept("NO", "RELEASE")) {
            chain |= false;
        }
        if (cursor.is("PREPARED") || !cursor.done()) {
            return false;
        }
        draft.verb(verb).effect(new SessionEffect.Ends(commit, chain));
        return true;
    }

    private boolean rollback() {
        if (new BranchWords(dialect, cursor, draft).ends()) {
            return true;
        }
        work();
        boolean to = cursor.accept("TO");
        if (to || (dialect == Dialect.SQLSERVER && !cursor.done())) {
            cursor.accept("SAVEPOINT");
            QualifiedName name = cursor.name();
            if (name == null || !cursor.done()) {
                return false;
            }
            draft.verb(Verb.ROLLBACK_TO).effect(new SessionEffect.RollsBackTo(name.name()));
            return true;
        }
        return ends(false, Verb.ROLLBACK);
    }

    private boolean savepoint() {
        QualifiedName name = cursor.name();
        if (name != null && cursor.accept("ON")) {
            // Oracle-compatible modes write ON ROLLBACK RETAIN CURSORS.
            return false;
        }
        if (name == null || !cursor.done()) {
            return false;
        }
        draft.verb(Verb.SAVEPOINT).effect(new SessionEffect.Saves(name.name()));
        return true;
    }

    /** SET TRANSACTION and the like; the cursor stands behind SET. */
    boolean readSet() {
        boolean session = cursor.accept("SESSION", "CHARACTERISTICS", "AS");
        if (!session && cursor.is("SESSION", "TRANSACTION")) {
            cursor.next();
            session = true;
        }
        if (cursor.is("LOCAL", "TRANSACTION")) {
            cursor.next();
        }
        if (!cursor.accept("TRANSACTION")) {
            return false;
        }
        boolean snapshot = cursor.accept("SNAPSHOT");
        String options = cursor.restLower();
        if (!snapshot && (options.isEmpty() || !transactionOptions(options))) {
            return false;
        }
        // SQL Server's isolation level lasts for the whole session.
        session |= dialect == Dialect.SQLSERVER;
        draft.verb(Verb.SET_TRANSACTION)
                .effect(new SessionEffect.TransactionMode(options, session));
        readWrite(options);
        return true;
    }
}
