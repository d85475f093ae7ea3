package io.gatehouse.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;

import io.gatehouse.server.testing.TestBroker;

import liquibase.command.CommandScope;

import org.flywaydb.core.Flyway;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import sqlline.SqlLine;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.sql.DataSource;
import javax.tools.ToolProvider;

/** The examples of the how-to page about frameworks do what the page says. */
final class PageTest {
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

    /** Compiles the lines and runs them. */
    private static void runs(String lines, Path folder, String... imports) throws Exception {
        String source =
                Arrays.stream(imports)
                        .map(name -> "import " + name + ";\n")
                        .collect(Collectors.joining());
        source +=
                """
                public final class Example {
                    public static void run(javax.sql.DataSource dataSource, String password) {
                        %s
                    }
                }
                """
                        .formatted(lines);
        Path file = Files.writeString(folder.resolve("Example.java"), source);
        int errors =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-d",
                                folder.toString(),
                                "-classpath",
                                System.getProperty("java.class.path"),
                                file.toString());
        assertThat(errors).isZero();
        DataSource dataSource =
                new DriverManagerDataSource(
                        broker.url("orders"), TestBroker.USER, TestBroker.PASSWORD);
        URL[] places = {folder.toUri().toURL()};
        try (URLClassLoader classes = new URLClassLoader(places, PageTest.class.getClassLoader())) {
            classes.loadClass("Example")
                    .getMethod("run", DataSource.class, String.class)
                    .invoke(null, dataSource, TestBroker.PASSWORD);
        }
    }

    @Test
    void jooq(@TempDir Path folder) throws Exception {
        runs(example("jOOQ"), folder, "org.jooq.SQLDialect", "org.jooq.impl.DSL");
        try (Connection c = broker.connect("orders")) {
            assertThat(DSL.using(c).dialect()).isEqualTo(SQLDialect.DEFAULT);
        }
    }

    @Test
    void flyway(@TempDir Path folder) throws Exception {
        runs(
                example("Flyway"),
                folder,
                "com.zaxxer.hikari.HikariDataSource",
                "org.flywaydb.core.Flyway");
    }

    @Test
    void flywayRefusesTheUrl() {
        String url = broker.url("orders");
        assertThatThrownBy(() -> Flyway.configure().dataSource(url, "ada", ""))
                .hasMessageContaining("plugin found to handle " + url);
    }

    @Test
    void flywayKeepsItsConnections() throws Exception {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(broker.url("orders"));
            pool.setUsername(TestBroker.USER);
            pool.setPassword(TestBroker.PASSWORD);
            Flyway.configure().dataSource(pool).load().migrate();
            assertThat(pinned()).isPositive();
        }
        try (Connection one = broker.connect("orders");
                Connection other = broker.connect("orders")) {
            one.setAutoCommit(false);
            other.setAutoCommit(false);
            one.createStatement().execute("select 1");
            other.createStatement().execute("select 1");
        }
    }

    private static long pinned() {
        return broker.sessions().views().stream().filter(view -> !view.pins().isEmpty()).count();
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
    void sqlline(@TempDir Path folder) throws Exception {
        // Its table is as wide as the terminal, and here is none.
        Path script =
                Files.writeString(
                        folder.resolve("script.sql"),
                        "!set outputformat csv\nselect 6 * 7 as answer;\n");
        List<String> words =
                new ArrayList<>(
                        List.of(
                                example("SQLLine")
                                        .replace("-n ada", "-n " + TestBroker.USER)
                                        .split(" ")));
        words.addAll(List.of("-p", TestBroker.PASSWORD, "-f", script.toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            SqlLine line = new SqlLine();
            line.setOutputStream(stream);
            line.setErrorStream(stream);
            String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
            assertThat(line.begin(arguments, null, false)).isEqualTo(SqlLine.Status.OK);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("'answer'\n'42'\n");
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
