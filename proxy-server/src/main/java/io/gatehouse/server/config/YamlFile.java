package io.gatehouse.server.config;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;

/** Reads one YAML file into nodes that know their place. */
final class YamlFile {
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private YamlFile() {}

    /** The file's only document; null where the file is empty or cannot be read (then reported). */
    static @Nullable Node read(Path file, Report report) {
        String text;
        try {
            if (Files.size(file) > MAX_BYTES) {
                report.add(file, "the file is too large: above " + MAX_BYTES + " bytes");
                return null;
            }
            if (!Files.isRegularFile(file)) {
                report.add(file, "this is no file");
                return null;
            }
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            report.add(file, "the file does not exist; an empty one takes every default");
            return null;
        } catch (CharacterCodingException e) {
            report.add(file, "the file is not UTF-8 text");
            return null;
        } catch (IOException e) {
            report.add(file, "the file cannot be read: " + e.getMessage());
            return null;
        }
        return parse(file, text, report);
    }

    static @Nullable Node parse(Path file, String text, Report report) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(file.toString())
                        .setUseMarks(true)
                        .setCodePointLimit(MAX_BYTES)
                        .build();
        try {
            Iterator<Node> documents = new Compose(settings).composeAllFromString(text).iterator();
            if (!documents.hasNext()) {
                return null;
            }
            Node first = documents.next();
            if (documents.hasNext()) {
                report.add(file, documents.next(), "one document only; take out the line ---");
            }
            return first;
        } catch (MarkedYamlEngineException e) {
            report.add(
                    file,
                    e.getProblemMark().or(e::getContextMark),
                    "this is not YAML: "
                            + (e.getProblem() == null ? e.getContext() : e.getProblem()));
            return null;
        } catch (YamlEngineException e) {
            report.add(file, Optional.empty(), "this is not YAML: " + e.getMessage());
            return null;
        } catch (StackOverflowError e) {
            // The parser descends into what is nested, without a limit of its own.
            report.add(file, "this is nested too deeply");
            return null;
        }
    }
}
