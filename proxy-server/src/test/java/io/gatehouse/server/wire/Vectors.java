package io.gatehouse.server.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of docs/protocol/vectors. */
final class Vectors {
    private static final Path PROTOCOL = Path.of("..", "docs", "protocol");

    private Vectors() {}

    /** Hexadecimal text by name, in the order of the file. */
    static Map<String, String> read(String file) {
        Map<String, String> vectors = new LinkedHashMap<>();
        for (String line : text(PROTOCOL.resolve("vectors").resolve(file)).lines().toList()) {
            if (!line.startsWith("#")) {
                String[] parts = line.split("\t", -1);
                if (parts.length != 2 || vectors.put(parts[0], parts[1]) != null) {
                    throw new AssertionError("malformed or repeated: " + line);
                }
            }
        }
        return vectors;
    }

    static String specification() {
        return text(PROTOCOL.resolve("PROTOCOL.md"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String hex(ByteBuf buffer) {
        String hex = ByteBufUtil.hexDump(buffer);
        buffer.release();
        return hex;
    }
}
