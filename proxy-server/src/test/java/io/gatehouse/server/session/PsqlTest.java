package io.gatehouse.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.server.testing.PsqlProgram;
import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.List;

/** psql itself, straight to PostgreSQL and through the broker. Skipped where there is no psql. */
@Timeout(60)
class PsqlTest {
    private static TestBroker broker;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(PsqlProgram.present(), "psql is not on the PATH");
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

    private static String broker(String database, String... texts) throws Exception {
        return placeless(PsqlProgram.run(broker, database, List.of(texts)));
    }

    /** Without the place in the server's source that made an error. */
    private static String placeless(String said) {
        return said.replaceAll("LOCATION:.*\n", "");
    }

    @Test
    void printsWhatItPrintsWithoutABroker() throws Exception {
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
        String expected =
                placeless(PsqlProgram.run(TestBroker.Database.postgres(), List.of(texts)));
        assertThat(broker("pg", texts)).isEqualTo(expected);
    }

    @Test
    void worksOnAnotherKind() throws Exception {
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
    void saysThatAnotherKindHasNoCatalogOfPostgresql() throws Exception {
        assertThat(broker("h2", "\\d", "\\d psql_h2", "select 1 as one"))
                .contains("ERROR:  0A000: a database of kind h2 has no pg_catalog\nDETAIL:  ")
                .contains("HINT:  psql's \\d commands")
                .contains("(1 row)");
    }
}
