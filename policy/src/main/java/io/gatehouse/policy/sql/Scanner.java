package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.sql.Token.Kind;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a text as its server would and refuses what two readers could read differently.
 *
 * <p>One use per text. Quoting rules are those of the server's defaults; {@link SettingGuard}
 * refuses the settings that would change them.
 */
final class Scanner {
    private static final String OPERATORS = "+-*/<>=~!@#%^&|`?:\\";
    private static final String[] MARKS = "()[]{},.;".split("");

    private final Dialect dialect;
    private final Quotes quotes;
    private final String text;
    private final int maxTokens;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int executable = Token.ALWAYS;
    private boolean escapeStringBefore;
    private boolean newlineSince;

    Scanner(Dialect dialect, String text, int maxTokens) {
        this.dialect = dialect;
        this.text = text;
        this.maxTokens = maxTokens;
        this.quotes = new Quotes(dialect, text);
    }

    List<Token> scan() throws NotUnderstood {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Letters.blank(c)) {
                newlineSince |= c == '\n' || c == '\r';
                at++;
            } else if (!comment(c)) {
                token(c);
                if (tokens.size() > maxTokens) {
                    throw new NotUnderstood("the text has more than " + maxTokens + " tokens");
                }
            }
        }
        if (executing()) {
            throw new NotUnderstood("an executable comment has no end");
        }
        return tokens;
    }

    private char peek(int distance) {
        int index = at + distance;
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private boolean comment(char c) throws NotUnderstood {
        if (c == '-' && peek(1) == '-' && dashesComment()) {
            lineComment();
            return true;
        }
        if (c == '#' && dialect.mysqlFamily()) {
            lineComment();
            return true;
        }
        if (c == '/' && peek(1) == '/' && dialect == Dialect.H2) {
            lineComment();
            return true;
        }
        if (c == '*' && peek(1) == '/' && executing()) {
            executable = Token.ALWAYS;
            at += 2;
            return true;
        }
        if (c == '/' && peek(1) == '*') {
            blockComment();
            return true;
        }
        return false;
    }

    private boolean dashesComment() {
        // MySQL reads "--1" as two minus signs.
        return !dialect.mysqlFamily() || at + 2 >= text.length() || peek(2) <= ' ';
    }

    private void lineComment() throws NotUnderstood {
        if (executing()) {
            throw new NotUnderstood("a line comment stands in an executable comment");
        }
        while (at < text.length() && text.charAt(at) != '\n') {
            if (text.charAt(at) == '\0') {
                throw new NotUnderstood("the text has a NUL character");
            }
            if (text.charAt(at) == '\r' && peek(1) != '\n' && at + 1 < text.length()) {
                if (dialect == Dialect.POSTGRESQL) {
                    return;
                }
                throw new NotUnderstood("a line comment holds a bare carriage return");
            }
            at++;
        }
    }

    private void blockComment() throws NotUnderstood {
        if (executing()) {
            throw new NotUnderstood("a comment stands in an executable comment");
        }
        if (dialect.mysqlFamily() && executableStart()) {
            return;
        }
        boolean nests = dialect == Dialect.POSTGRESQL || dialect == Dialect.SQLSERVER;
        int depth = 1;
        at += 2;
        while (depth > 0) {
            if (at >= text.length()) {
                throw new NotUnderstood("a comment has no end");
            }
            char c = text.charAt(at);
            if (c == '*' && peek(1) == '/') {
                depth--;
                at += 2;
            } else if (c == '/' && peek(1) == '*') {
                if (!nests) {
                    throw new NotUnderstood("a comment stands in a comment");
                }
                depth++;
                at += 2;
            } else if (c == '\0') {
                throw new NotUnderstood("the text has a NUL character");
            } else {
                at++;
            }
        }
    }

    private boolean executing() {
        return executable != Token.ALWAYS;
    }

    private boolean executableStart() {
        int skip;
        if (peek(2) == '!') {
            skip = 3;
        } else if (peek(2) == 'M' && peek(3) == '!' && dialect == Dialect.MARIADB) {
            skip = 4;
        } else {
            return false;
        }
        at += skip;
        executable = 0;
        int last = at + 6;
        while (at < last && Letters.digit(peek(0))) {
            executable = 10 * executable + peek(0) - '0';
            at++;
        }
        return true;
    }

    private void token(char c) throws NotUnderstood {
        int start = at;
        boolean escapedBefore = escapeStringBefore && newlineSince;
        escapeStringBefore = false;
        newlineSince = false;
        if (c == '\'') {
            if (escapedBefore) {
                throw new NotUnderstood("an escape string goes on in the next line");
            }
            string(start, at, Quotes.Mode.PLAIN);
        } else if (Letters.wordStart(c) || wordOnlyHere(c)) {
            word(start);
        } else if (Letters.digit(c) || (c == '.' && Letters.digit(peek(1)) && !nameBefore())) {
            number(start);
        } else if (c == '"' || c == '`' || c == '[' || c == '$') {
            quotedOrDollar(c, start);
        } else if (c == '@' && (Letters.wordPart(peek(1)) || peek(1) == '@' || quoteAfterAt())) {
            variable(start);
        } else if ("()[]{},.;".indexOf(c) >= 0) {
            at++;
            add(Kind.MARK, start, MARKS["()[]{},.;".indexOf(c)]);
        } else if (c == '?' || (c == ':' && namedParameter())) {
            parameter(start);
        } else if (OPERATORS.indexOf(c) >= 0) {
            operator(start);
        } else {
            throw new NotUnderstood(
                    "the text has the character U+"
                            + Integer.toHexString(c | 0x10000).substring(1));
        }
    }

    private boolean nameBefore() {
        if (tokens.isEmpty()) {
            return false;
        }
        Token last = tokens.getLast();
        return last.end() == at && (last.identifier() || last.mark(']') || last.mark(')'));
    }

    private boolean wordOnlyHere(char c) {
        return c == '#' && dialect == Dialect.SQLSERVER;
    }

    private boolean quoteAfterAt() {
        return dialect.mysqlFamily() && (peek(1) == '`' || peek(1) == '\'' || peek(1) == '"');
    }

    private boolean namedParameter() {
        return peek(1) != ':'
                && Letters.wordPart(peek(1))
                && (dialect == Dialect.ORACLE || dialect == Dialect.SQLITE);
    }

    private void add(Kind kind, int start, String value) {
        tokens.add(new Token(kind, start, at, value, executable));
    }

    private void string(int start, int quote, Quotes.Mode mode) throws NotUnderstood {
        Quotes.Read read = quotes.string(quote, mode);
        at = read.end();
        escapeStringBefore = mode == Quotes.Mode.ESCAPE;
        add(Kind.STRING, start, read.value());
    }

    private void word(int start) throws NotUnderstood {
        while (at < text.length() && wordPartHere(text.charAt(at))) {
            at++;
        }
        String word = Letters.grown(dialect, text.substring(start, at));
        if (Letters.disguised(word)) {
            throw new NotUnderstood("a word has letters that can be taken for others");
        }
        char next = peek(0);
        if (next == '\'') {
            Quotes.Mode mode = quotes.prefixed(Letters.upper(word));
            if (mode != Quotes.Mode.NONE) {
                string(start, at, mode);
                return;
            }
        } else if (next == '&'
                && word.equalsIgnoreCase("U")
                && (peek(1) == '"' || peek(1) == '\'')) {
            throw new NotUnderstood("a name or string has Unicode escapes");
        }
        add(Kind.WORD, start, word);
    }

    private boolean wordPartHere(char c) {
        return Letters.wordPart(c)
                || (c == '#' && (dialect == Dialect.SQLSERVER || dialect == Dialect.ORACLE))
                || (c == '@' && dialect == Dialect.SQLSERVER);
    }

    private void number(int start) throws NotUnderstood {
        if (text.charAt(at) == '0' && "xXbBoO".indexOf(peek(1)) >= 0 && Letters.hex(peek(2))) {
            at += 2;
            while (Letters.hex(peek(0)) || peek(0) == '_') {
                at++;
            }
        } else {
            digits();
            if (peek(0) == '.' && peek(1) != '.') {
                at++;
                digits();
            }
            int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
            if ((peek(0) == 'e' || peek(0) == 'E') && Letters.digit(peek(1 + sign))) {
                at += 1 + sign;
                digits();
            }
            if (dialect == Dialect.ORACLE && "fFdD".indexOf(peek(0)) >= 0) {
                at++;
            }
        }
        if (at < text.length() && (Letters.wordPart(peek(0)) || peek(0) == '.')) {
            throw new NotUnderstood("a number runs into a word");
        }
        add(Kind.NUMBER, start, text.substring(start, at));
    }

    private void digits() {
        while (Letters.digit(peek(0)) || (peek(0) == '_' && Letters.digit(peek(1)))) {
            at++;
        }
    }

    private void quotedOrDollar(char c, int start) throws NotUnderstood {
        if (c == '$') {
            dollar(start);
            return;
        }
        if (c == '"' && dialect.mysqlFamily()) {
            string(start, at, Quotes.Mode.BACKSLASH);
            return;
        }
        if (!quotes.quotesNames(c)) {
            at++;
            add(c == '[' ? Kind.MARK : Kind.OPERATOR, start, text.substring(start, at));
            return;
        }
        Quotes.Read read = quotes.name(at);
        at = read.end();
        add(Kind.NAME, start, Letters.surely(dialect, read.value()));
    }

    private void dollar(int start) throws NotUnderstood {
        if (Letters.digit(peek(1))) {
            at++;
            while (Letters.digit(peek(0))) {
                at++;
            }
            if (Letters.wordPart(peek(0))) {
                throw new NotUnderstood("a parameter runs into a word");
            }
            add(Kind.PARAMETER, start, text.substring(start, at));
            return;
        }
        if (dialect == Dialect.SQLITE && Letters.wordStart(peek(1))) {
            parameter(start);
            return;
        }
        Quotes.Read read = quotes.dollar(at);
        at = read.end();
        add(Kind.STRING, start, read.value());
    }

    private void variable(int start) throws NotUnderstood {
        at++;
        if (peek(0) == '@') {
            at++;
        }
        if (dialect.mysqlFamily() && (peek(0) == '\'' || peek(0) == '"' || peek(0) == '`')) {
            at =
                    (peek(0) == '`' ? quotes.name(at) : quotes.string(at, Quotes.Mode.BACKSLASH))
                            .end();
        } else {
            while (at < text.length() && wordPartHere(text.charAt(at))) {
                at++;
            }
        }
        if (dialect == Dialect.POSTGRESQL || dialect == Dialect.ORACLE) {
            // There "@" is an operator (absolute value, contains) in front of a name.
            at = start + 1;
            operator(start);
            return;
        }
        Kind kind = dialect == Dialect.SQLITE ? Kind.PARAMETER : Kind.VARIABLE;
        add(kind, start, text.substring(start, at));
    }

    private void parameter(int start) {
        at++;
        if (text.charAt(start) != '?' || dialect == Dialect.SQLITE || dialect == Dialect.H2) {
            while (at < text.length() && Letters.wordPart(text.charAt(at))) {
                at++;
            }
        } else if (peek(0) == '?' || peek(0) == '|' || (peek(0) == '&' && peek(1) != '&')) {
            // The JSON operators ?| and ?&, and the escaped question mark of JDBC.
            at += peek(0) == '|' && peek(1) == '|' ? 0 : 1;
            if (at > start + 1) {
                add(Kind.OPERATOR, start, text.substring(start, at));
                return;
            }
        }
        add(Kind.PARAMETER, start, text.substring(start, at));
    }

    private void operator(int start) {
        at = start + 1;
        boolean pair = text.charAt(start) == ':' && (peek(0) == ':' || peek(0) == '=');
        if (pair) {
            at++;
        } else if (text.charAt(start) != ':') {
            while (at < text.length() && joins(text.charAt(at))) {
                at++;
            }
        }
        add(Kind.OPERATOR, start, text.substring(start, at));
    }

    private boolean joins(char c) {
        boolean comment = c == '/' && (peek(1) == '*' || peek(1) == '/');
        if (comment || (c == '-' && peek(1) == '-')) {
            return false;
        }
        if (c == '*' && peek(1) == '/' && executing()) {
            return false;
        }
        if (dialect == Dialect.POSTGRESQL) {
            return "<>=~!@#%^&|`*/".indexOf(c) >= 0;
        }
        return "<>=!|&:".indexOf(c) >= 0;
    }
}
