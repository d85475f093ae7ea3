package io.gatehouse.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import io.gatehouse.policy.Policy;
import io.gatehouse.policy.PolicyProblems;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.policy.rule.FactName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The published schema says what the reader takes: each key and each word, no more and no less. */
class SchemaTest {
    private static final Path FOLDER = Path.of("../conf/policies");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode schema;
    private final JsonSchema validator;

    SchemaTest() throws IOException {
        schema = JSON.readTree(Files.readString(FOLDER.resolve("policy.schema.json")));
        validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }

    private JsonNode at(String path) {
        JsonNode node = schema.at(path);
        assertThat(node.isMissingNode()).as(path).isFalse();
        return node;
    }

    private void keys(String path, Collection<String> expected) {
        List<String> found = new ArrayList<>();
        at(path + "/properties").fieldNames().forEachRemaining(found::add);
        assertThat(found).as(path).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(at(path + "/additionalProperties").asBoolean()).as(path).isFalse();
    }

    private void words(String path, Collection<String> expected) {
        List<String> found = new ArrayList<>();
        at(path + "/enum").forEach(word -> found.add(word.asText()));
        assertThat(found).as(path).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyKeyIsThere() {
        keys("", Words.FILE);
        keys("/$defs/rule", Words.RULE);
        keys("/$defs/condition", Words.CONDITION);
        keys("/$defs/time", Words.TIME);
        keys("/$defs/rule/properties/approvers", Words.APPROVERS);
        keys("/$defs/rule/properties/rate", Words.RATE);
        keys("/$defs/rule/properties/concurrent", Words.CONCURRENT);
        keys("/$defs/rule/properties/clean", Words.CLEAN);
        keys("/$defs/mask", Words.MASK);
    }

    @Test
    void everyWordIsThere() {
        words("/properties/default", Words.DEFAULTS);
        words("/$defs/rule/properties/decide", Words.DECISIONS);
        words("/$defs/rule/properties/mode", Words.MODES);
        words("/$defs/rule/properties/rate/properties/scope", Words.SCOPES);
        words("/$defs/rule/properties/concurrent/properties/scope", Words.SCOPES);
        words("/$defs/rule/properties/route", Words.ROUTES);
        words("/$defs/rule/properties/unproven", Words.UNPROVEN);
        words("/$defs/rule/properties/conditions", Words.ON_CONDITIONS);
        words("/$defs/mask/properties/with", Words.ALGORITHMS);
        words("/$defs/mask/properties/to", Words.UNITS);
        words("/$defs/condition/properties/access", Words.ACCESS);
        words("/$defs/condition/properties/doors/items", Words.DOORS);
        words("/$defs/condition/properties/verbs/items", keys(Verb.values()));
        words("/$defs/condition/properties/facts/items", keys(FactName.values()));
    }

    private static List<String> keys(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(v -> v.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    @Test
    void theSamplesAreValid() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                assertThat(faults(Files.readString(file))).as(file.toString()).isEmpty();
            }
        }
    }

