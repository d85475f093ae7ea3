package io.gatehouse.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.frameworks.Library.Author;
import io.gatehouse.frameworks.Library.Book;
import io.gatehouse.server.testing.TestBroker;

import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.command.core.HistoryCommandStep;
import liquibase.command.core.StatusCommandStep;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.ValidateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.resource.ClassLoaderResourceAccessor;

import org.flywaydb.core.Flyway;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.SchemaToolingSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What frameworks, browsers and drivers read is allowed for somebody who may only read, under the
 * policy that is delivered.
 */
@Timeout(180)
final class ReaderCorpusTest {
    private static final String NAME = "application";
    private static final List<String> TABLES =
            List.of(
                    "create table parent (id integer primary key, name varchar(40) not null"
                            + " unique, price decimal(10, 2) default 1.5)",
                    "create table child (a integer not null, b integer not null, parent integer,"
                            + " primary key (a, b), constraint child_parent foreign key (parent)"
                            + " references parent (id) on delete cascade)",
                    "create index child_b on child (b, parent)",
                    "create view shown as select id, name from parent");

    private TestBroker broker;
    private String who = "";

    private Access direct(Product product) throws Exception {
        TestBroker.Database database = BothWays.renewed(product);
        broker = TestBroker.forReaders().serve(NAME, database, 5);
        who = product.name();
        return product.direct(database);
    }

    @AfterEach
    void nothingWasRefused() {
        List<String> refused = new ArrayList<>();
        int count = 0;
        for (var entry : broker.statements()) {
            count++;
            if (!entry.allowed()) {
                refused.add(entry.judgement().rule() + ": " + entry.normalized());
            }
        }
        broker.close();
        System.out.printf(Locale.ROOT, "%s: %d statements of a reader%n", who, count);
        assertThat(refused).isEmpty();
    }

    /** Every method of the metadata; what a product does not know is not asked. */
    private static int metadata(Connection connection) throws Exception {
        DatabaseMetaData about = connection.getMetaData();
        int calls = 0;
        for (Method method : DatabaseMetaData.class.getMethods()) {
            if (method.getDeclaringClass() != DatabaseMetaData.class || method.isDefault()) {
                continue;
            }
            for (String pattern : List.of("%", "child")) {
                try {
                    Object answer = method.invoke(about, arguments(method, connection, pattern));
                    if (answer instanceof ResultSet rows) {
                        try (rows) {
                            rows.next();
                        }
                    }
                    calls++;
                } catch (InvocationTargetException e) {
                    boolean unknown = e.getCause() instanceof SQLFeatureNotSupportedException;
                    boolean refused =
                            e.getCause() instanceof SQLException s
                                    && "42501".equals(s.getSQLState());
                    assertThat(refused).as("%s: %s", method, e.getCause()).isFalse();
                    assertThat(unknown || e.getCause() instanceof SQLException)
                            .as("%s: %s", method, e.getCause())
                            .isTrue();
                }
            }
        }
        return calls;
    }

