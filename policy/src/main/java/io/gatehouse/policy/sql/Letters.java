package io.gatehouse.policy.sql;

import java.text.Normalizer;

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

    static boolean blank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    private static boolean foreign(char c) {
        return c >= 0x80 && (Character.isLetter(c) || Character.getType(c) == 6 || c == 0xB7);
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
