package io.gatehouse.policy;

/**
 * Something wrong in a policy file.
 *
 * @param file name of the file as it was given
 * @param line from 1; 0 where the file could not be read
 * @param column from 1; 0 where the file could not be read
 * @param message what is wrong and what would be right
 */
public record Problem(String file, int line, int column, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
