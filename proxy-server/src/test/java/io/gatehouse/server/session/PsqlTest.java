package io.gatehouse.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** psql itself, straight to PostgreSQL and through the broker. Skipped where there is no psql. */
@Timeout(60)
class PsqlTest {
    private static TestBroker broker;

    @TempDir private Path folder;

    @BeforeAll
    static void start() throws IOException {
        boolean present =
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> new File(folder, "psql").canExecute());
        assumeTrue(present, "psql is not on the PATH");
        broker =
                TestBroker.permissive()
                        .serve("pg", TestBroker.Database.postgres(), 2)
                        .serve("h2", TestBroker.Database.h2(), 2);
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private String psql(int port, String user, String password, String database, String... texts)
            throws Exception {
        List<String> command = new ArrayList<>(List.of("psql", "-X", "-v", "VERBOSITY=verbose"));
        for (String text : texts) {
            command.addAll(List.of("-c", text));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        File output = folder.resolve("output").toFile();
        builder.redirectOutput(output);
        builder.environment()
                .putAll(
                        Map.of(
                                "PGHOST",
                                "127.0.0.1",
                                "PGPORT",
                                Integer.toString(port),
                                "PGUSER",
                                user,
                                "PGPASSWORD",
                                password,
                                "PGDATABASE",
                                database,
                                "PGSSLMODE",
                                "disable",
                                "PGTZ",
                                "UTC"));
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return java.nio.file.Files.readString(output.toPath(), StandardCharsets.UTF_8)
                .replaceAll("LOCATION:.*\n", "");
    }

    private String broker(String database, String... texts) throws Exception {
        return psql(broker.port(), TestBroker.USER, TestBroker.PASSWORD, database, texts);
    }

    @Test
    void prints_what_it_prints_without_a_broker() throws Exception {
        String[] texts = {
            "create table psql_test (id int primary key, name text)",
            "insert into psql_test values (1, 'one'), (2, null)",
            "table psql_test",
            "select 1 as a; select 2 as b, 'x' as c",
            "begin; insert into psql_test values (3, 'three'); rollback",
            "insert into psql_test values (4, 'four'); select 1/0; select 5",
            "select count(*) from psql_test",
            "select * from nowhere",
            "commit",
            "\\d psql_test",
            "select 1 \\bind \\g",
            "select $1::int + $2::int as sum \\bind 3 4 \\g",
            "drop table psql_test",
        };
        TestBroker.Database direct = TestBroker.Database.postgres();
        String expected =
                psql(direct.port(), direct.user(), direct.password(), direct.name(), texts);
        assertThat(broker("pg", texts)).isEqualTo(expected);
    }

    @Test
    void works_on_another_kind() throws Exception {
        assertThat(
                        broker(
                                "h2",
                                "create table psql_h2 (id int, name varchar(10))",
                                "insert into psql_h2 values (1, 'one')",
                                "select * from psql_h2",
                                "begin",
                                "show timezone"))
                .startsWith("CREATE TABLE\nINSERT 0 1\n")
                .contains("1 | one")
                .contains("BEGIN\n")
                .contains("UTC");
    }

    @Test
    void says_that_another_kind_has_no_catalog_of_postgresql() throws Exception {
        assertThat(broker("h2", "\\d", "\\d psql_h2", "select 1 as one"))
                .contains("ERROR:  0A000: a database of kind h2 has no pg_catalog\nDETAIL:  ")
                .contains("HINT:  psql's \\d commands")
                .contains("(1 row)");
    }
}
