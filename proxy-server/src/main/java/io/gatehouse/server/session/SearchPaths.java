package io.gatehouse.server.session;

import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.pool.CarriedState;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a session's database looks for tables without a schema, as far as the session said so. */
final class SearchPaths {
    private static final Pattern ITEM =
            Pattern.compile(
                    "\\s*(?:'((?:[^'\\\\]|'')*)'|\"((?:[^\"]|\"\")*)\"|([A-Za-z_][A-Za-z0-9_]*))\\s*");

    private SearchPaths() {}

    static SearchPath of(LogicalConnection target, CarriedState carried) {
        return switch (target.kind().dialect()) {
            case POSTGRESQL -> {
                String set = carried.settings().get("search_path");
                yield set == null ? schema(carried) : list(set);
            }
            case MYSQL, MARIADB -> {
                String database = carried.catalog();
                yield new SearchPath(
                        List.of(database == null ? target.target().database() : database));
            }
            case H2, ORACLE -> schema(carried);
            case SQLSERVER, SQLITE -> SearchPath.UNKNOWN;
        };
    }

    private static SearchPath schema(CarriedState carried) {
        String schema = carried.schema();
        return schema == null || schema.isEmpty()
                ? SearchPath.UNKNOWN
                : new SearchPath(List.of(schema));
    }

    /** The schemas of a search path as SQL text; unknown where one of them is not a plain name. */
    static SearchPath list(String valueText) {
        List<String> schemas = new ArrayList<>();
        Matcher item = ITEM.matcher(valueText);
        int at = 0;
        while (item.region(at, valueText.length()).lookingAt()) {
            schemas.add(name(item));
            at = item.end();
            if (at == valueText.length()) {
                // "$user" is whoever the role is then.
                boolean plain = schemas.stream().noneMatch(s -> s.isEmpty() || s.startsWith("$"));
                return plain ? new SearchPath(schemas) : SearchPath.UNKNOWN;
            }
            if (valueText.charAt(at++) != ',') {
                return SearchPath.UNKNOWN;
            }
        }
        return SearchPath.UNKNOWN;
    }

    private static String name(Matcher item) {
        if (item.group(1) != null) {
            return item.group(1).replace("''", "'");
        }
        if (item.group(2) != null) {
            return item.group(2).replace("\"\"", "\"");
        }
        String word = item.group(3).toLowerCase(Locale.ROOT);
        return word.equals("default") ? "" : word;
    }
}
