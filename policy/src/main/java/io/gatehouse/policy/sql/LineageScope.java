package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Origin;
import io.gatehouse.policy.fact.Output;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables and queries that names in one query may mean, and those of the queries around it. */
final class LineageScope {
    private final @Nullable LineageScope outer;
    private final Map<String, List<Output>> commonTables;
    private final List<Source> sources = new ArrayList<>();
    private boolean merged;

    /**
     * Something in FROM.
     *
     * @param name by which columns are qualified; {@code ""} for none
     */
    record Source(String schema, String name, List<Output> outputs) {}

    LineageScope(@Nullable LineageScope outer) {
        this.outer = outer;
        this.commonTables = outer == null ? new HashMap<>() : new HashMap<>(outer.commonTables);
    }

    /** The queries around this one, with the common table expressions that it sees. */
    LineageScope around() {
        LineageScope around = new LineageScope(outer);
        around.commonTables.putAll(commonTables);
        return around;
    }

    void add(String schema, String name, List<Output> outputs) {
        sources.add(new Source(schema, name, List.copyOf(outputs)));
    }

    /** Columns of two sources become one: their order is not that of the sources. */
    void merge() {
        merged = true;
    }

    void commonTable(String name, List<Output> outputs) {
        commonTables.put(name, List.copyOf(outputs));
    }

    @Nullable List<Output> commonTable(String name) {
        return commonTables.get(name);
    }

    /** What {@code *} stands for. */
    List<Output> everything() {
        List<Output> all = new ArrayList<>();
        for (Source source : sources) {
            all.addAll(source.outputs());
        }
        if (sources.isEmpty()) {
            return List.of(Output.unknown("* of nothing"));
        }
        return merged ? List.of(Output.any(origins(all))) : all;
    }

    /** What {@code name.*} stands for. */
    List<Output> everythingOf(String schema, String name) {
        Source source = source(schema, name);
        return source == null
                ? List.of(Output.unknown("no table is called " + name))
                : source.outputs();
    }

    /** What a value that holds the whole row of these columns may have come from. */
    static Set<Origin> row(List<Output> outputs) {
        Set<Origin> row = new LinkedHashSet<>();
        outputs.forEach(output -> row.addAll(output.computed()));
        return row;
    }

    private static Set<Origin> origins(List<Output> outputs) {
        Set<Origin> all = new LinkedHashSet<>();
        outputs.forEach(output -> all.addAll(output.origins()));
        return all;
    }

    private @Nullable Source source(String schema, String name) {
        for (LineageScope scope = this; scope != null; scope = scope.outer) {
            for (Source source : scope.sources) {
                boolean same = source.name().equalsIgnoreCase(name);
                boolean in = schema.isEmpty() || source.schema().equalsIgnoreCase(schema);
                if (same && in) {
                    return source;
                }
            }
        }
        return null;
    }

    /**
     * What a name may have come from.
     *
     * @param of the table or alias before it; {@code ""} for none
     */
    Set<Origin> column(String schema, String of, String name) {
        Set<Origin> found = new LinkedHashSet<>();
        if (of.isEmpty()) {
            if (!unqualified(name, found) && !empty()) {
                found.add(new Origin.Unknown("no column in reach is called " + name));
            }
            return found;
        }
        Source source = source(schema, of);
        if (source != null && !named(source, name, found)) {
            found.add(new Origin.Unknown("no column of " + of + " is called " + name));
        }
        if (source == null) {
            // A field of a composite value: its table is the column.
            unqualified(of, found);
            found.add(new Origin.Unknown("no table is called " + of));
        }
        return found;
    }

    /** Whether anything may have that name, of which the origins are added. */
    private boolean unqualified(String name, Set<Origin> found) {
        boolean any = false;
        for (LineageScope scope = this; scope != null; scope = scope.outer) {
            boolean certain = false;
            for (Source source : scope.sources) {
                boolean has = named(source, name, found);
                boolean whole = source.name().equalsIgnoreCase(name);
                any |= has || whole;
                certain |= has && source.outputs().stream().allMatch(o -> one(o));
                if (whole) {
                    found.addAll(row(source.outputs()));
                }
            }
            if (certain) {
                return true;
            }
        }
        return any;
    }

    private static boolean one(Output output) {
        return output.width() == Output.Width.ONE;
    }

    /** Whether the source may have such a column, whose origins are added. */
    private static boolean named(Source source, String name, Set<Origin> found) {
        boolean may = false;
        Set<Origin> nameless = new LinkedHashSet<>();
        boolean exact = false;
        for (Output output : source.outputs()) {
            switch (output.width()) {
                case ONE -> {
                    if (output.name().isEmpty()) {
                        nameless.addAll(output.origins());
                        may = true;
                    } else if (output.name().equalsIgnoreCase(name)) {
                        found.addAll(output.origins());
                        exact = true;
                    }
                }
                case TABLE -> {
                    for (Origin origin : output.origins()) {
                        if (origin instanceof Origin.OfRow row) {
                            found.add(new Origin.OfColumn(row.schema(), row.table(), name, true));
                        }
                    }
                    may = true;
                }
                case ANY -> {
                    found.addAll(output.origins());
                    may = true;
                }
            }
        }
        if (!exact) {
            found.addAll(nameless);
        }
        return may || exact;
    }

    /** Whether no name in here can mean a column. */
    boolean empty() {
        for (LineageScope scope = this; scope != null; scope = scope.outer) {
            if (!scope.sources.isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
