package io.gatehouse.server.attack;

import io.gatehouse.policy.fact.Dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** Writes a statement anew so that a server does the same by it. */
final class Rewritings {
    private static final Set<String> NAMES =
            Set.of("rw_t", "rw_u", "a", "b", "id", "tid", "x", "y", "n", "w0", "w1", "w2");

    private final Random random;
    private final Dialect dialect;

    Rewritings(Random random, Dialect dialect) {
        this.random = random;
        this.dialect = dialect;
    }

    /**
     * One rewriting.
     *
     * @param words the statement with a blank around each token
     */
    String of(String words) {
        List<String> tokens = new ArrayList<>(List.of(words.split(" ")));
        if (random.nextInt(3) == 0) {
            parentheses(tokens);
        }
        if (random.nextInt(3) == 0) {
            quoting(tokens);
        }
        if (tokens.getFirst().equals("select") && random.nextInt(3) == 0) {
            wrapping(tokens);
        }
        StringBuilder text = new StringBuilder();
        if (random.nextBoolean()) {
            text.append(gap(false));
        }
        for (int i = 0; i < tokens.size(); i++) {
            text.append(cased(tokens.get(i)));
            if (i + 1 < tokens.size()) {
                text.append(gap(glued(tokens.get(i), tokens.get(i + 1))));
            }
        }
        return text.append(random.nextInt(3) == 0 ? " ;" : "").toString();
    }

    private static boolean glued(String left, String right) {
        String marks = "(),.";
        return marks.contains(left) || (marks.contains(right) && !right.equals("("));
    }

    private String cased(String token) {
        boolean fixed = token.startsWith("'") || token.startsWith("\"") || token.startsWith("`");
        if (fixed || token.startsWith("[")) {
            return token;
        }
        // SQLite and MySQL may tell apart the case of tables; keywords are free everywhere.
        boolean name = NAMES.contains(token);
        if (name && dialect.mysqlFamily()) {
            return token;
        }
        return switch (random.nextInt(3)) {
            case 0 -> token.toUpperCase(Locale.ROOT);
            case 1 -> token;
            default -> mixed(token);
        };
    }

    private String mixed(String token) {
        StringBuilder out = new StringBuilder();
        for (char c : token.toCharArray()) {
            out.append(random.nextBoolean() ? Character.toUpperCase(c) : c);
        }
        return out.toString();
    }

    /** What stands between two tokens; {@code none} where nothing needs to. */
    private String gap(boolean none) {
        List<String> gaps = new ArrayList<>(List.of(" ", "  ", "\n", "\t", " \r\n ", "/**/"));
        gaps.addAll(List.of("/* where id = 1 */", " /* ' */ ", "-- ; drop\n", " -- \"\n\t"));
        switch (dialect) {
            case POSTGRESQL -> gaps.addAll(List.of("/* a /* b */ c */", "\f", "--x\r", "/*/**/*/"));
            case SQLSERVER -> gaps.add("/* a /* b */ c */");
            case MYSQL, MARIADB -> gaps.addAll(List.of("# '\n", " /*!*/ ", " /*!50000*/ "));
            case H2 -> gaps.add("// x\n");
            case ORACLE, SQLITE -> gaps.add("/*;*/");
        }
        return none && random.nextBoolean() ? "" : gaps.get(random.nextInt(gaps.size()));
    }

    /** Parentheses around a value or a condition. */
    private void parentheses(List<String> tokens) {
        for (int i = 1; i + 1 < tokens.size(); i++) {
            boolean value = tokens.get(i - 1).equals("=") || tokens.get(i - 1).equals(">");
            boolean simple = tokens.get(i).matches("\\d+|'[^']*'|id|tid|a|b");
            boolean dotted = tokens.get(i + 1).equals(".");
            if (value && simple && !dotted) {
                tokens.set(i, "( " + tokens.get(i) + " )");
                break;
            }
        }
        int where = tokens.lastIndexOf("where");
        boolean last = where > 0 && !tokens.subList(where, tokens.size()).contains("order");
        boolean inner =
                String.join(" ", tokens.subList(Math.max(where, 0), tokens.size()))
                        .matches(".*(group|limit|returning|select|union|\\)$).*");
        if (last && !inner) {
            tokens.add(where + 1, "(");
            tokens.add(")");
        }
        split(tokens);
    }

    private static void split(List<String> tokens) {
        List<String> all = List.of(String.join(" ", tokens).split(" "));
        tokens.clear();
        tokens.addAll(all);
    }

    private void quoting(List<String> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            if (NAMES.contains(tokens.get(i)) && random.nextBoolean()) {
                tokens.set(i, quoted(tokens.get(i)));
            }
        }
    }

    private String quoted(String name) {
        return switch (dialect) {
            case POSTGRESQL -> "\"" + name + "\"";
            case ORACLE, H2 -> "\"" + name.toUpperCase(Locale.ROOT) + "\"";
            case MYSQL, MARIADB -> "`" + name + "`";
            case SQLSERVER -> "[" + name + "]";
            case SQLITE ->
                    switch (random.nextInt(3)) {
                        case 0 -> "\"" + name + "\"";
                        case 1 -> "`" + name + "`";
                        default -> "[" + name + "]";
                    };
        };
    }

    /** As a common table expression, a subquery with an alias, or one arm of a union. */
    private void wrapping(List<String> tokens) {
        String text = String.join(" ", tokens);
        if (text.contains(" ; ") || text.contains(" for update")) {
            return;
        }
        List<String> ways =
                List.of(
                        "select * from ( " + text + " ) w0",
                        "select w0 . * from ( " + text + " ) as w0",
                        "with w0 as ( " + text + " ) select * from w0",
                        "with w1 as ( select 1 as n ) , w0 as ( " + text + " ) select * from w0",
                        "select 1 from ( " + text + " ) w0 where 1 = 1",
                        "select count( * ) from ( select * from ( " + text + " ) w1 ) w2");
        // SQL Server and Oracle want a name for every column of such a query.
        List<String> all = List.of(ways.get(random.nextInt(ways.size())).split(" "));
        tokens.clear();
        tokens.addAll(all);
    }
}
