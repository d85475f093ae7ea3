package io.gatehouse.policy.sql;

import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.CCJSqlParserTokenManager;
import net.sf.jsqlparser.parser.SimpleCharStream;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.parser.TokenMgrException;

import org.jspecify.annotations.Nullable;

/**
 * Cuts a canonical text into the parser's tokens, as the parser's own lexer does, which compares
 * each word with every keyword of the same letter. Here it is asked once for each word, and for the
 * rest of a text as soon as there is anything that could be cut in two ways. Belongs to one thread.
 */
final class CanonicalLexer extends CCJSqlParserTokenManager {
    private static final int LONGEST_WORD = 64;
    private static final String OPERATORS = "+-*/<>=~!@#%^&|?:";
    private static final String GROWING = "<>!^|=*~";

    /** What the parser's lexer takes for more than one token, or for none. */
    private static final int UNSURE = -1;

    /** Words that were asked for, each in the place of its hash; a newer one takes the place. */
    private static final @Nullable Piece[] KNOWN = new Piece[1 << 12];

    private String text = "";
    private int at;
    private boolean handedOver;

    private record Piece(String image, int kind) {}

    CanonicalLexer() {
        super(stream("", 1));
    }

    /** Begins with another text. */
    void read(String canonical) {
        text = canonical;
        at = 0;
        handedOver = false;
    }

    private static SimpleCharStream stream(String text, int column) {
        return new SimpleCharStream(new StringProvider(text), 1, column, text.length() + 2);
    }

    @Override
    public Token getNextToken() {
        if (handedOver) {
            return super.getNextToken();
        }
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at == text.length()) {
            return token(CCJSqlParserConstants.EOF, "", at - 1, at);
        }
        int start = at;
        int end = end(start);
        Piece piece = end < 0 ? null : piece(start, end);
        if (piece == null || piece.kind == UNSURE || grows(piece, end)) {
            handedOver = true;
            ReInit(stream(text.substring(start), start + 1));
            return super.getNextToken();
        }
        at = end;
        return token(piece.kind, piece.image, start, end);
    }

    private static Token token(int kind, String image, int start, int end) {
        Token token = Token.newToken(kind, image);
        token.beginLine = 1;
        token.endLine = 1;
        token.beginColumn = start + 1;
        token.endColumn = end;
        return token;
    }

    /** Where the piece ends that begins here; -1 where that is not plain to see. */
    private int end(int start) {
        char first = text.charAt(start);
        if (letter(first)) {
            int end = start + 1;
            while (end < text.length() && (letter(text.charAt(end)) || digit(end))) {
                end++;
            }
            return blank(end) || text.charAt(end) == '.' ? end : -1;
        }
        return switch (first) {
            case '(', ')', ',' -> blank(start + 1) ? start + 1 : -1;
            case '.' -> letter(next(start + 1)) || next(start + 1) == '"' ? start + 1 : -1;
            case '\'', '"' -> quoted(start, first);
            default -> Letters.digit(first) ? number(start) : operator(start);
        };
    }

    private char next(int index) {
        return index < text.length() ? text.charAt(index) : ' ';
    }

    private boolean blank(int index) {
        return next(index) == ' ';
    }

    private boolean digit(int index) {
        return Letters.digit(next(index));
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private int quoted(int start, char quote) {
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                return blank(i + 1) && i > start + 1 ? i + 1 : -1;
            }
            if (!letter(c) && !Letters.digit(c) && (quote == '\'' || (c != ' ' && c != '-'))) {
                return -1;
            }
        }
        return -1;
    }

    private int number(int start) {
        int end = start;
        while (digit(end)) {
            end++;
        }
        if (next(end) == '.' && digit(end + 1)) {
            end++;
            while (digit(end)) {
                end++;
            }
        }
        return blank(end) ? end : -1;
    }

    private int operator(int start) {
        int end = start;
        while (OPERATORS.indexOf(next(end)) >= 0) {
            end++;
        }
        return end > start && blank(end) ? end : -1;
    }

    private @Nullable Piece piece(int start, int end) {
        switch (text.charAt(start)) {
            case '\'' -> {
                return new Piece(text.substring(start, end), CCJSqlParserConstants.S_CHAR_LITERAL);
            }
            case '"' -> {
                return new Piece(
                        text.substring(start, end), CCJSqlParserConstants.S_QUOTED_IDENTIFIER);
            }
            default -> {
                if (digit(start)) {
                    String image = text.substring(start, end);
                    boolean point = image.indexOf('.') >= 0;
                    return new Piece(
                            image,
                            point ? CCJSqlParserConstants.S_DOUBLE : CCJSqlParserConstants.S_LONG);
                }
                return end - start > LONGEST_WORD ? null : known(start, end);
            }
        }
    }

    private Piece known(int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        int place = (hash ^ (hash >>> 16)) & (KNOWN.length - 1);
        Piece found = KNOWN[place];
        boolean same =
                found != null
                        && found.image.length() == end - start
                        && text.startsWith(found.image, start);
        if (found == null || !same) {
            String image = text.substring(start, end);
            found = new Piece(image, kind(image));
            KNOWN[place] = found;
        }
        return found;
    }

    /** What the parser's lexer says that the piece is if it stands alone. */
    private int kind(String image) {
        try {
            ReInit(stream(image + " ", 1));
            Token token = super.getNextToken();
            return token.image.length() == image.length() ? token.kind : UNSURE;
        } catch (TokenMgrException e) {
            return UNSURE;
        }
    }

    /** Whether the piece may be one token together with what follows. */
    private boolean grows(Piece piece, int end) {
        char next = next(end + 1);
        return switch (piece.kind) {
            case CCJSqlParserConstants.K_CURRENT,
                    CCJSqlParserConstants.K_IN,
                    CCJSqlParserConstants.K_NEXT,
                    CCJSqlParserConstants.K_NEXTVAL,
                    CCJSqlParserConstants.K_SIMILAR ->
                    letter(next);
            case CCJSqlParserConstants.K_DATETIMELITERAL ->
                    next == '(' || next == 'W' || next == 'w';
            case CCJSqlParserConstants.K_WITH -> word(end + 1, "TIES") || word(end + 1, "QUERY");
            default ->
                    OPERATORS.indexOf(next) >= 0
                            && GROWING.indexOf(text.charAt(end - 1)) >= 0
                            && GROWING.indexOf(next) >= 0;
        };
    }

    private boolean word(int start, String word) {
        return text.regionMatches(true, start, word, 0, word.length());
    }
}
