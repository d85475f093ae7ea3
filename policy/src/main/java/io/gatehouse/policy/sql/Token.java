package io.gatehouse.policy.sql;

import org.jspecify.annotations.Nullable;

/** One lexical element. Belongs to one thread. */
final class Token {
    /** The version of what stands in no executable comment. */
    static final int ALWAYS = -1;

    private final Kind kind;
    private final int start;
    private final int end;
    private final String text;
    private final int version;
    private @Nullable String upper;

    enum Kind {
        /** An unquoted identifier or keyword. */
        WORD,
        /** A quoted identifier. */
        NAME,
        STRING,
        NUMBER,
        /** {@code ?}, {@code $1}, {@code :name}. */
        PARAMETER,
        /** {@code @x} and {@code @@x}. */
        VARIABLE,
        OPERATOR,
        /** One of {@code ( ) [ ] { } , . ;}. */
        MARK
    }

    Token(Kind kind, int start, int end, String text, int version) {
        this.kind = kind;
        this.start = start;
        this.end = end;
        this.text = text;
        this.version = version;
    }

    /** What it is. */
    Kind kind() {
        return kind;
    }

    /** Offset of its first character in the text. */
    int start() {
        return start;
    }

    /** Offset behind its last character. */
    int end() {
        return end;
    }

    /** WORD: as written; NAME and STRING: the value without quotes; others: as written. */
    String text() {
        return text;
    }

    /** WORD: in upper case; others: as {@link #text}. */
    String upper() {
        if (kind != Kind.WORD) {
            return text;
        }
        // Most texts are known by their outline, for which nobody asks this.
        String known = upper;
        if (known == null) {
            known = Letters.upper(text);
            upper = known;
        }
        return known;
    }

    /**
     * Of the executable comment that it stands in, which servers of other versions skip; {@link
     * #ALWAYS} for none.
     */
    int version() {
        return version;
    }

    /** Whether it stands in an executable comment, which some servers skip. */
    boolean conditional() {
        return version != ALWAYS;
    }

    boolean is(String word) {
        return kind == Kind.WORD && text.length() == word.length() && upper().equals(word);
    }

    boolean mark(char c) {
        return kind == Kind.MARK && text.charAt(0) == c;
    }

    boolean identifier() {
        return kind == Kind.WORD || kind == Kind.NAME;
    }

    /** The identifier as a name: folded if it was not quoted. */
    String name() {
        return kind == Kind.WORD ? Letters.lower(text) : text;
    }

    /** Without its text, which may be a literal. */
    @Override
    public String toString() {
        return kind + "@" + start;
    }
}
