package io.gatehouse.policy.sql;

/**
 * One lexical element.
 *
 * @param kind what it is
 * @param start offset of its first character in the text
 * @param end offset behind its last character
 * @param text WORD: as written; NAME and STRING: the value without quotes; others: as written
 * @param upper WORD: in upper case; others: same as {@code text}
 * @param version of the executable comment that it stands in, which servers of other versions skip;
 *     {@link #ALWAYS} for none
 */
record Token(Kind kind, int start, int end, String text, String upper, int version) {
    static final int ALWAYS = -1;

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

    boolean conditional() {
        return version != ALWAYS;
    }

    boolean is(String word) {
        return kind == Kind.WORD && upper.equals(word);
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
}
