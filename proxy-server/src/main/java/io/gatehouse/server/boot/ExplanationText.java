package io.gatehouse.server.boot;

import com.fasterxml.jackson.core.JsonGenerator;

import io.gatehouse.policy.Decision;
import io.gatehouse.policy.Demand;
import io.gatehouse.policy.Explanation;
import io.gatehouse.policy.Obligations;
import io.gatehouse.policy.RateLimit;
import io.gatehouse.policy.fact.ColumnName;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.rule.FactName;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** An explanation for people, and as JSON. */
final class ExplanationText {
    private final Explanation told;
    private final String version;

    ExplanationText(Explanation told, String version) {
        this.told = told;
        this.version = version;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        Facts facts = told.decision().facts();
        lines.add("statement " + facts.fingerprint() + ": " + facts.normalized());
        for (StatementFacts statement : facts.statements()) {
            lines.add("  verbs      " + joined(keys(statement.verbs())));
            add(lines, "  relations  ", relations(statement));
            add(lines, "  columns    ", columns(statement));
            add(lines, "  functions  ", statement.functions().stream().sorted().toList());
            add(lines, "  facts      ", names(facts, statement));
            if (!statement.understood()) {
                lines.add("  not understood: " + statement.notUnderstood());
            }
        }
        lines.add("");
        for (Explanation.Look look : told.looks()) {
            String missing = look.missing();
            lines.add(
                    (missing == null ? "matched  " : "        -")
                            + look.rule()
                            + " ("
                            + (look.observes() ? "observes " : "")
                            + look.deed()
                            + ")"
                            + (missing == null ? "" : ": " + missing));
        }
        lines.add("");
        lines.add(told.decision().word() + " by " + told.decision().rule() + ", policy " + version);
        reasons(lines);
        if (!told.columns().isEmpty()) {
            lines.add("");
            told.columns().forEach(column -> lines.add("column " + line(column)));
        }
        return lines;
    }

    private static String line(Explanation.ResultColumn column) {
        String from = column.origins().isEmpty() ? "" : ", from " + joined(column.origins());
        String by = column.rule().isEmpty() ? "" : " by " + column.rule();
        String mask = column.mask().isEmpty() ? "" : " (" + column.mask() + ")";
        String why = column.why().isEmpty() ? "" : ", cannot be proved clean: " + column.why();
        return column.name() + ": " + column.shown() + by + mask + from + why;
    }

    private void reasons(List<String> lines) {
        switch (told.decision()) {
            case Decision.Deny deny -> {
                lines.add("  " + deny.reason());
                if (!deny.wayForward().isEmpty()) {
                    lines.add("  way forward: " + deny.wayForward());
                }
            }
            case Decision.Hold hold -> {
                for (Demand demand : hold.demands()) {
                    lines.add(
                            "  "
                                    + demand.kind().name().toLowerCase(Locale.ROOT)
                                    + " for "
                                    + demand.rule()
                                    + ": "
                                    + demand.reason());
                }
                add(lines, "  then ", obligations(hold.then().obligations()));
            }
            case Decision.Allow allow -> add(lines, "  ", obligations(allow.obligations()));
        }
        add(lines, "  observed: ", told.decision().observed());
    }

    private static void add(List<String> lines, String title, Collection<String> words) {
        if (!words.isEmpty()) {
            lines.add(title + joined(words));
        }
    }

    private static String joined(Collection<String> words) {
        return String.join(", ", words);
    }

    private static List<String> keys(Collection<? extends Enum<?>> values) {
        return values.stream()
                .map(v -> v.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    private static List<String> relations(StatementFacts statement) {
        List<String> words = new ArrayList<>();
        for (Relation relation : statement.relations()) {
            String schema = relation.schema().isEmpty() ? "" : relation.schema() + ".";
            String access = relation.access().name().toLowerCase(Locale.ROOT);
            words.add(schema + relation.name() + " " + access);
        }
        return words;
    }

    private static List<String> columns(StatementFacts statement) {
        List<String> words = new ArrayList<>();
        for (ColumnName column : statement.columns().named()) {
            String table = column.table().isEmpty() ? "" : column.table() + ".";
            words.add(table + column.name());
        }
        words.sort(null);
        if (!statement.columns().complete()) {
            words.add("perhaps others");
        }
        return words;
    }

    private static List<String> names(Facts facts, StatementFacts statement) {
        int holding = FactName.holding(facts, statement);
        List<String> names = new ArrayList<>();
        for (FactName fact : FactName.values()) {
            if ((holding & fact.bit()) != 0) {
                names.add(fact.key());
            }
        }
        return names;
    }

    private static List<String> obligations(Obligations obligations) {
        List<String> words = new ArrayList<>();
        if (obligations.readOnly()) {
            words.add("read-only");
        }
        if (obligations.maxRows() > 0) {
            words.add("max-rows " + obligations.maxRows());
        }
        if (obligations.maxBytes() > 0) {
            words.add("max-bytes " + obligations.maxBytes());
        }
        if (!obligations.timeout().isZero()) {
            words.add("timeout " + obligations.timeout().toMillis() + "ms");
        }
        if (obligations.replica()) {
            words.add("route replica");
        }
        if (!obligations.cache().isZero()) {
            words.add("cache " + obligations.cache().toMillis() + "ms");
        }
        for (RateLimit rate : obligations.rates()) {
            words.add("limit of " + rate.rule());
        }
        for (String mask : obligations.masked()) {
            words.add("mask " + mask);
        }
        return words;
    }

    void write(JsonGenerator json) throws IOException {
        Facts facts = told.decision().facts();
        json.writeStringField("policy", version);
        json.writeStringField("decision", told.decision().word());
        json.writeStringField("rule", told.decision().rule());
        if (told.decision() instanceof Decision.Deny deny) {
            json.writeStringField("reason", deny.reason());
            json.writeStringField("wayForward", deny.wayForward());
        }
        if (told.decision() instanceof Decision.Allow allow) {
            PolicyOutput.words(json, "obligations", obligations(allow.obligations()));
        }
        PolicyOutput.words(json, "observed", told.decision().observed());
        json.writeStringField("fingerprint", facts.fingerprint());
        json.writeStringField("statement", facts.normalized());
        json.writeArrayFieldStart("statements");
        for (StatementFacts statement : facts.statements()) {
            json.writeStartObject();
            PolicyOutput.words(json, "verbs", keys(statement.verbs()));
            PolicyOutput.words(json, "relations", relations(statement));
            PolicyOutput.words(json, "columns", columns(statement));
            PolicyOutput.words(json, "functions", statement.functions().stream().sorted().toList());
            PolicyOutput.words(json, "facts", names(facts, statement));
            json.writeStringField("notUnderstood", statement.notUnderstood());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("rules");
        for (Explanation.Look look : told.looks()) {
            json.writeStartObject();
            json.writeStringField("rule", look.rule());
            json.writeStringField("place", look.place());
            json.writeStringField("decides", look.deed());
            json.writeBooleanField("observes", look.observes());
            json.writeBooleanField("matched", look.missing() == null);
            json.writeStringField("missing", look.missing() == null ? "" : look.missing());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("columns");
        for (Explanation.ResultColumn column : told.columns()) {
            json.writeStartObject();
            json.writeStringField("column", column.name());
            json.writeStringField("shown", column.shown());
            PolicyOutput.words(json, "from", column.origins());
            json.writeStringField("rule", column.rule());
            json.writeStringField("mask", column.mask());
            json.writeStringField("unproven", column.why());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
