package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Output;

import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.schema.Table;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

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

    /**
     * The name that an alias gives; {@code ""}, which may be any, for one in other quotes or with
     * escapes in it: what the server makes of that is not known.
     */
    static String alias(@Nullable Alias alias) {
        String name = alias == null ? "" : unquoted(alias.getName());
        boolean plain = name.indexOf('\'') < 0 && name.indexOf('"') < 0 && name.indexOf('`') < 0;
        return plain ? name : "";
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
        alias.getAliasColumns().forEach(column -> names.add(unquoted(column.name)));
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
