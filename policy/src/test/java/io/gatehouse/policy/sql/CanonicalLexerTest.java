package io.gatehouse.policy.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;

import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.CCJSqlParserTokenManager;
import net.sf.jsqlparser.parser.SimpleCharStream;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.parser.TokenMgrException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The short way to tokens leads to the same tokens as the parser's own lexer. */
class CanonicalLexerTest {
    private static final int SENTENCES = 100_000;
    private static final int LONGEST = 12;
    private static final long SEED = Long.getLong("gatehouse.seed", 20_261_122);

    /** What stands in canonical texts besides keywords. */
    private static final List<String> PIECES =
            List.of(
                    "( ",
                    ") ",
                    ", ",
                    "'s0' ",
                    "'s12' ",
                    "'everything' ",
                    "\"a name\" ",
                    "\"\" ",
                    "\"a\\b\" ",
                    "\"\u00e9\" ",
                    "t.",
                    "t.x ",
                    "\"t\" .",
                    ".",
                    "1 ",
                    "1.5 ",
                    "1.",
                    ".5 ",
                    "1e9 ",
                    "0x1F ",
                    "12 .",
                    "? ",
                    "@v ",
                    "@@v ",
                    "#t ",
                    "\u00e9t\u00e9 ",
                    "x ",
                    "X ",
                    "E ",
                    "N ",
                    "_utf8 ",
                    "a$b ",
                    "$ ",
                    "; ",
                    "[ ",
                    "] ",
                    "{ ",
                    "} ",
                    "aWordThatIsLongerThanAnyKeywordOfTheParserAndThanAnyThatIsKeptForTheNext ");

    private static final String OPERATORS = "+-*/<>=~!@#%^&|`?:\\";

    private final Random random = new Random(SEED);
    private final CanonicalLexer lexer = new CanonicalLexer();

    @Test
    void ofTextsAsTheyCome() throws IOException {
        List<String> files = new ArrayList<>(List.of("bypasses.txt", "metadata/sqlserver.sql"));
        for (String name : List.of("h2", "mysql", "oracle", "postgresql", "sqlite", "sqlserver")) {
            files.add("ordinary/" + name + ".sql");
        }
        int compared = 0;
        for (String file : files) {
            for (String line : text(file).split("\n", -1)) {
                String sql = line.substring(line.lastIndexOf(" | ") + 1);
                for (Dialect dialect : Dialect.values()) {
                    compared += compareStatements(dialect, sql);
                }
            }
        }
        assertThat(compared).isGreaterThan(10_000);
    }

    /** Which shows of each two words whether they may be one token. */
    @Test
    void ofEachTwoKeywords() {
        List<String> words = keywords();
        assertThat(words).hasSizeGreaterThan(500);
        for (String first : words) {
            for (String second : words) {
                compare(first + second);
            }
        }
    }

    @Test
    void ofTokensOfSeveralWords() {
        for (String image : CCJSqlParserConstants.tokenImage) {
            String plain = image.replace("\"", "");
            if (plain.indexOf(' ') > 0) {
                compare("a " + plain + " b ");
                compare("a " + plain.toLowerCase(Locale.ROOT) + " ( b ");
            }
        }
        for (String time : List.of("date", "time", "timestamp", "DATETIME", "timestamptz")) {
            compare("CAST ( a AS " + time + " with time zone ) ");
            compare("CAST ( a AS " + time + " ( 6 ) without time zone ) ");
            compare("a :: " + time + " WITHOUT LOCAL TIME ZONE ");
        }
        compare("SELECT NEXT VALUE FOR s FROM t ");
        compare("SELECT nextval FOR s , nextval ( 's0' ) ");
        compare("SELECT current date , CURRENT timestamp , current_timestamp ( ) ");
    }

    @Test
    void ofWordsInAnyOrder() {
        List<String> pieces = new ArrayList<>(PIECES);
        for (char first : OPERATORS.toCharArray()) {
            pieces.add(first + " ");
            for (char second : OPERATORS.toCharArray()) {
                pieces.add("" + first + second + " ");
            }
        }
        pieces.addAll(List.of("->> ", "#>> ", "!~* ", "<=> ", "=* "));
        List<String> words = keywords();
        for (int i = 0; i < SENTENCES; i++) {
            StringBuilder sentence = new StringBuilder();
            for (int n = 1 + random.nextInt(LONGEST); n > 0; n--) {
                List<String> from = random.nextInt(3) == 0 ? words : pieces;
                sentence.append(from.get(random.nextInt(from.size())));
            }
            compare(sentence.toString());
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream in =
                CanonicalLexerTest.class.getResourceAsStream("/io/gatehouse/policy/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** With a blank behind each. */
    private static List<String> keywords() {
        List<String> words = new ArrayList<>();
        for (String image : CCJSqlParserConstants.tokenImage) {
            String word = image.replaceFirst("^<(K_|TYPE_)?", "").replaceAll("[\">]", "");
            if (word.matches("[A-Za-z_0-9]+")) {
                words.add(word + " ");
            }
        }
        words.addAll(List.of("SEL ", "year ", "substr ", "bytea ", "varchar ", "int4 ", "text "));
        return words;
    }

    private int compareStatements(Dialect dialect, String sql) {
        int compared = 0;
        try {
            List<io.gatehouse.policy.sql.Token> tokens =
                    new Scanner(dialect, sql, Integer.MAX_VALUE).scan();
            for (List<io.gatehouse.policy.sql.Token> each : Splitter.split(dialect, tokens)) {
                if (!each.isEmpty()) {
                    compare(Canonical.text(dialect, each));
                    compared++;
                }
            }
        } catch (NotUnderstood e) {
            // Such a text is never given to the parser.
            return compared;
        }
        return compared;
    }

    private void compare(String canonical) {
        lexer.read(canonical);
        CCJSqlParserTokenManager own =
                new CCJSqlParserTokenManager(
                        new SimpleCharStream(new StringProvider(canonical), 1, 1));
        assertThat(tokens(lexer))
                .as("%s (-Dgatehouse.seed=%d)", canonical, SEED)
                .isEqualTo(tokens(own));
    }

    private static List<String> tokens(CCJSqlParserTokenManager lexer) {
        List<String> tokens = new ArrayList<>();
        try {
            Token token;
            do {
                token = lexer.getNextToken();
                String lines = token.beginLine + ":" + token.beginColumn + "-" + token.endLine;
                tokens.add(token.kind + " " + token.image + " " + lines + ":" + token.endColumn);
            } while (token.kind != CCJSqlParserConstants.EOF);
        } catch (TokenMgrException e) {
            tokens.add("no token");
        }
        return tokens;
    }
}