    private static Object[] arguments(Method method, Connection connection, String pattern)
            throws SQLException {
        Object[] arguments = new Object[method.getParameterCount()];
        int strings = 0;
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            if (type == String.class) {
                // Catalog and schema come first; the rest are patterns and names.
                arguments[i] = strings < 1 ? connection.getCatalog() : strings < 2 ? null : pattern;
                strings++;
            } else if (type == int.class) {
                arguments[i] = 1;
            } else if (type == boolean.class) {
                arguments[i] = false;
            }
        }
        return arguments;
    }

    @ParameterizedTest
    @EnumSource
    void driversAndBrowsers(Product product) throws Exception {
        direct(product).run(TABLES.toArray(String[]::new));
        int calls = 0;
        try (Connection connection = product.through(broker, NAME).connect()) {
            calls += metadata(connection);
            look(connection, product);
        }
        if (product == Product.POSTGRESQL) {
            for (String mode : List.of("simple", "extended")) {
                try (Connection connection =
                        broker.connectAsPostgres(NAME, "preferQueryMode", mode)) {
                    calls += metadata(connection);
                    look(connection, product);
                }
            }
        }
        System.out.printf(Locale.ROOT, "%s: %d metadata calls%n", product, calls);
        assertThat(calls).isGreaterThan(300);
    }

    private static void look(Connection connection, Product product) throws SQLException {
        List<String> queries =
                product == Product.POSTGRESQL ? CatalogQueries.POSTGRESQL : CatalogQueries.MARIADB;
        for (String query : queries) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(query);
            }
        }
        if (product == Product.POSTGRESQL) {
            for (String query : CatalogQueries.BY_SCHEMA) {
                try (PreparedStatement statement = connection.prepareStatement(query)) {
                    statement.setLong(1, 2200);
                    statement.execute();
                }
            }
        }
    }

    /** What MariaDB's and MySQL's own drivers send for metadata, taken from the server's log. */
    @Test
    void driversOfMariadbAndMysql() throws Exception {
        Access direct = direct(Product.MARIADB);
        direct.run(TABLES.toArray(String[]::new));
        List<String> texts = new ArrayList<>();
        try (Connection admin = direct.connect();
                Statement log = admin.createStatement()) {
            log.execute("set global log_output = 'TABLE'");
            log.execute("truncate table mysql.general_log");
            log.execute("set global general_log = 1");
            for (String scheme : List.of("jdbc:mariadb", "jdbc:mysql")) {
                String url = direct.url().replace("jdbc:mariadb", scheme);
                try (Connection connection =
                        DriverManager.getConnection(url, direct.user(), direct.password())) {
                    metadata(connection);
                }
            }
            log.execute("set global general_log = 0");
            ResultSet rows =
                    log.executeQuery(
                            "select distinct convert(argument using utf8mb4) from"
                                    + " mysql.general_log where command_type in ('Query',"
                                    + " 'Execute') and thread_id <> connection_id()");
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            log.execute("truncate table mysql.general_log");
            log.execute("set global log_output = 'FILE'");
        }
        try (Connection connection = broker.connectAsPostgres(NAME, "preferQueryMode", "simple");
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String text : texts) {
                try {
                    statement.execute(text);
                } catch (SQLException e) {
                    assertThat(e.getMessage()).as(text).doesNotContain("rule ");
                }
            }
        }
        System.out.printf(
                Locale.ROOT, "%d texts of the drivers of MariaDB and MySQL%n", texts.size());
        assertThat(texts).hasSizeGreaterThan(40);
    }

    private static Configuration hibernate(Access access, String tooling) {
        return new Configuration()
                .addAnnotatedClass(Author.class)
                .addAnnotatedClass(Book.class)
                .setProperty(JdbcSettings.JAKARTA_JDBC_URL, access.url())
                .setProperty(JdbcSettings.JAKARTA_JDBC_USER, access.user())
                .setProperty(JdbcSettings.JAKARTA_JDBC_PASSWORD, access.password())
                .setProperty(SchemaToolingSettings.HBM2DDL_AUTO, tooling);
    }

    @ParameterizedTest
    @EnumSource
    void hibernate(Product product) throws Exception {
        try (SessionFactory factory = hibernate(direct(product), "create").buildSessionFactory()) {
            factory.inTransaction(session -> {
                Author author = new Author("Ada");
                author.add(new Book("Volume", BigDecimal.ONE));
                session.persist(author);
            });
        }
        Access access = product.through(broker, NAME);
        try (SessionFactory factory = hibernate(access, "validate").buildSessionFactory()) {
            factory.inTransaction(session -> {
                Author author = session.find(Author.class, 1);
                assertThat(author.books).hasSize(1);
                assertThat(
                                session.createQuery(
                                                "select a from Author a join fetch a.books b"
                                                        + " where b.price > 0 order by b.number",
                                                Author.class)
                                        .setMaxResults(5)
                                        .list())
                        .hasSize(1);
                session.createQuery(
                                "select b.genre, count(b), avg(b.price) from Book b group by"
                                        + " b.genre having count(b) > 0",
                                Object[].class)
                        .list();
                session.createQuery(
                                "select case when b.lent = true then 'out' else upper(b.title)"
                                        + " end, extract(year from b.day), coalesce(b.price, 0)"
                                        + " from Book b where b.title like :x and b.author in"
                                        + " (select a from Author a where a.name <> :y)",
                                Object[].class)
                        .setParameter("x", "V%")
                        .setParameter("y", "Bob")
                        .list();
            });
        }
    }

    private static Flyway flyway(Access access) {
        return Flyway.configure()
                .dataSource(access.dataSource())
                .locations(
                        "classpath:migrations/both",
                        "classpath:migrations/" + access.product().name().toLowerCase(Locale.ROOT))
                .placeholders(Map.of("who", "Ada"))
                .load();
    }

    /** Migrations write; whether they were run is read. */
    @ParameterizedTest
    @EnumSource
    void flyway(Product product) throws Exception {
        flyway(direct(product)).migrate();
        Flyway reader = flyway(product.through(broker, NAME));
        assertThat(reader.info().all()).isNotEmpty();
        reader.validate();
        assertThat(reader.info().pending()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void liquibase(Product product) throws Exception {
        Access direct = direct(product);
        Access reader = product.through(broker, NAME);
        Scope.child(
                Map.of(Scope.Attr.resourceAccessor.name(), new ClassLoaderResourceAccessor()),
                () -> {
                    command(direct, UpdateCommandStep.COMMAND_NAME).execute();
                    command(reader, StatusCommandStep.COMMAND_NAME).execute();
                    command(reader, ValidateCommandStep.COMMAND_NAME).execute();
                    command(reader, HistoryCommandStep.COMMAND_NAME).execute();
                });
    }

    private static CommandScope command(Access access, String... name) throws Exception {
        CommandScope scope =
                new CommandScope(name)
                        .addArgumentValue(DbUrlConnectionArgumentsCommandStep.URL_ARG, access.url())
                        .addArgumentValue(
                                DbUrlConnectionArgumentsCommandStep.USERNAME_ARG, access.user())
                        .addArgumentValue(
                                DbUrlConnectionArgumentsCommandStep.PASSWORD_ARG, access.password())
                        .addArgumentValue(
                                DbUrlConnectionArgumentsCommandStep.DRIVER_ARG, access.driver());
        if (!List.of(name).contains("history")) {
            scope.addArgumentValue(
                    UpdateCommandStep.CHANGELOG_FILE_ARG, "migrations/liquibase/changes.xml");
        }
        return scope;
    }
}
