package io.gatehouse.policy;

import io.gatehouse.policy.MaskFindings.Finding;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Origin;
import io.gatehouse.policy.fact.Output;
import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.rule.Algorithm;
import io.gatehouse.policy.rule.Masking;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Which columns of one statement's results are masked. What the text tells is held against what the
 * server says of its result: a column is shown only where one of them proves it clean and none
 * denies it. Immutable.
 */
public final class MaskPlan {
    private final MaskFindings rules;
    private final List<Piece> pieces;
    private final List<Relation> written;
    private final List<String> told;

    /**
     * @param output what it is; its origins are judged
     * @param attribute what may be a call with the row of a masked table instead of a column; empty
     *     for none
     */
    private record Piece(Output output, Finding finding, String attribute) {}

    /**
     * @param written the relations that the statement changes, which generated keys are of
     */
    MaskPlan(MaskFindings rules, List<Output> outputs, List<Relation> written) {
        this.rules = rules;
        this.pieces =
                outputs.stream()
                        .map(o -> new Piece(bare(o), judged(rules, o), attribute(rules, o)))
                        .toList();
        this.written = List.copyOf(written);
        this.told = tell();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MaskPlan that
                && rules.equals(that.rules)
                && pieces.equals(that.pieces)
                && written.equals(that.written);
    }

    @Override
    public int hashCode() {
        return Objects.hash(pieces, written);
    }

    /** A table's columns are judged one by one, once their names are known. */
    private static Finding judged(MaskFindings rules, Output output) {
        return output.width() == Output.Width.TABLE ? Finding.CLEAN : rules.of(output.origins());
    }

    private static String attribute(MaskFindings rules, Output output) {
        String called = "";
        for (Origin origin : output.origins()) {
            switch (origin) {
                case Origin.OfColumn column when column.plain() -> {}
                case Origin.Attribute a when output.width() == Output.Width.ONE ->
                        called =
                                rules.mayMask(Masking.read(a.schema(), a.table()))
                                        ? a.table() + "." + a.name()
                                        : called;
                default -> {
                    return "";
                }
            }
        }
        return called;
    }

    /** Only a table's origins are looked at again. */
    private static Output bare(Output output) {
        return output.width() == Output.Width.TABLE
                ? output
                : new Output(output.width(), output.name(), java.util.Set.of());
    }

    /**
     * A column of a result as the server describes it.
     *
     * @param label the name in the result
     * @param schema of the table of which it says the column is; {@code ""} where it says none
     * @param table that table; {@code ""} where it says none
     * @param name the column's name in that table
     */
    public record Shown(String label, String schema, String table, String name) {}

    /** Which masks the text shows, each as a column of the result and the word of its algorithm. */
    public List<String> told() {
        return told;
    }

