package io.gatehouse.frameworks;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import sqlline.SqlLine;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** SQLLine with a script: statements, transactions and its commands about the catalog. */
final class SqlLineTest {
    private static final String SCRIPT =
            """
            !set outputformat csv
            !set showelapsedtime false
            create table city (id integer not null primary key, name varchar(40), area decimal(8, 2));
            create index city_name on city (name);
            insert into city values (1, 'Bonn', 141.06), (2, 'Ulm', null);
            select * from city order by id;
            !autocommit off
            delete from city;
            !rollback
            select count(*) as left_over from city;
            update city set name = 'ULM' where id = 2;
            !commit
            !autocommit on
            !isolation TRANSACTION_SERIALIZABLE
            select name from city order by id desc;
            !tables
            !columns city
            !primarykeys city
            !indexes city
            !metadata supportsSavepoints
            select nonsense from city;
            !batch
            insert into city values (3, 'Jena', 1);
            insert into city values (4, 'Kiel', 2);
            !batch
            select count(*) as cities from city;
            """;

    @ParameterizedTest
    @EnumSource
    void scripted(Product product) throws Exception {
        BothWays.same(
                product,
                (access, story) -> {
                    Path script = Files.createTempFile("gatehouse-sqlline", ".sql");
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    try (PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8)) {
                        Files.writeString(script, SCRIPT);
                        SqlLine line = new SqlLine();
                        line.setOutputStream(stream);
                        line.setErrorStream(stream);
                        SqlLine.Status status =
                                line.begin(
                                        new String[] {
                                            "-d",
                                            access.driver(),
                                            "-u",
                                            access.url(),
                                            "-n",
                                            access.user(),
                                            "-p",
                                            access.password(),
                                            "--force=true",
                                            "-f",
                                            script.toString()
                                        },
                                        null,
                                        false);
                        story.tell("status", status);
                    } finally {
                        Files.delete(script);
                    }
                    out.toString(StandardCharsets.UTF_8)
                            .lines()
                            .filter(SqlLineTest::isAnswer)
                            .forEach(line -> story.tell("line", line));
                });
    }

    /** Not the prompts with the URL, nor the greeting with the driver's name. */
    private static boolean isAnswer(String line) {
        return !line.isBlank()
                && !line.contains("jdbc:")
                && !line.startsWith("Driver:")
                && !line.startsWith("Error:");
    }
}
