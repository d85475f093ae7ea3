package io.gatehouse.jdbc.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The bytes that docs/protocol/vectors pins, by name. */
final class Vectors {
    private Vectors() {}

    static Map<String, byte[]> read(String file) throws IOException {
        Map<String, byte[]> vectors = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/protocol/vectors", file))) {
            if (!line.isEmpty() && line.charAt(0) != '#') {
                int tab = line.indexOf('\t');
                vectors.put(
                        line.substring(0, tab), HexFormat.of().parseHex(line.substring(tab + 1)));
            }
        }
        return vectors;
    }
}
