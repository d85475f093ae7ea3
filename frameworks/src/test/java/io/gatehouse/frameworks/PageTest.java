package io.gatehouse.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;

import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;

import liquibase.command.CommandScope;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import sqlline.SqlLine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.sql.DataSource;

/** The examples of the how-to page about frameworks do what the page says. */
public final class PageTest {
    private static final String URL = "jdbc:gatehouse://broker.example.com:7432/orders";
    private static final Pattern CLASS = Pattern.compile("io\\.gatehouse\\.[\\w.]+");

    private static TestBroker broker;
    private static String page;

    @BeforeAll
    static void serve() throws Exception {
        broker = TestBroker.permissive().serve("orders", BothWays.renewed(Product.POSTGRESQL), 2);
        page = Files.readString(Path.of("../docs/how-to/use-a-framework.md"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    /** The indented lines under a heading. */
    private static String example(String heading) {
        String section = page.split("\n## " + heading + "\n", 2)[1].split("\n## ", 2)[0];
        String lines =
                section.lines()
                        .filter(line -> line.startsWith("    "))
                        .map(String::strip)
                        .collect(Collectors.joining("\n"));
        assertThat(lines).isNotEmpty();
        return lines.replace(URL, broker.url("orders"))
                .replace("\"ada\"", '"' + TestBroker.USER + '"');
    }

    public static DataSource dataSource() {
        return new DriverManagerDataSource(
                broker.url("orders"), TestBroker.USER, TestBroker.PASSWORD);
    }

    /** Runs Java with this test's own class path, in this JVM. */
    private static void runs(String java, String... imports) {
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.addToClasspath(System.getProperty("java.class.path"));
            String known = "String password = \"" + TestBroker.PASSWORD + "\";";
            String all =
                    Arrays.stream(imports)
                            .map(name -> "import " + name + ";\n")
                            .collect(Collectors.joining("", "", known + "\n" + java));
            String left = all;
            while (!left.isBlank()) {
                var next = shell.sourceCodeAnalysis().analyzeCompletion(left);
                for (SnippetEvent event : shell.eval(next.source())) {
                    assertThat(event.exception()).as(next.source()).isNull();
                    assertThat(event.status()).as(next.source()).isEqualTo(Snippet.Status.VALID);
                }
                left = next.remaining();
            }
        }
    }

    @Test
    void jooq() {
        runs(
                "javax.sql.DataSource dataSource = "
                        + getClass().getName()
                        + ".dataSource();\n"
                        + example("jOOQ"),
                "org.jooq.SQLDialect",
                "org.jooq.impl.DSL");
    }

    @Test
    void flyway() {
        runs(example("Flyway"), "com.zaxxer.hikari.HikariDataSource", "org.flywaydb.core.Flyway");
    }

    @Test
    void liquibase() throws Exception {
        List<String> words = List.of(example("Liquibase").split("\\s+"));
        CommandScope command = new CommandScope(words.getLast());
        for (String word : words.subList(1, words.size() - 1)) {
            String[] option = word.substring("--".length()).split("=", 2);
            command.addArgumentValue(option[0], option[1]);
        }
        command.addArgumentValue("username", TestBroker.USER)
                .addArgumentValue("password", TestBroker.PASSWORD)
                .addArgumentValue("changelogFile", "migrations/liquibase/changes.xml")
                .execute();
    }

    @Test
    void sqlline() throws Exception {
        String command = example("SQLLine").replace("-n ada", "-n " + TestBroker.USER);
        String[] words = (command + " -p").split(" ");
        String[] arguments = Arrays.copyOfRange(words, 1, words.length + 1);
        arguments[arguments.length - 1] = TestBroker.PASSWORD;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            SqlLine line = new SqlLine();
            line.setOutputStream(stream);
            line.setErrorStream(stream);
            line.begin(
                    arguments,
                    new ByteArrayInputStream(
                            "select 6 * 7 as answer;\n!quit\n".getBytes(StandardCharsets.UTF_8)),
                    false);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("42").doesNotContain("Error");
    }

    @Test
    void classes() throws Exception {
        Matcher names = CLASS.matcher(page);
        while (names.find()) {
            assertThat(Class.forName(names.group()))
                    .as(names.group())
                    .isAssignableTo(java.sql.Driver.class);
        }
        assertThat(example("MyBatis")).contains("io.gatehouse");
        assertThat(example("Quartz")).contains("io.gatehouse");
    }
}
