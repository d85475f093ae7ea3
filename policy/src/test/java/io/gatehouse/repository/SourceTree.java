package io.gatehouse.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The repository's files as they lie on disk, without what builds and editors leave there. */
record SourceTree(Path root, List<Path> files) {
    private static final Set<String> SKIPPED = Set.of("target", ".git", ".idea", ".vscode");
    private static final Set<String> IGNORED = Set.of("iml", "log", "class");

    /** Finds the root from the directory that the tests run in. */
    static SourceTree read() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("bin/format"))) {
            root = root.getParent();
            if (root == null) {
                throw new IllegalStateException("run the tests inside the repository");
            }
        }
        return new SourceTree(root, filesBelow(root));
    }

    private static List<Path> filesBelow(Path root) {
        List<Path> files = new ArrayList<>();
        SimpleFileVisitor<Path> collect =
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
                        return SKIPPED.contains(dir.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                        // .git is a file, not a directory, in a linked worktree.
                        String name = file.getFileName().toString();
                        if (a.isRegularFile()
                                && !SKIPPED.contains(name)
                                && !IGNORED.contains(extension(name))) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                };
        try {
            Files.walkFileTree(root, collect);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(files);
    }

    static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** The path from the root, with slashes on every system. */
    String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    List<Path> withExtension(String... extensions) {
        Set<String> wanted = Set.of(extensions);
        return files.stream()
                .filter(f -> wanted.contains(extension(f.getFileName().toString())))
                .toList();
    }
}
