package io.gatehouse.server.endtoend;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The JDKs of this machine: the one that runs this, those the environment names, and their
 * neighbours.
 */
final class Jdks {
    private Jdks() {}

    /** One home for each version that is not too old. */
    static SortedMap<Integer, Path> found(int oldest) throws IOException {
        Set<Path> homes = new LinkedHashSet<>();
        add(homes, Path.of(System.getProperty("java.home")));
        for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
            if (variable.getKey().matches("(JAVA|JDK)\\w*_HOME|JAVA_HOME\\w*")) {
                add(homes, Path.of(variable.getValue()));
            }
        }
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
            Path java = Path.of(folder, "java");
            if (Files.isExecutable(java)) {
                add(homes, java.toRealPath().getParent().getParent());
            }
        }
        for (Path home : Set.copyOf(homes)) {
            Path beside = home.getParent();
            if (beside != null) {
                try (Stream<Path> neighbours = Files.list(beside)) {
                    for (Path neighbour : neighbours.toList()) {
                        add(homes, neighbour);
                    }
                }
            }
        }
        SortedMap<Integer, Path> byVersion = new TreeMap<>();
        for (Path home : homes) {
            int version = version(home);
            if (version >= oldest) {
                byVersion.putIfAbsent(version, home);
            }
        }
        return byVersion;
    }

    private static void add(Set<Path> homes, @Nullable Path home) throws IOException {
        if (home != null
                && Files.isExecutable(home.resolve("bin/java"))
                && Files.isReadable(home.resolve("release"))) {
            homes.add(home.toRealPath());
        }
    }

    /** The feature number, as the file {@code release} has it; 0 if it has none. */
    private static int version(Path home) throws IOException {
        Properties release = new Properties();
        try (Reader in = Files.newBufferedReader(home.resolve("release"))) {
            release.load(in);
        }
        String quoted = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        String first = quoted.split("[._+-]", 2)[0];
        return first.matches("\\d{1,4}") ? Integer.parseInt(first) : 0;
    }
}
