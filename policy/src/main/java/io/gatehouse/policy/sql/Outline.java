package io.gatehouse.policy.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a text so that two texts with the same outline differ in the values of their literals
 * only: not in which of them are equal to each other, which is something that {@link Truth} sees.
 */
final class Outline {
    private final StringBuilder out;
    private final Map<String, Integer> numbered = new HashMap<>();

    private Outline(int length) {
        this.out = new StringBuilder(length);
    }

    /** The outline, or {@code ""} where parts of the text may not be run. */
    static String of(List<Token> tokens) {
        Outline outline = new Outline(tokens.isEmpty() ? 0 : tokens.getLast().end() + 16);
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.conditional()) {
                return "";
            }
            outline.add(token);
        }
        return outline.out.toString();
    }

    private void add(Token token) {
        // No token holds a control character outside of quotes, so these tell the kinds apart.
        switch (token.kind()) {
            case STRING -> literal('\1', token.text());
            case NUMBER -> number(token.text());
            case NAME -> quoted('\2', token.text());
            case VARIABLE -> quoted('\6', token.text());
            case WORD, PARAMETER, OPERATOR, MARK -> out.append(token.text()).append('\3');
        }
    }

    private void quoted(char kind, String text) {
        out.append(kind).append(text.length()).append('\3').append(text);
    }

    private void number(String text) {
        boolean point = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && !point) {
                point = true;
            } else if (!Letters.digit(c)) {
                out.append(text).append('\3');
                return;
            }
        }
        literal(point ? '\4' : '\5', text);
    }

    private void literal(char kind, String text) {
        out.append(kind);
        if (kind == '\1' && Canonical.everything(text)) {
            out.append(Canonical.EVERYTHING).append('\3');
            return;
        }
        int next = numbered.size();
        Integer known = numbered.putIfAbsent(kind + text, next);
        out.append(known == null ? next : known.intValue()).append('\3');
    }
}
