package io.gatehouse.server.boot;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;

/**
 * Where a command talks: its output, its errors, and where it asks for secrets.
 *
 * @param console the terminal, or null where there is none; then secrets are a line of the input
 */
record Terminal(BufferedReader in, PrintWriter out, PrintWriter err, @Nullable Console console) {

    /**
     * Asks for a secret; it is not shown. On a terminal it is asked for twice.
     *
     * @return the secret; the caller wipes it
     */
    char[] secret(String prompt) throws IOException, BootException {
        char[] first = console == null ? line() : asked(console, prompt);
        if (first.length == 0) {
            throw new BootException(
                    "nothing was given: type the password, or pipe it in as the first line");
        }
        if (console != null) {
            char[] second = asked(console, prompt + " again");
            boolean same = Arrays.equals(first, second);
            Arrays.fill(second, '\0');
            if (!same) {
                Arrays.fill(first, '\0');
                throw new BootException("the two are not the same; nothing was changed");
            }
        }
        return first;
    }

    private static char[] asked(Console console, String prompt) {
        char[] given = console.readPassword("%s: ", prompt);
        return given == null ? new char[0] : given;
    }

    /** One line, read without a String that would stay in memory. */
    private char[] line() throws IOException {
        char[] line = new char[4096];
        int length = 0;
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (length == line.length) {
                Arrays.fill(line, '\0');
                throw new IOException("the line is too long for a secret");
            }
            line[length++] = (char) c;
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        char[] exact = Arrays.copyOf(line, length);
        Arrays.fill(line, '\0');
        return exact;
    }
}
