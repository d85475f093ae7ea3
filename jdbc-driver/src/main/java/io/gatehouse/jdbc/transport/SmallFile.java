package io.gatehouse.jdbc.transport;

import io.gatehouse.jdbc.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** A file that a property names, read whole. */
final class SmallFile {
    private static final int MOST_BYTES = 1 << 20;

    private SmallFile() {}

    /**
     * Its bytes.
     *
     * @param property the property that names it
     * @param what what it must hold
     */
    static byte[] read(String file, String property, String what) throws SQLException {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length <= MOST_BYTES) {
                return bytes;
            }
        } catch (IOException | RuntimeException e) {
            throw bad(property, what, e);
        }
        throw bad(property, what, null);
    }

    static SQLException bad(String property, String what, @Nullable Exception cause) {
        SQLException e =
                Faults.badArgument(
                        "The property '" + property + "' must name a readable file with " + what);
        if (cause != null) {
            e.initCause(cause);
        }
        return e;
    }
}
