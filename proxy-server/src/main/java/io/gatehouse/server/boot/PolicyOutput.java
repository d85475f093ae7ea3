package io.gatehouse.server.boot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.gatehouse.policy.Policy;
import io.gatehouse.policy.PolicyProblems;
import io.gatehouse.policy.Problem;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

/** How the commands about policies say what they found: in lines, or as JSON. */
final class PolicyOutput {
    private static final JsonFactory JSON = new JsonFactory();

    private final Terminal terminal;
    private final boolean json;

    PolicyOutput(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    /** Writes the fields of an object. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    boolean json() {
        return json;
    }

    void line(String text) {
        terminal.out().println(text);
    }

    void object(Fields fields) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.writeStartObject();
            fields.write(generator);
            generator.writeEndObject();
        }
        terminal.out().println(text);
    }

    /** A command with the policy at hand. */
    interface Work {
        int on(Policy policy) throws Exception;
    }

    /** Does it with the policy of the files; where one cannot be used, says what is wrong. */
    int with(List<Path> files, Work work) throws Exception {
        try {
            return work.on(Policy.load(files));
        } catch (PolicyProblems problems) {
            return unusable(problems);
        }
    }

    private int unusable(PolicyProblems problems) throws IOException {
        if (json) {
            object(j -> problems(j, "problems", problems.problems()));
        } else {
            problems.problems().forEach(p -> terminal.err().println(p));
        }
        return Main.CONFIGURATION;
    }

    static void problems(JsonGenerator json, String name, List<Problem> problems)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (Problem problem : problems) {
            json.writeStartObject();
            json.writeStringField("file", problem.file());
            json.writeNumberField("line", problem.line());
            json.writeNumberField("column", problem.column());
            json.writeStringField("message", problem.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void words(JsonGenerator json, String name, Iterable<String> words) throws IOException {
        json.writeArrayFieldStart(name);
        for (String word : words) {
            json.writeString(word);
        }
        json.writeEndArray();
    }
}
