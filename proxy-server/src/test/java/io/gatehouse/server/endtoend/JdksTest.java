package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.gatehouse.jdbc.GatehouseDriver;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

/** The driver's jar on every JDK of this machine, by a program that is compiled for Java 11. */
@Timeout(240)
class JdksTest {
    private static final int OLDEST = 11;
    private static final int OLDEST_WANTED = 17;

    @TempDir private static Path dir;
    private static TestBroker broker;
    private static Path jar;
    private static Path classes;

    @BeforeAll
    static void compile() throws Exception {
        broker = TestBroker.permissive().serve("jdks", Database.postgres(), 2);
        jar = jar();
        classes = Files.createDirectory(dir.resolve("classes"));
        Path source = Path.of("src/test/java/io/gatehouse/server/endtoend/DriverProgram.java");
        int problems =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                OutputStream.nullOutputStream(),
                                System.err,
                                "--release",
                                Integer.toString(OLDEST),
                                "-proc:none",
                                "-Xlint:-options",
                                "-d",
                                classes.toString(),
                                source.toString());
        assertThat(problems).isZero();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    /** As Maven has packed it, or else from its classes. */
    private static Path jar() throws Exception {
        URI place =
                GatehouseDriver.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path from = Path.of(place);
        if (Files.isRegularFile(from)) {
            return from;
        }
        Path packed = dir.resolve("driver.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(packed));
                Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = from.relativize(file).toString().replace('\\', '/');
                out.putNextEntry(new JarEntry(name));
                Files.copy(file, out);
            }
        }
        return packed;
    }

    @TestFactory
    Stream<DynamicTest> everyJdkRunsTheDriver(TestReporter reporter) throws IOException {
        SortedMap<Integer, Path> jdks = Jdks.found(OLDEST);
        reporter.publishEntry("JDKs found", jdks.keySet().toString());
        assertThat(jdks).containsKey(Runtime.version().feature());
        // Classes that are not packed yet have no description of their module.
        boolean module = ModuleFinder.of(jar).find("io.gatehouse.jdbc").isPresent();
        reporter.publishEntry("as a module too", Boolean.toString(module));
        List<DynamicTest> tests = new ArrayList<>();
        jdks.forEach((version, home) -> {
            tests.add(
                    DynamicTest.dynamicTest(
                            version + " by class path",
                            () -> run(version, home, List.of("-cp", classes + ":" + jar))));
            if (module) {
                tests.add(
                        DynamicTest.dynamicTest(
                                version + " by module path",
                                () ->
                                        run(
                                                version,
                                                home,
                                                List.of(
                                                        "-p",
                                                        jar.toString(),
                                                        "--add-modules",
                                                        "io.gatehouse.jdbc",
                                                        "-cp",
                                                        classes.toString()))));
            }
        });
        if (!jdks.containsKey(OLDEST_WANTED)) {
            tests.add(
                    DynamicTest.dynamicTest(
                            OLDEST_WANTED + "",
                            () -> abort("this machine has no JDK " + OLDEST_WANTED)));
        }
        return tests.stream();
    }

    private static void run(int version, Path home, List<String> options) throws Exception {
        List<String> words = new ArrayList<>();
        words.add(home.resolve("bin/java").toString());
        words.add("-Xmx128m");
        words.addAll(options);
        words.add("io.gatehouse.server.endtoend.DriverProgram");
        words.add(broker.url("jdks"));
        words.add(TestBroker.USER);
        words.add(TestBroker.PASSWORD);
        Path log = Files.createTempFile(dir, "program", ".log");
        Process program =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        boolean ended = program.waitFor(60, TimeUnit.SECONDS);
        program.destroyForcibly();
        assertThat(ended).as(() -> Talk.text(log)).isTrue();
        assertThat(Talk.text(log)).isEqualTo("well on " + version + "\n");
    }
}
