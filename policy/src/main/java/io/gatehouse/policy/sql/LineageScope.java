package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Origin;
import io.gatehouse.policy.fact.Output;

import net.sf.jsqlparser.schema.Table;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables and queries that names in one query may mean, and those of the queries around it. */
final class LineageScope {
    private final Dialect dialect;
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

    /** Whether something has a column of a name. */
    private enum Has {
        NO,
        MAYBE,
        SURELY
    }

    LineageScope(Dialect dialect, @Nullable LineageScope outer) {
        this.dialect = dialect;
        this.outer = outer;
        this.commonTables = outer == null ? new HashMap<>() : new HashMap<>(outer.commonTables);
    }

    /** The queries around this one, with the common table expressions that it sees. */
    LineageScope around() {
        LineageScope around = new LineageScope(dialect, outer);
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

    /**
     * @param raw the name as it is written, with quotes
     */
    void commonTable(String raw, List<Output> outputs) {
        commonTables.put(LineageNames.common(dialect, raw), List.copyOf(outputs));
    }

    /** The columns of the common table expression that the table may be; {@code null} for none. */
    @Nullable List<Output> commonTable(Table table) {
        String name = LineageNames.common(dialect, LineageNames.raw(table));
        List<Output> common = commonTables.get(name);
        if (common != null || !(dialect.mysqlFamily() || dialect == Dialect.SQLSERVER)) {
            return common;
        }
        Set<Origin> either = new LinkedHashSet<>();
        commonTables.forEach((other, outputs) -> {
            if (other.equalsIgnoreCase(name)) {
                either.addAll(row(outputs));
            }
        });
        if (either.isEmpty()) {
            return null;
        }
        either.add(new Origin.OfRow("", LineageNames.part(table, 0)));
        return List.of(Output.any(either));
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
        List<Source> found = named(schema, name);
        return switch (found.size()) {
            case 0 -> List.of(Output.unknown("no table is called " + name));
            case 1 -> found.getFirst().outputs();
            default -> {
                Set<Origin> all = new LinkedHashSet<>();
                found.forEach(source -> all.addAll(origins(source.outputs())));
                yield List.of(Output.any(all));
            }
        };
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

    /**
     * What the name of a table or an alias may mean. Whether letters count in either case depends
     * on the server, so that all are taken, up to the one that it surely is.
     */
    private List<Source> named(String schema, String name) {
        List<Source> found = new ArrayList<>();
        for (LineageScope scope = this; scope != null; scope = scope.outer) {
            boolean certain = false;
            for (Source source : scope.sources) {
                boolean in = schema.isEmpty() || source.schema().equalsIgnoreCase(schema);
                if (in && source.name().equalsIgnoreCase(name)) {
                    found.add(source);
                    certain |= dialect == Dialect.POSTGRESQL && same(source.name(), name);
                }
            }
            if (certain) {
                return found;
            }
        }
        return found;
    }

    /** Letters beyond ASCII are folded in ways that depend on the database's encoding. */
    private static boolean same(String name, String asked) {
        return name.equals(asked) && name.chars().allMatch(c -> c < 0x80);
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
        List<Source> sources = named(schema, of);
        boolean any = false;
        for (Source source : sources) {
            any |= has(source, name, found) != Has.NO;
            attributes(source, name, found);
        }
        if (!sources.isEmpty() && !any) {
            found.add(new Origin.Unknown("no column of " + of + " is called " + name));
        }
        if (sources.isEmpty()) {
            // A field of a composite value: its table is the column.
            unqualified(of, found);
            found.add(new Origin.Unknown("no table is called " + of));
        }
        return found;
    }

    private void attributes(Source source, String name, Set<Origin> found) {
        for (Output output : source.outputs()) {
            for (Origin origin : output.origins()) {
                boolean table = output.width() == Output.Width.TABLE;
                if (table && dialect == Dialect.POSTGRESQL && origin instanceof Origin.OfRow row) {
                    found.add(new Origin.Attribute(row.schema(), row.table(), name));
                }
            }
        }
    }

    /** Whether anything may have that name, of which the origins are added. */
    private boolean unqualified(String name, Set<Origin> found) {
        boolean any = false;
        for (LineageScope scope = this; scope != null; scope = scope.outer) {
            boolean certain = false;
            for (Source source : scope.sources) {
                Has has = has(source, name, found);
                boolean whole = source.name().equalsIgnoreCase(name);
                any |= has != Has.NO || whole;
                certain |= has == Has.SURELY && source.outputs().stream().allMatch(o -> one(o));
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

    /** Whether the source has such a column, whose origins are added. */
    private Has has(Source source, String name, Set<Origin> found) {
        Has has = Has.NO;
        Set<Origin> nameless = new LinkedHashSet<>();
        for (Output output : source.outputs()) {
            boolean column = output.width() == Output.Width.ONE;
            if (column && output.name().isEmpty()) {
                nameless.addAll(output.origins());
                has = has == Has.SURELY ? has : Has.MAYBE;
            } else if (column && output.name().equalsIgnoreCase(name)) {
                found.addAll(output.origins());
                has = surely(output.name(), name) ? Has.SURELY : has == Has.NO ? Has.MAYBE : has;
            } else if (!column) {
                several(output, name, found);
                has = has == Has.SURELY ? has : Has.MAYBE;
            }
        }
        // Two of one name are an error where one of them is surely meant.
        if (has != Has.SURELY) {
            found.addAll(nameless);
        }
        return has;
    }

    /**
     * Whether the server means a column of that name and can mean no other. SQLite takes the first
     * of two; H2, Oracle and SQL Server tell names apart that are written alike here.
     */
    private boolean surely(String name, String asked) {
        return (dialect == Dialect.POSTGRESQL || dialect.mysqlFamily()) && same(name, asked);
    }

    private static void several(Output output, String name, Set<Origin> found) {
        if (output.width() == Output.Width.ANY) {
            found.addAll(output.origins());
            return;
        }
        for (Origin origin : output.origins()) {
            if (origin instanceof Origin.OfRow row) {
                found.add(new Origin.OfColumn(row.schema(), row.table(), name, true));
            }
        }
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