    private List<String> faults(String yaml) throws IOException {
        Object read = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return validator.validate(JSON.valueToTree(read)).stream().map(Object::toString).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: a, read-only: true",
                "name: a, decide: allow, match: {verbs: [select], doors: [driver], labels: [x]}",
                "name: a, decide: confirm, reason: x, valid-for: 5m, max-bytes: 1MiB",
                "name: a, decide: approve, reason: x, approvers: {groups: [dba]}",
                "name: a, rate: {rows: 5, bytes: 5KiB, per: 1s, scope: group}",
                "name: a, concurrent: {statements: 5}, timeout: 5s",
                "name: a, route: replica",
                "name: a, cache: 30s",
                "name: a, cache: never, match: {relations: [stock]}",
                "name: a, decide: allow, route: primary, match: {relations: [orders]}",
                "name: a, max-rows: 1, match: {times: [{days: [mon-fri], zone: UTC}]}",
                "name: a, max-rows: 1, match: {times: [{from: '08:00', to: '09:00', zone: UTC}]}",
                "name: a, max-rows: 1, match: {addresses: [10.0.0.0/8], when: \"user == 'x'\"}",
                "name: a, max-rows: 1, match: {columns: [a.b], access: read, roles: ['x*']}",
                "name: a, masks: [{columns: [a.b], with: null}], match: {users: [x]}",
                "name: a, masks: [{columns: [a.b], with: partial, first: 2}], unproven: mask",
                "name: a, masks: [{columns: [b], with: hash, length: 16}], conditions: refuse",
                "name: a, masks: [{columns: [b], with: truncate, to: month}], max-rows: 1",
                "name: a, masks: [{columns: [b], with: constant, value: 5}], clean: {relations:"
                        + " [c]}",
            })
    void whatOneTakesTheOtherTakes(String rule) throws Exception {
        String yaml = "policy: 1\nrules: [{" + rule + "}]";
        assertThat(faults(yaml)).isEmpty();
        assertThat(Policy.parse("p", yaml).ruleNames()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: a",
                "read-only: true",
                "name: A!, read-only: true",
                "name: a, decide: deny",
                "name: a, decide: mask, reason: x",
                "name: a, route: anywhere",
                "name: a, cache: always",
                "name: a, decide: deny, reason: x, cache: 5s",
                "name: a, decide: deny, reason: x, route: replica",
                "name: a, mask: {x: null}, decide: allow",
                "name: a, routes: replica, decide: allow",
                "name: a, caches: 5s, decide: allow",
                "name: a, decide: deny, reason: x, max-rows: 1",
                "name: a, decide: approve, reason: x",
                "name: a, decide: approve, reason: x, approvers: {}",
                "name: a, decide: allow, approvers: {users: [x]}",
                "name: a, decide: allow, valid-for: 5m",
                "name: a, rate: {statements: 5}",
                "name: a, rate: {per: 5s}",
                "name: a, rate: {statements: 5, per: 5s, scope: all}",
                "name: a, concurrent: {scope: user}",
                "name: a, max-bytes: 5 megabytes",
                "name: a, max-rows: 0",
                "name: a, masks: []",
                "name: a, masks: [{columns: [a.b]}]",
                "name: a, masks: [{with: null}]",
                "name: a, masks: [{columns: [a.b], with: magic}]",
                "name: a, masks: [{columns: [a.b], with: hash, first: 2}]",
                "name: a, masks: [{columns: [a.b], with: hash, length: 2}]",
                "name: a, masks: [{columns: [a.b], with: partial, last: 65}]",
                "name: a, masks: [{columns: [a.b], with: null}], decide: allow",
                "name: a, masks: [{columns: [a.b], with: null}], decide: deny, reason: x",
                "name: a, masks: [{columns: [a.b], with: null}], match: {relations: [a]}",
                "name: a, masks: [{columns: [a.b], with: null}], unless: {columns: [a.c]}",
                "name: a, masks: [{columns: [a.b], with: null}], clean: {tables: [c]}",
                "name: a, max-rows: 1, unproven: mask",
                "name: a, max-rows: 1, conditions: refuse",
                "name: a, max-rows: 1, clean: {relations: [c]}",
                "name: a, max-rows: 1, match: {}",
                "name: a, max-rows: 1, match: {verbs: [fly]}",
                "name: a, max-rows: 1, match: {doors: [window]}",
                "name: a, max-rows: 1, match: {times: [{days: [mon-fri]}]}",
                "name: a, max-rows: 1, match: {times: [{zone: UTC}]}",
                "name: a, max-rows: 1, match: {times: [{from: '08:00', zone: UTC}]}",
                "name: a, max-rows: 1, match: {times: [{days: [friday], zone: UTC}]}",
                "name: a, max-rows: 1, match: {host: x}",
            })
    void whatOneRefusesTheOtherRefuses(String rule) throws Exception {
        String yaml = "policy: 1\nrules: [{" + rule + "}]";
        assertThat(faults(yaml)).isNotEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Policy.parse("p", yaml))
                .isInstanceOf(PolicyProblems.class);
    }
}
