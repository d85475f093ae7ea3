package io.gatehouse.server.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The files of a folder that are read together. */
public final class YamlFiles {
    private YamlFiles() {}

    /**
     * The file itself, or those of a folder in the order of their names.
     *
     * @throws IOException when the folder cannot be read
     */
    public static List<Path> of(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, "*.{yaml,yml}")) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry) && !isHidden(entry)) {
                    files.add(entry);
                }
            }
        }
        Collections.sort(files);
        return files;
    }

    static List<Path> in(Path folder, Report report) {
        try {
            return Files.isDirectory(folder) ? of(folder) : List.of();
        } catch (IOException e) {
            report.add(folder, "the directory cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    /** Editors leave such files while they write. */
    private static boolean isHidden(Path file) {
        return String.valueOf(file.getFileName()).startsWith(".");
    }
}
