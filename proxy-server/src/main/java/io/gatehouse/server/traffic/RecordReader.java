package io.gatehouse.server.traffic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Asker;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one line of an audit file. */
final class RecordReader {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> VERDICTS =
            Set.of("allow", "deny", "confirm", "approve", "approved", "rejected");

    private final Map<String, String> words = new HashMap<>();
    private final Map<String, List<String>> lists = new HashMap<>();

    /** A record, or what is wrong with the line. */
    sealed interface Read {
        record Entry(Recorded recorded) implements Read {}

        record Bad(String why) implements Read {}
    }

    private RecordReader() {}

    static Read read(Lines.Line.Whole line) {
        RecordReader reader = new RecordReader();
        try (JsonParser json = JSON.createParser(line.bytes().bytes(), 0, line.bytes().length())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return new Read.Bad("not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                reader.field(json.currentName(), json);
            }
            if (json.nextToken() != null) {
                return new Read.Bad("something stands behind the JSON object");
            }
            return reader.recorded();
        } catch (JsonProcessingException e) {
            // Its message quotes the line, which is somebody's data.
            return new Read.Bad("not JSON, column " + e.getLocation().getColumnNr());
        } catch (IOException e) {
            return new Read.Bad("not readable");
        }
    }

    private void field(String name, JsonParser json) throws IOException {
        switch (json.nextToken()) {
            case VALUE_STRING -> words.put(name, json.getText());
            case START_ARRAY -> {
                List<String> list = new ArrayList<>();
                for (JsonToken token = json.nextToken();
                        token != null && token != JsonToken.END_ARRAY;
                        token = json.nextToken()) {
                    if (token == JsonToken.VALUE_STRING) {
                        list.add(json.getText());
                    } else {
                        json.skipChildren();
                    }
                }
                lists.put(name, list);
            }
            case null, default -> json.skipChildren();
        }
    }

    private Read recorded() {
        for (String needed :
                List.of("time", "user", "connection", "fingerprint", "statement", "verdict")) {
            if (!words.containsKey(needed)) {
                return new Read.Bad("not an audit record: there is no field \"" + needed + "\"");
            }
        }
        if (!VERDICTS.contains(word("verdict"))) {
            return new Read.Bad("not an audit record: its verdict is none");
        }
        Instant time;
        try {
            time = Instant.parse(word("time"));
        } catch (DateTimeException e) {
            return new Read.Bad("not an audit record: its time is none");
        }
        Asker asker =
                new Asker(
                        word("user"),
                        new HashSet<>(list("groups")),
                        word("role"),
                        word("address"),
                        word("application"),
                        word("door"),
                        word("connection"),
                        new HashSet<>(list("labels")));
        return new Read.Entry(
                new Recorded(
                        time,
                        asker,
                        new SearchPath(list("search_path")),
                        dialect(word("dialect")),
                        word("fingerprint"),
                        word("statement"),
                        word("sql"),
                        word("facts"),
                        word("verdict"),
                        word("rule"),
                        word("sqlstate"),
                        list("approvals")));
    }

    private String word(String name) {
        return words.getOrDefault(name, "");
    }

    private List<String> list(String name) {
        return lists.getOrDefault(name, List.of());
    }

    private static @Nullable Dialect dialect(String key) {
        for (Dialect dialect : Dialect.values()) {
            if (dialect.key().equals(key)) {
                return dialect;
            }
        }
        return null;
    }
}
