package io.gatehouse.jdbc.url;

import io.gatehouse.jdbc.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A program and its arguments, written as one text that no shell reads. */
final class CommandLine {
    private static final int MOST_WORDS = 100;

    private CommandLine() {}

    /** Words are separated by spaces; double quotes hold one together. Null has none. */
    static List<String> words(@Nullable String text) throws SQLException {
        List<String> words = new ArrayList<>();
        if (text == null) {
            return words;
        }
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                begun = true;
            } else if (c == ' ' && !quoted) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        if (quoted || words.isEmpty() || words.get(0).isEmpty() || words.size() > MOST_WORDS) {
            throw Faults.badArgument(
                    "The property 'passwordCommand' must be a program and at most "
                            + (MOST_WORDS - 1)
                            + " arguments, separated by spaces, with quotes in pairs.");
        }
        return List.copyOf(words);
    }
}
