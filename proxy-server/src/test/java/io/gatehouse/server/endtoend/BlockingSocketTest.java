package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The driver's socket is in blocking mode once it is connected: a read is one system call then
 * instead of three. Java makes a socket non-blocking for good where it connects or reads with a
 * timeout.
 */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class BlockingSocketTest {
    private static final Path SELF = Path.of("/proc/self");
    private static final int NON_BLOCKING = 0_4000;

    @Test
    void afterLoginWithinATimeLimit() throws Exception {
        try (TestBroker broker = TestBroker.permissive().serve("blocking", Database.postgres(), 2);
                Connection c =
                        DriverManager.getConnection(
                                "jdbc:gatehouse://127.0.0.1:"
                                        + broker.port()
                                        + "/blocking?connectTimeout=7",
                                TestBroker.USER,
                                TestBroker.PASSWORD);
                Statement s = c.createStatement()) {
            s.execute("select 1");

            assertThat(flagsOfSocketsTo(broker.port()))
                    .isNotEmpty()
                    .allSatisfy(flags -> assertThat(flags & NON_BLOCKING).isZero());
        }
    }

    private static List<Integer> flagsOfSocketsTo(int port) throws IOException {
        List<String> sockets = new ArrayList<>();
        String peer = ":" + HexFormat.of().withUpperCase().toHexDigits((short) port);
        for (String table : List.of("net/tcp", "net/tcp6")) {
            try (Stream<String> lines = Files.lines(SELF.resolve(table))) {
                lines.map(line -> line.strip().split("\\s+"))
                        .filter(columns -> columns[2].endsWith(peer))
                        .forEach(columns -> sockets.add("socket:[" + columns[9] + "]"));
            }
        }
        List<Integer> flags = new ArrayList<>();
        try (Stream<Path> files = Files.list(SELF.resolve("fd"))) {
            for (Path file : files.filter(Files::isSymbolicLink).toList()) {
                if (sockets.contains(Files.readSymbolicLink(file).toString())) {
                    flags.add(flags(file));
                }
            }
        }
        return flags;
    }

    private static int flags(Path file) throws IOException {
        try (Stream<String> lines =
                Files.lines(SELF.resolve("fdinfo").resolve(file.getFileName()))) {
            return lines.filter(line -> line.startsWith("flags:"))
                    .mapToInt(line -> Integer.parseInt(line.substring(6).strip(), 8))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
