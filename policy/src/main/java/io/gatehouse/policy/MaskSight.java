package io.gatehouse.policy;

import io.gatehouse.policy.Explanation.ResultColumn;
import io.gatehouse.policy.MaskFindings.Finding;
import io.gatehouse.policy.fact.Lineage;
import io.gatehouse.policy.fact.Origin;
import io.gatehouse.policy.fact.Output;
import io.gatehouse.policy.rule.Algorithm;
import io.gatehouse.policy.rule.Masking;

import java.util.ArrayList;
import java.util.List;

/** Tells where the columns of results come from, and what becomes of each. */
final class MaskSight {
    private final MaskFindings rules;

    MaskSight(MaskFindings rules) {
        this.rules = rules;
    }

    List<ResultColumn> columns(List<Lineage> lineages) {
        List<ResultColumn> columns = new ArrayList<>();
        for (Lineage lineage : lineages) {
            int number = 0;
            for (Output output : lineage.outputs()) {
                number++;
                columns.add(column(output, number));
                if (output.width() == Output.Width.TABLE) {
                    of(output, columns);
                }
            }
        }
        return columns;
    }

    private ResultColumn column(Output output, int number) {
        List<String> origins = new ArrayList<>();
        for (Origin origin : output.origins()) {
            String told = told(origin);
            if (!told.isEmpty()) {
                origins.add(told);
            }
        }
        origins.sort(null);
        boolean table = output.width() == Output.Width.TABLE;
        String name =
                switch (output.width()) {
                    case ONE -> output.name().isEmpty() ? "#" + number : output.name();
                    case TABLE, ANY -> "*";
                };
        return column(name, origins, table ? others(output) : rules.of(output.origins()));
    }

    /** What is said of those columns of a table that no mask names. */
    private Finding others(Output output) {
        Finding all = Finding.CLEAN;
        for (Origin origin : output.origins()) {
            Finding row = rules.of(List.of(origin));
            if (row.algorithm() == null) {
                all = all.and(row);
            }
        }
        return all;
    }

    /** The columns of a table that masks name. */
    private void of(Output output, List<ResultColumn> columns) {
        for (Origin origin : output.origins()) {
            if (origin instanceof Origin.OfRow row) {
                for (String name : rules.maskedOf(Masking.read(row.schema(), row.table()))) {
                    Finding finding = rules.column(row.schema(), row.table(), name, true);
                    String from = MaskFindings.shown(Masking.read(row.schema(), row.table()));
                    columns.add(column("*." + name, List.of(from + "." + name), finding));
                }
            }
        }
    }

    private static ResultColumn column(String name, List<String> origins, Finding finding) {
        Algorithm algorithm = finding.algorithm();
        if (!finding.unproven().isEmpty()) {
            return new ResultColumn(
                    name,
                    origins,
                    finding.refuse() ? "refused" : Algorithm.NOTHING.word(),
                    finding.doubter(),
                    finding.column(),
                    finding.unproven());
        }
        return algorithm == null
                ? new ResultColumn(name, origins, "clear", "", "", "")
                : new ResultColumn(
                        name, origins, algorithm.word(), finding.rule(), finding.column(), "");
    }

    private static String told(Origin origin) {
        return switch (origin) {
            case Origin.OfColumn column ->
                    table(column.schema(), column.table())
                            + "."
                            + column.column()
                            + (column.plain() ? "" : ", computed");
            case Origin.OfRow row -> "any column of " + table(row.schema(), row.table());
            case Origin.OfFunction function -> "function " + function.name();
            case Origin.Unknown unknown -> "what cannot be told: " + unknown.why();
            case Origin.Attribute attribute -> "";
        };
    }

    private static String table(String schema, String table) {
        return MaskFindings.shown(Masking.read(schema, table));
    }
}
