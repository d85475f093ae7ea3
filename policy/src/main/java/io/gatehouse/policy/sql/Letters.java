package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;

import java.text.Normalizer;
import java.util.Locale;

/** Which characters may stand outside quotes, and case folding that only touches ASCII. */
final class Letters {

    private Letters() {}

    static String lower(String text) {
        return fold(text, 'A', 'Z', 32);
    }

    static String upper(String text) {
        return fold(text, 'a', 'z', -32);
    }

    // String.toLowerCase would fold Kelvin and dotted letters into ASCII, which servers do not.
    private static String fold(String text, char from, char to, int shift) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= from && text.charAt(i) <= to) {
                char[] chars = text.toCharArray();
                for (int j = i; j < chars.length; j++) {
                    if (chars[j] >= from && chars[j] <= to) {
                        chars[j] = (char) (chars[j] + shift);
                    }
                }
                return new String(chars);
            }
        }
        return text;
    }

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean hex(char c) {
        return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    static boolean wordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || foreign(c);
    }

    static boolean wordPart(char c) {
        return wordStart(c) || digit(c) || c == '$';
    }

    static boolean inWord(int c) {
        return c < 0x80 && wordPart((char) c);
    }

    static boolean blank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    private static boolean foreign(char c) {
        return c >= 0x80 && (Character.isLetter(c) || Character.getType(c) == 6 || c == 0xB7);
    }

    /** A word as H2 may read it: it takes words in upper case, in which one letter may be two. */
    static String grown(Dialect dialect, String word) {
        return dialect == Dialect.H2 && grows(word) ? word.toUpperCase(Locale.ROOT) : word;
    }

    private static boolean grows(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) >= 0x80
                    && word.substring(i, i + 1).toUpperCase(Locale.ROOT).length() > 1) {
                return true;
            }
        }
        return false;
    }

    /**
     * A quoted name. SQL Server compares without blanks at the end, without the width of letters
     * and without characters that show nothing.
     *
     * @throws NotUnderstood where it may take the name for another
     */
    static String surely(Dialect dialect, String name) throws NotUnderstood {
        if (dialect == Dialect.SQLSERVER && collated(name)) {
            throw new NotUnderstood("a name can be taken for another");
        }
        return name;
    }

    private static boolean collated(String name) {
        boolean blank = name.isEmpty() || blank(name.charAt(name.length() - 1));
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            blank |= c < ' ' || (c >= 0x80 && !foreign(c));
        }
        return blank || disguised(name);
    }

    /** Whether a word could be read as another word by a server that folds or normalizes. */
    static boolean disguised(String word) {
        boolean ascii = true;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c >= 0x80) {
                ascii = false;
                if (Character.toLowerCase(c) < 0x80 || Character.toUpperCase(c) < 0x80) {
                    return true;
                }
            }
        }
        return !ascii && !Normalizer.isNormalized(word, Normalizer.Form.NFKC);
    }
}
