package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;

import java.util.List;

/** Reads statements around a statement: EXPLAIN, PREPARE, DECLARE CURSOR and their likes. */
final class WrapperReader {
    private final StatementReader reader;
    private final Dialect dialect;
    private final Cursor cursor;
    private final Draft draft;

    WrapperReader(StatementReader reader, Dialect dialect, Cursor cursor, Draft draft) {
        this.reader = reader;
        this.dialect = dialect;
        this.cursor = cursor;
        this.draft = draft;
    }

    boolean read() {
        String word = cursor.next().upper();
        return switch (word) {
                    case "EXPLAIN" -> explain();
                    case "DESCRIBE", "DESC" ->
                            dialect.mysqlFamily() && statementFollows() && explain();
                    case "ANALYZE", "ANALYSE" -> analyze();
                    case "PREPARE" ->
                            new BranchWords(dialect, cursor, draft).prepare() || prepare();
                    default -> declare();
                }
                || (word.startsWith("DESC") && describe());
    }

    private boolean describe() {
        return new CommandWords(dialect, cursor, draft).describe();
    }

    private boolean statementFollows() {
        return switch (cursor.peek().upper()) {
            case "SELECT",
                    "WITH",
                    "INSERT",
                    "UPDATE",
                    "DELETE",
                    "REPLACE",
                    "TABLE",
                    "ANALYZE",
                    "FORMAT",
                    "EXTENDED",
                    "PARTITIONS",
                    "VALUES",
                    "MERGE" ->
                    true;
            default -> cursor.peek().mark('(');
        };
    }

    private boolean explain() {
        boolean runs = false;
        if (dialect == Dialect.POSTGRESQL && cursor.peek().mark('(')) {
            int first = cursor.position();
            cursor.skipParentheses();
            for (int i = first; i < cursor.position(); i++) {
                Token token = cursor.tokens().get(i);
                runs |= token.is("ANALYZE") || token.is("ANALYSE");
                // A quoted option name works as well.
                runs |= token.kind() == Token.Kind.NAME;
            }
        }
        boolean more = true;
        while (more) {
            if (cursor.acceptAny("ANALYZE", "ANALYSE")) {
                runs = true;
            } else if (cursor.accept("FORMAT")) {
                cursor.acceptOperator("=");
                cursor.next();
            } else if (dialect == Dialect.ORACLE && cursor.acceptAny("SET", "INTO")) {
                cursor.next();
            } else {
                more =
                        cursor.acceptAny("VERBOSE", "EXTENDED", "PARTITIONS", "PLAN", "QUERY")
                                || cursor.accept("FOR");
            }
        }
        draft.verb(Verb.EXPLAIN, Trait.RETURNS_ROWS);
        if (dialect.mysqlFamily() && !statementFollows()) {
            return !runs && describe();
        }
        Draft inner = inner();
        if (runs) {
            merge(inner);
        } else {
            for (Relation relation : inner.relations) {
                draft.relations.add(new Relation(relation.schema(), relation.name(), Access.READ));
            }
            draft.functions.addAll(inner.functions);
            draft.columns = inner.columns;
        }
        return !cursor.done();
    }

    private Draft inner() {
        List<Token> rest = cursor.from(cursor.position()).tokens();
        Draft inner = reader.read(rest);
        if (!inner.notUnderstood.isEmpty()) {
            draft.notUnderstood(inner.notUnderstood);
        }
        return inner;
    }

    private void merge(Draft inner) {
        draft.relations.addAll(inner.relations);
        draft.functions.addAll(inner.functions);
        draft.traits.addAll(inner.traits);
        draft.where(inner.where);
        draft.verbs.addAll(inner.verbs);
        draft.verbs.add(inner.verb);
        draft.effect(inner.effect);
        draft.columns = inner.columns;
    }

    /** ANALYZE of MariaDB runs a statement; elsewhere it gathers statistics. */
    private boolean analyze() {
        if (dialect.mysqlFamily() && statementFollows() && !cursor.is("TABLE")) {
            cursor.accept("FORMAT");
            if (cursor.acceptOperator("=")) {
                cursor.next();
            }
            draft.verb(Verb.EXPLAIN, Trait.RETURNS_ROWS);
            merge(inner());
            return true;
        }
        return new CommandWords(dialect, cursor, draft).maintenance(Verb.ANALYZE);
    }

    private boolean prepare() {
        draft.verb(Verb.PREPARE);
        if (cursor.is("TRANSACTION") || cursor.name() == null) {
            return false;
        }
        if (cursor.peek().mark('(')) {
            cursor.skipParentheses();
        }
        SessionEffect pin = new SessionEffect.Pins(PinReason.PREPARED_STATEMENT);
        if (cursor.accept("FROM")) {
            draft.traits.add(Trait.OPAQUE);
            draft.traits.add(Trait.RUNS_TEXT);
            draft.effect(pin);
            return true;
        }
        if (!cursor.accept("AS") || cursor.done()) {
            return false;
        }
        merge(inner());
        draft.traits.remove(Trait.RETURNS_ROWS);
        draft.traits.remove(Trait.SINGLE_ROW);
        draft.traits.remove(Trait.HAS_LIMIT);
        draft.effect(pin);
        return true;
    }

    private boolean declare() {
        if (dialect == Dialect.ORACLE) {
            draft.verb(Verb.DO, Trait.OPAQUE, Trait.RUNS_TEXT);
            return true;
        }
        draft.verb(Verb.DECLARE_CURSOR);
        if (dialect != Dialect.POSTGRESQL || cursor.name() == null) {
            return false;
        }
        boolean hold = false;
        while (!cursor.done() && !cursor.accept("FOR")) {
            hold |= cursor.is("WITH", "HOLD");
            cursor.next();
        }
        if (cursor.done()) {
            return false;
        }
        merge(inner());
        draft.traits.remove(Trait.RETURNS_ROWS);
        draft.traits.remove(Trait.SINGLE_ROW);
        if (hold) {
            draft.effect(new SessionEffect.Pins(PinReason.HELD_CURSOR));
        }
        return true;
    }
}
