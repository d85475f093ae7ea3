package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gatehouse.jdbc.GatehouseDriver;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** What applications put on their class path: small, on its own, and good for Java 11. */
class DriverJarTest {
    private static final int MOST_BYTES = 400_000;
    private static final int JAVA_11 = 55;

    @Test
    void holdsOnlyTheDriver() throws Exception {
        assertThat(entries().keySet())
                .isNotEmpty()
                .allMatch(name -> name.startsWith("io/gatehouse/") || name.startsWith("META-INF/"));
    }

    @Test
    void holdsClassesOfJava11() throws Exception {
        entries()
                .forEach((name, bytes) -> {
                    if (name.endsWith(".class")) {
                        assertThat(ByteBuffer.wrap(bytes).getShort(6))
                                .as(name)
                                .isEqualTo((short) JAVA_11);
                    }
                });
    }

    @Test
    void isSmall() throws Exception {
        Path place = place();
        long size = Files.isDirectory(place) ? packed(entries()) : Files.size(place);
        assertThat(size).isBetween(50_000L, (long) MOST_BYTES);
    }

    @Test
    void namesNoClassOutsideOfTheJdk() throws Exception {
        // The last two are the JDK's own, of its module java.xml, which java.sql brings along.
        List<String> known =
                List.of(
                        "java/",
                        "javax/",
                        "io/gatehouse/jdbc/",
                        "org/jspecify/",
                        "org/w3c/dom/",
                        "org/xml/sax/");
        entries()
                .forEach((name, bytes) -> {
                    if (name.endsWith(".class")) {
                        assertThat(ClassNames.in(bytes))
                                .as(name)
                                .allMatch(c -> known.stream().anyMatch(c::startsWith));
                    }
                });
    }

    @Test
    void isAModuleThatProvidesTheDriver() throws Exception {
        assumeThat(place()).isRegularFile();
        ModuleDescriptor module =
                ModuleFinder.of(place()).find("io.gatehouse.jdbc").orElseThrow().descriptor();
        assertThat(module.provides())
                .extracting(ModuleDescriptor.Provides::service)
                .containsExactly("java.sql.Driver");
    }

    @Test
    void tellsNothingOfWhenAndWhereItWasPacked() throws Exception {
        assumeThat(place()).isRegularFile();
        try (JarFile jar = new JarFile(place().toFile())) {
            assertThat(jar.stream().map(ZipEntry::getTimeLocal).distinct()).hasSize(1);
            assertThat(jar.stream().filter(e -> !e.isDirectory()).map(ZipEntry::getName).toList())
                    .isSorted();
            assertThat(jar.getManifest().getMainAttributes().keySet())
                    .extracting(Object::toString)
                    .doesNotContain("Built-By", "Build-Jdk", "Build-Time");
        }
    }

    /** The jar when Maven has packed it already, else the folder of its classes. */
    private static Path place() throws URISyntaxException {
        return Path.of(
                GatehouseDriver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static Map<String, byte[]> entries() throws IOException, URISyntaxException {
        Path place = place();
        Map<String, byte[]> entries = new HashMap<>();
        if (Files.isDirectory(place)) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    entries.put(
                            place.relativize(file).toString().replace('\\', '/'),
                            Files.readAllBytes(file));
                }
            }
            return entries;
        }
        try (ZipInputStream jar =
                new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(place)))) {
            for (ZipEntry e = jar.getNextEntry(); e != null; e = jar.getNextEntry()) {
                if (!e.isDirectory()) {
                    entries.put(e.getName(), jar.readAllBytes());
                }
            }
        }
        return entries;
    }

    private static long packed(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return out.size();
    }
}
