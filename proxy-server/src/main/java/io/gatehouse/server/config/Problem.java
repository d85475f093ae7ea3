package io.gatehouse.server.config;

/**
 * One thing wrong with the configuration.
 *
 * @param file the file's path, as the configuration directory was given
 * @param line from 1; 0 where the problem has no line
 * @param column from 1; 0 where the problem has no column
 * @param message what is wrong and what to do; never holds a secret
 */
public record Problem(String file, int line, int column, String message) {
    @Override
    public String toString() {
        return line == 0
                ? file + ": " + message
                : file + ":" + line + ":" + column + ": " + message;
    }
}