    private List<String> tell() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            Output output = piece.output();
            switch (output.width()) {
                case ONE -> {
                    String name = output.name().isEmpty() ? "#" + (i + 1) : output.name();
                    add(all, name, piece.finding());
                }
                case ANY -> add(all, "*", piece.finding());
                case TABLE -> {
                    for (Origin origin : output.origins()) {
                        if (origin instanceof Origin.OfRow row) {
                            all.addAll(rules.told(relation(row)));
                        }
                    }
                }
            }
        }
        return List.copyOf(all);
    }

    private static void add(List<String> all, String name, Finding finding) {
        Algorithm algorithm = finding.algorithm();
        if (!finding.unproven().isEmpty()) {
            all.add(name + (finding.refuse() ? " unproven" : " null"));
        } else if (algorithm != null) {
            all.add(name + " " + algorithm.word());
        }
    }

    static Relation relation(Origin.OfRow row) {
        return Masking.read(row.schema(), row.table());
    }

    /**
     * What is done to a column of the result.
     *
     * @param index its number, from 0
     * @param count how many columns the result has
     */
    public Treatment of(int index, int count, Shown shown) {
        Finding text = text(index, count, shown.label());
        if (text.clean() && shown.table().isEmpty()) {
            text = uncalled(index, count, shown.label());
        }
        return treatment(both(text, shown));
    }

    /**
     * PostgreSQL names the table of every column: what has none was computed, if only by a call.
     */
    private Finding uncalled(int index, int count, String label) {
        Finding all = Finding.CLEAN;
        if (rules.dialect() != Dialect.POSTGRESQL) {
            return all;
        }
        boolean counted = pieces.size() == count && pieces.stream().allMatch(MaskPlan::one);
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            String name = piece.output().name();
            boolean may = counted ? i == index : name.isEmpty() || name.equalsIgnoreCase(label);
            if (may && !piece.attribute().isEmpty()) {
                all = all.and(rules.unproven(piece.attribute() + " is no column of its table"));
            }
        }
        return all;
    }

    private static boolean one(Piece piece) {
        return piece.output().width() == Output.Width.ONE;
    }

    /**
     * What is done to a column of generated keys. A statement with RETURNING of its own gives that
     * for its keys, and may have any names there.
     */
    public Treatment ofKey(int index, int count, Shown shown) {
        Finding keys =
                written.isEmpty() ? rules.unproven("keys of an unknown table") : Finding.CLEAN;
        if (!pieces.isEmpty()) {
            keys = keys.and(text(index, count, shown.label()));
        }
        for (Relation relation : written) {
            keys = keys.and(rules.column(relation.schema(), relation.name(), shown.label(), true));
        }
        return treatment(both(keys, shown));
    }

    /** What is done to a value of which nothing is known. */
    public Treatment ofUnknown(String what) {
        return treatment(rules.unproven(what));
    }

    private Finding text(int index, int count, String label) {
        int size = pieces.size();
        int first = 0;
        while (first < size && one(first)) {
            first++;
        }
        if (first == size) {
            return count == size
                    ? pieces.get(index).finding()
                    : rules.unproven("the result has other columns than the statement");
        }
        int last = size - 1;
        while (one(last)) {
            last--;
        }
        int behind = size - 1 - last;
        if (count < first + behind) {
            return rules.unproven("the result has fewer columns than the statement");
        }
        if (index < first) {
            return pieces.get(index).finding();
        }
        if (index >= count - behind) {
            return pieces.get(size - (count - index)).finding();
        }
        Finding all = Finding.CLEAN;
        for (int i = first; i <= last; i++) {
            all = all.and(within(pieces.get(i), label));
        }
        return all;
    }

    private boolean one(int piece) {
        return one(pieces.get(piece));
    }

    /** What a piece says of a column that may or may not be one of its own. */
    private Finding within(Piece piece, String label) {
        Output output = piece.output();
        return switch (output.width()) {
            case ANY -> piece.finding();
            case ONE ->
                    output.name().isEmpty() || output.name().equalsIgnoreCase(label)
                            ? piece.finding()
                            : Finding.CLEAN;
            case TABLE -> {
                Finding all = Finding.CLEAN;
                for (Origin origin : output.origins()) {
                    if (origin instanceof Origin.OfRow row) {
                        all = all.and(rules.column(row.schema(), row.table(), label, true));
                    }
                }
                yield all;
            }
        };
    }

    private Finding both(Finding text, Shown shown) {
        if (shown.table().isEmpty() || shown.name().isEmpty()) {
            return text;
        }
        Finding server = rules.column(shown.schema(), shown.table(), shown.name(), true);
        if (server.algorithm() != null) {
            // Where the text knows nothing, the server does.
            Finding proved = text.algorithm() == null ? Finding.CLEAN : text;
            return proved.and(server);
        }
        // Other servers call an alias a table as well, and anybody may choose one.
        boolean sure = rules.dialect() == Dialect.POSTGRESQL && server.clean();
        return sure && text.algorithm() == null ? Finding.CLEAN : text;
    }

    private static Treatment treatment(Finding finding) {
        if (finding.clean()) {
            return new Treatment.Clear();
        }
        if (!finding.unproven().isEmpty()) {
            return finding.refuse()
                    ? new Treatment.Refused(finding.doubter(), finding.unproven())
                    : new Treatment.Masked(Algorithm.NOTHING);
        }
        Algorithm algorithm = finding.algorithm();
        return new Treatment.Masked(algorithm == null ? Algorithm.NOTHING : algorithm);
    }
}
