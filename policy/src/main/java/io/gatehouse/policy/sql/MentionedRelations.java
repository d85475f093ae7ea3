package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;

import java.util.List;

/**
 * Finds the relations in statements about rights, structure and upkeep, which no tree is built of.
 *
 * <p>What names a whole schema or more is marked {@link Trait#UNPARSED}: any relation may be in it.
 */
final class MentionedRelations {
    private static final List<String> WHOLE =
            List.of("SCHEMA", "SCHEMAS", "DATABASE", "SYSTEM", "OWNED");
    private static final List<String> NO_TABLES =
            List.of(
                    "FUNCTION",
                    "PROCEDURE",
                    "ROUTINE",
                    "SEQUENCE",
                    "TYPE",
                    "DOMAIN",
                    "LANGUAGE",
                    "LARGE",
                    "PARAMETER",
                    "TABLESPACE",
                    "FOREIGN");

    private final Dialect dialect;
    private final Draft draft;
    private final Cursor cursor;

    /**
     * @param whole the tokens of the whole statement
     */
    MentionedRelations(Dialect dialect, Cursor whole, Draft draft) {
        this.dialect = dialect;
        this.cursor = whole.from(0);
        this.draft = draft;
    }

    void gather() {
        String first = cursor.next().upper();
        switch (first) {
            case "GRANT", "REVOKE", "DENY" -> rights();
            case "RENAME" -> renamed();
            case "REFRESH" -> {
                cursor.accept("MATERIALIZED", "VIEW");
                cursor.accept("CONCURRENTLY");
                names();
            }
            case "REINDEX", "CLUSTER", "REASSIGN" -> upkeep();
            case "VACUUM", "ANALYZE", "ANALYSE", "OPTIMIZE", "REPAIR", "CHECK" -> upkeep();
            case "COMMENT" -> commented();
            case "CREATE", "ALTER", "DROP" -> structure();
            default -> {}
        }
    }

    private void unknown() {
        draft.traits.add(Trait.UNPARSED);
    }

    private void names() {
        do {
            QualifiedName name = cursor.name();
            if (name == null) {
                return;
            }
            draft.relation(name, Access.WRITE);
            if (cursor.peek().mark('(')) {
                cursor.skipParentheses();
            }
        } while (cursor.acceptMark(','));
    }

    private boolean find(String word) {
        while (!cursor.done() && !cursor.is(word)) {
            cursor.next();
        }
        return cursor.accept(word);
    }

    /** Behind ON; a role that is granted, or a right to the whole server, has none. */
    private void rights() {
        if (!find("ON")) {
            return;
        }
        boolean several = cursor.is("ALL") || cursor.peek().text().equals("*");
        boolean qualified = cursor.peek(1).text().equals("::");
        if (qualified && cursor.is("OBJECT")) {
            cursor.next();
            cursor.next();
        } else if (several || qualified || WHOLE.contains(cursor.peek().upper())) {
            unknown();
            return;
        }
        cursor.accept("TABLE");
        boolean kind = NO_TABLES.contains(cursor.peek().upper()) && cursor.peek(1).identifier();
        if (kind && !cursor.peek(1).is("TO") && !cursor.peek(1).is("FROM")) {
            return;
        }
        names();
        if (cursor.peek(-1).mark('.')) {
            unknown();
        }
    }

    /** MySQL's RENAME TABLE a TO b, c TO d, and Oracle's RENAME a TO b. */
    private void renamed() {
        cursor.acceptAny("TABLE", "TABLES");
        do {
            cursor.accept("IF", "EXISTS");
            draft.relation(cursor.name(), Access.WRITE);
            if (!find("TO")) {
                unknown();
                return;
            }
            draft.relation(cursor.name(), Access.WRITE);
        } while (cursor.acceptMark(','));
    }

