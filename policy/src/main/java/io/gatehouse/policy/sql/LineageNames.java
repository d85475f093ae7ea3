package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Output;

import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.schema.Table;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names in the parser's tree. */
final class LineageNames {
    private LineageNames() {}

    static String unquoted(@Nullable String name) {
        if (name == null) {
            return "";
        }
        if (name.length() > 1 && name.charAt(0) == '"' && name.endsWith("\"")) {
            return name.substring(1, name.length() - 1);
        }
        return Letters.lower(name);
    }

    /** The name that an alias gives; {@code ""}, which may be any, where that is not known. */
    static String alias(@Nullable Alias alias) {
        return alias == null ? "" : given(alias.getName());
    }

    /**
     * A name that the statement gives; {@code ""} for one in other quotes, with escapes in it or
     * with blanks at its ends: some servers cut them off.
     */
    static String given(@Nullable String written) {
        String name = unquoted(written);
        boolean plain = name.indexOf('\'') < 0 && name.indexOf('"') < 0 && name.indexOf('`') < 0;
        boolean whole = name.isEmpty() || (seen(name.charAt(0)) && seen(name.charAt(last(name))));
        return plain && whole ? name : "";
    }

    private static int last(String name) {
        return name.length() - 1;
    }

    private static boolean seen(char c) {
        return c > ' ' && c != 0x7F && !Character.isSpaceChar(c) && !Character.isISOControl(c);
    }

    /**
     * By which a common table expression is known. MySQL and SQL Server may tell names apart by the
     * case of their letters: one that is written otherwise may be that of a table.
     */
    static String common(Dialect dialect, String raw) {
        boolean quoted = raw.length() > 1 && raw.charAt(0) == '"' && raw.endsWith("\"");
        String name = quoted ? raw.substring(1, raw.length() - 1) : raw;
        return switch (dialect) {
            case POSTGRESQL -> quoted ? name : Letters.lower(name);
            case H2, ORACLE -> quoted ? name : name.toUpperCase(Locale.ROOT);
            case SQLITE -> Letters.lower(name);
            case MYSQL, MARIADB, SQLSERVER -> name;
        };
    }

    /** As it is written, with its quotes. */
    static String raw(Table table) {
        List<String> parts = table.getNameParts();
        return parts.isEmpty() || parts.getFirst() == null ? "" : parts.getFirst();
    }

    /** The part of a table's name, counted from the last. */
    static String part(Table table, int fromLast) {
        List<String> parts = table.getNameParts();
        return fromLast < parts.size() ? unquoted(parts.get(fromLast)) : "";
    }

    /** The columns under the names that an alias gives to the first of them. */
    static List<Output> renamed(List<Output> outputs, @Nullable Alias alias) {
        if (alias == null || alias.getAliasColumns() == null) {
            return outputs;
        }
        List<String> names = new ArrayList<>();
        alias.getAliasColumns().forEach(column -> names.add(given(column.name)));
        return renamed(outputs, names);
    }

    static List<Output> renamed(List<Output> outputs, List<String> names) {
        if (names.isEmpty()) {
            return outputs;
        }
        boolean counted = outputs.stream().allMatch(o -> o.width() == Output.Width.ONE);
        if (!counted || names.size() > outputs.size()) {
            // Which column has which name is not known.
            return List.of(Output.any(LineageScope.row(outputs)));
        }
        List<Output> renamed = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            renamed.add(i < names.size() ? Output.one(names.get(i), output.origins()) : output);
        }
        return renamed;
    }
}
