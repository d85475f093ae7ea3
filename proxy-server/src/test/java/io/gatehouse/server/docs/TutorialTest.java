package io.gatehouse.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.Databases;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** Types the tutorial, step by step, at a real PostgreSQL and a whole broker. */
final class TutorialTest {
    private static final String PAGE = "docs/tutorial/first-connection.md";

    @Test
    void everyStepDoesWhatItShows(@TempDir Path dir) throws Exception {
        Databases.Server server = Databases.postgres();
        String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres";
        int console = 0;
        try (Connection administrator =
                        DriverManager.getConnection(url, server.user(), server.password());
                Statement statement = administrator.createStatement()) {
            try (Typist typist = new Typist(dir, server.port())) {
                for (Page.Block block : Page.read(PAGE).blocks()) {
                    switch (block.language()) {
                        case "sql" -> statement.execute(block.text());
                        case "yaml", "java" -> typist.save(block);
                        case "console" -> {
                            console++;
                            typist.type(block);
                        }
                        default -> throw new AssertionError("what is " + block);
                    }
                }
            } finally {
                statement.execute("DROP TABLE IF EXISTS orders");
                statement.execute("DROP ROLE IF EXISTS orders_app");
            }
        }
        assertThat(console).isGreaterThanOrEqualTo(7);
        assertThat(Files.readString(dir.resolve("first/conf/users.yaml")))
                .doesNotContain(Typist.PASSWORD);
    }
}