    private void upkeep() {
        if (cursor.peek().mark('(')) {
            cursor.skipParentheses();
        }
        boolean more = true;
        while (more) {
            more =
                    cursor.acceptAny("FULL", "FREEZE", "VERBOSE", "ANALYZE", "ANALYSE", "LOCAL")
                            || cursor.acceptAny("NO_WRITE_TO_BINLOG", "TABLE", "TABLES");
        }
        cursor.accept("CONCURRENTLY");
        cursor.accept("INDEX");
        if (WHOLE.contains(cursor.peek().upper()) || cursor.done()) {
            unknown();
        } else {
            names();
            if (cursor.accept("ON")) {
                // CLUSTER i ON t, as it was written once, and still may be.
                names();
            }
        }
    }

    private void commented() {
        if (cursor.accept("ON", "COLUMN")) {
            QualifiedName column = null;
            int first = cursor.position();
            cursor.name();
            int last = cursor.position() - 2;
            // Without the last part, which is the column.
            if (last > first) {
                column = cursor.from(0).part(first, last);
            }
            draft.relation(column, Access.WRITE);
        } else if (cursor.accept("ON", "SCHEMA") || cursor.accept("ON", "DATABASE")) {
            unknown();
        } else if (cursor.accept("ON") && find("ON")) {
            // COMMENT ON TRIGGER g ON t.
            names();
        }
    }

    private void structure() {
        boolean creates = draft.verb == Verb.CREATE;
        cursor.accept("OR", "REPLACE");
        cursor.acceptAny("PUBLIC", "PRIVATE");
        if (cursor.acceptAny("SYNONYM")) {
            if (find("FOR")) {
                draft.relation(cursor.name(), Access.READ);
            }
        } else if (cursor.is("POLICY") || (cursor.is("TRIGGER") && !creates)) {
            if (find("ON")) {
                names();
            }
        } else if (cursor.is("STATISTICS")) {
            if (find("FROM")) {
                names();
            }
        } else if (cursor.is("SEQUENCE")) {
            owner();
        } else if (!creates && cursor.acceptAny("SCHEMA", "DATABASE")) {
            unknown();
        } else if (cursor.peek(1).is("ALL") && cursor.peek(2).is("IN")) {
            // ALTER TABLE ALL IN TABLESPACE.
            unknown();
        } else if (dialect == Dialect.POSTGRESQL && cursor.is("PUBLICATION")) {
            if (find("TABLE")) {
                names();
            } else {
                unknown();
            }
        } else {
            for (int i = 1; i + 1 < cursor.tokens().size(); i++) {
                related(i);
            }
        }
    }

    /** Tables whose rows a table takes for its own: by inheritance, as partitions, as a union. */
    private void related(int i) {
        Cursor at = cursor.from(i);
        boolean before = at.accept("PARTITION", "OF") || at.accept("INHERIT");
        if (!before && dialect == Dialect.POSTGRESQL) {
            before = at.accept("ATTACH", "PARTITION") || at.accept("DETACH", "PARTITION");
        }
        if (!before && dialect == Dialect.SQLSERVER && at.accept("SWITCH")) {
            while (!at.done() && !at.is("TO")) {
                at.next();
            }
            before = at.accept("TO");
        }
        before |= !before && (at.accept("AS", "TABLE") || at.accept("WITH", "TABLE"));
        if (!before && dialect.mysqlFamily() && at.accept("RENAME")) {
            // The name may be that of a table that is gone, or that others look for.
            before = !at.is("COLUMN") && !at.is("INDEX") && !at.is("KEY");
            at.acceptAny("TO", "AS");
        }
        boolean list = at.accept("INHERITS");
        if (!list && dialect.mysqlFamily() && at.accept("UNION")) {
            at.acceptOperator("=");
            list = true;
        }
        if (before || (list && at.acceptMark('('))) {
            do {
                draft.relation(at.name(), Access.WRITE);
            } while (list && at.acceptMark(','));
        }
    }

    /** OWNED BY t.c */
    private void owner() {
        if (find("OWNED") && cursor.accept("BY") && !cursor.is("NONE")) {
            int first = cursor.position();
            cursor.name();
            int last = cursor.position() - 2;
            draft.relation(last > first ? cursor.from(0).part(first, last) : null, Access.WRITE);
        }
    }
}
