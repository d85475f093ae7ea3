package io.gatehouse.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.kind.Kinds;
import io.gatehouse.server.kind.Target;
import io.gatehouse.server.testing.ForkedBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The client, the broker and the database each in a time zone of its own: the zone of the broker's
 * JVM must never show.
 */
@Timeout(300)
class ZoneMatrixTest {
    private static final int MOST_SHOWN = 300;

    @TempDir private static Path dir;
    private static final Map<String, Database> DATABASES = new LinkedHashMap<>();
    private static final Map<String, ForkedBroker> BROKERS = new HashMap<>();
    private static Server h2;
    private static Connection keeper;

    @BeforeAll
    static void start() throws IOException, SQLException {
        h2 = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        DATABASES.put("postgresql", Database.postgres());
        DATABASES.put("mariadb", Database.mariadb());
        DATABASES.put("mysql", Database.mysql());
        DATABASES.put("h2", new Database("h2", "127.0.0.1", h2.getPort(), "mem:zones", "sa", ""));
        DATABASES.put("sqlite", Database.sqlite(dir.resolve("zones.sqlite")));
        keeper = DATABASES.get("h2").direct();
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        for (ForkedBroker broker : BROKERS.values()) {
            broker.close();
        }
        keeper.close();
        h2.stop();
    }

    private static ForkedBroker broker(String zone) throws IOException {
        ForkedBroker known = BROKERS.get(zone);
        if (known != null) {
            return known;
        }
        ForkedBroker broker =
                new ForkedBroker(Files.createDirectory(dir.resolve(zone.replace('/', '-'))));
        for (Map.Entry<String, Database> database : DATABASES.entrySet()) {
            broker.serve(database.getKey(), database.getValue());
        }
        BROKERS.put(zone, broker);
        return broker.start("-Xmx128m", "-Duser.timezone=" + zone);
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, America/New_York",
        "America/New_York, Asia/Kolkata",
        "Asia/Kolkata, Pacific/Apia",
        "America/Sao_Paulo, Pacific/Apia",
        "Australia/Lord_Howe, America/New_York",
        "Europe/London, Asia/Kolkata"
    })
    void theBrokersZoneDoesNotShow(String client, String between) throws Exception {
        ForkedBroker broker = broker(between);
        List<String> words = new ArrayList<>();
        words.add(ForkedBroker.java());
        words.addAll(
                List.of(
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Duser.timezone=" + client,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ZoneProgram.class.getName()));
        for (Map.Entry<String, Database> entry : DATABASES.entrySet()) {
            Database database = entry.getValue();
            words.add(entry.getKey());
            words.add(
                    Kinds.find(database.kind())
                            .orElseThrow()
                            .url(Target.of(database.host(), database.port(), database.name())));
            words.add(database.user());
            words.add(database.password());
            words.add("jdbc:gatehouse://127.0.0.1:" + broker.port() + "/" + entry.getKey());
            words.add(ForkedBroker.USER);
            words.add(ForkedBroker.PASSWORD);
        }
        Path log = Files.createTempFile(dir, "client", ".log");
        Path errors = Files.createTempFile(dir, "client", ".err");
        Process program =
                new ProcessBuilder(words)
                        .redirectOutput(log.toFile())
                        .redirectError(errors.toFile())
                        .start();
        boolean ended = program.waitFor(200, TimeUnit.SECONDS);
        program.destroyForcibly();
        assertThat(ended).as(() -> said(log)).isTrue();
        assertThat(program.exitValue()).as(() -> said(errors)).isZero();
        List<String> lines = Files.readAllLines(log);
        assertThat(lines.subList(0, Math.min(MOST_SHOWN, lines.size())))
                .containsExactly("0 differences in " + client);
    }

    private static String said(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
