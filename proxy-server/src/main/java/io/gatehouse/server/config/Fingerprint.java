package io.gatehouse.server.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * Tells whether any YAML file of a configuration directory changed. Reads the content: times of
 * files are too coarse, and Kubernetes swaps links.
 */
final class Fingerprint {
    private static final String PATTERN = "*.{yaml,yml}";

    private Fingerprint() {}

    static String of(Path dir) {
        MessageDigest digest = sha256();
        for (Path folder : List.of(dir, dir.resolve("connections"), dir.resolve("policies"))) {
            List<Path> files = new ArrayList<>();
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, PATTERN)) {
                    entries.forEach(files::add);
                } catch (IOException e) {
                    digest.update(text(folder + " " + e));
                }
            }
            Collections.sort(files);
            files.forEach(file -> add(digest, file));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, Path file) {
        digest.update(text("\0" + file + "\0"));
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= YamlFile.MAX_BYTES) {
                digest.update(Files.readAllBytes(file));
            } else {
                // Nothing that a load would read.
                digest.update(text("\0" + Files.size(file)));
            }
        } catch (IOException e) {
            // Whether it can be read is part of what is seen; the load reports it.
            digest.update(text(e.getClass().getName()));
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
