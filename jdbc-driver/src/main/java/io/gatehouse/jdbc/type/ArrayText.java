package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the text form of arrays, PostgreSQL's: {@code {1,NULL,"a b",{2}}}. */
public final class ArrayText {
    private static final int MAX_DEPTH = 64;

    private final String text;
    private final char separator;
    private int at;

    private ArrayText(String text, char separator) {
        this.text = text;
        this.separator = separator;
    }

    /** The elements, each a String, a list of such, or null. */
    public static List<@Nullable Object> parse(String text, char separator) throws SQLException {
        ArrayText reader = new ArrayText(text, separator);
        if (text.startsWith("[")) {
            // Bounds of its own, as in [0:1]={1,2}: JDBC's arrays have none.
            reader.at = text.indexOf('=') + 1;
        }
        List<@Nullable Object> elements = reader.array(1);
        if (reader.at != text.length()) {
            throw malformed();
        }
        return elements;
    }

    private static SQLException malformed() {
        return Faults.badText("an array", null);
    }

    private char here() throws SQLException {
        if (at >= text.length()) {
            throw malformed();
        }
        return text.charAt(at);
    }

    private List<@Nullable Object> array(int depth) throws SQLException {
        if (here() != '{' || depth > MAX_DEPTH) {
            throw malformed();
        }
        at++;
        List<@Nullable Object> elements = new ArrayList<>();
        while (here() != '}') {
            if (here() == '{') {
                elements.add(array(depth + 1));
            } else {
                elements.add(here() == '"' ? quoted() : plain());
            }
            if (here() == separator) {
                at++;
            } else if (here() != '}') {
                throw malformed();
            }
        }
        at++;
        return elements;
    }

    private String quoted() throws SQLException {
        StringBuilder value = new StringBuilder();
        at++;
        while (here() != '"') {
            if (here() == '\\') {
                at++;
            }
            value.append(here());
            at++;
        }
        at++;
        return value.toString();
    }

    private @Nullable String plain() throws SQLException {
        StringBuilder value = new StringBuilder();
        while (here() != separator && here() != '}') {
            if (here() == '\\') {
                at++;
            }
            value.append(here());
            at++;
        }
        String read = value.toString();
        return read.equalsIgnoreCase("null") ? null : read;
    }

    /** The text that H2's driver gives for an array. */
    public static String bracketed(String text, ElementType type) throws SQLException {
        StringBuilder out = new StringBuilder();
        boolean truths = type.javaClass() == Boolean.class;
        bracket(out, parse(text, ','), truths);
        return out.toString();
    }

    private static void bracket(StringBuilder out, List<?> elements, boolean truths) {
        out.append('[');
        String between = "";
        for (Object element : elements) {
            out.append(between);
            if (element instanceof List) {
                bracket(out, (List<?>) element, truths);
            } else if (truths && element != null) {
                out.append(element.equals("t") ? "TRUE" : "FALSE");
            } else {
                out.append(element);
            }
            between = ", ";
        }
        out.append(']');
    }
}
