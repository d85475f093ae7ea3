package io.gatehouse.server.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import com.mysql.cj.conf.ConnectionUrl;
import com.mysql.cj.conf.HostInfo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** What each vendor's own driver reads in the URLs: the fields, all of them and nothing more. */
class UrlsTest {
    private static final String[] NAMES = {
        "plain",
        "with space",
        "a+b",
        "é☃",
        "100%",
        "a%2Fb",
        "a&allowMultiQueries=true",
        "a;b=c",
        "a=b",
        "a,b",
        "a\"b'c",
        "a@b",
        "#a",
        "a\\b",
        "{a}",
        "a}",
        "a}b;encrypt=false",
        "(a)"
    };
    private static final String[] HOSTS = {"db", "db-1.example.org", "10.0.0.7", "a_b"};

    private static Kind kind(String name) {
        return Kinds.find(name).orElseThrow();
    }

    private static String url(String kind, String host, String database) {
        return kind(kind).url(Target.of(host, 1234, database));
    }

    @Test
    void postgresReadsTheFields() {
        for (String name : NAMES) {
            for (String host : HOSTS) {
                assertThat(org.postgresql.Driver.parseURL(url("postgresql", host, name), null))
                        .isEqualTo(Map.of("PGHOST", host, "PGPORT", "1234", "PGDBNAME", name));
            }
        }
        assertThat(
                        org.postgresql.Driver.parseURL(
                                url("postgresql", "fe80::1", "a/b?sslmode=disable"), null))
                .isEqualTo(
                        Map.of(
                                "PGHOST",
                                "[fe80::1]",
                                "PGPORT",
                                "1234",
                                "PGDBNAME",
                                "a/b?sslmode=disable"));
    }

    @Test
    void mysqlReadsTheFields() {
        for (String name : NAMES) {
            for (String host : HOSTS) {
                HostInfo main = mysql(host, name);
                assertThat(main.getHost()).isEqualTo(host);
                assertThat(main.getDatabase()).isEqualTo(name);
                assertThat(main.getHostProperties()).isEqualTo(Map.of("dbname", name));
            }
        }
        assertThat(mysql("::1", "a/b?allowLoadLocalInfile=true").getHostPortPair())
                .isEqualTo("[::1]:1234");
        assertThat(mysql("::1", "a/b?x=1").getDatabase()).isEqualTo("a/b?x=1");
    }

    private static HostInfo mysql(String host, String database) {
        ConnectionUrl url =
                ConnectionUrl.getConnectionUrlInstance(
                        url("mysql", host, database), new Properties());
        assertThat(url.getHostsList()).hasSize(1);
        return url.getMainHost();
    }

    @Test
    void mariadbReadsTheFields() throws SQLException {
        for (String name : NAMES) {
            for (String host : HOSTS) {
                assertMariadb(host, name);
            }
        }
        assertMariadb("fe80::1", "d");
        for (String name : new String[] {"a?allowLocalInfile=true", "a/b", "a\nb"}) {
            assertThatThrownBy(() -> url("mariadb", "db", name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("of kind mariadb holds");
        }
    }

    private static void assertMariadb(String host, String name) throws SQLException {
        Configuration read = Configuration.parse(url("mariadb", host, name));
        assertThat(read.database()).isEqualTo(name);
        assertThat(read.addresses()).extracting(a -> a.port).containsExactly(1234);
        assertThat(read.addresses())
                .extracting((HostAddress a) -> a.host.replaceAll("[\\[\\]]", ""))
                .containsExactly(host);
        assertThat(read.allowMultiQueries()).isFalse();
        assertThat(read.nonMappedOptions()).isEmpty();
    }

    @Test
    void sqlServerReadsTheFields() throws SQLException {
        Map<String, String> otherwise = sqlServer("h", "d");
        for (String name : NAMES) {
            for (String host : new String[] {"db", "db-1.example.org", "10.0.0.7", "::1"}) {
                Map<String, String> wanted = new HashMap<>(otherwise);
                wanted.put("serverName", host);
                wanted.put("databaseName", name);
                assertThat(sqlServer(host, name)).isEqualTo(wanted);
            }
        }
        assertThat(sqlServer("h", "d")).containsEntry("portNumber", "1234");
    }

    private static Map<String, String> sqlServer(String host, String database) throws SQLException {
        Map<String, String> all = new HashMap<>();
        for (DriverPropertyInfo info :
                new SQLServerDriver()
                        .getPropertyInfo(url("sqlserver", host, database), new Properties())) {
            all.put(info.name, info.value);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b",
                "a/b",
                "a?x=1",
                "a#",
                "a&b",
                "a;encrypt=false",
                "a@b",
                "a:1",
                "a\\instance",
                "(host=a)",
                "address=(host=a)(port=1)",
                "[::1]:1/x?y=",
                "::1]/x",
                "a b",
                "a%2Fb",
                "-a",
                "\n",
                "fe80::1%eth0"
            })
    void refusesHostsThatAreMoreThanAHost(String host) {
        for (String kind : new String[] {"postgresql", "mysql", "mariadb", "sqlserver", "h2"}) {
            assertThatThrownBy(() -> url(kind, host, "d"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the host is");
        }
    }

    @ParameterizedTest
    @CsvSource({"postgresql,5432", "mysql,3306", "mariadb,3306", "sqlserver,1433", "h2,9092"})
    void fillsInThePortAndTheDriverTakesTheUrl(String name, int port) throws Exception {
        Kind kind = kind(name);
        String url = kind.url(Target.of("db", 0, "d"));
        assertThat(kind.defaultPort()).isEqualTo(port);
        assertThat(url).contains("db:" + port);
        Driver driver = driver(kind);
        assertThat(driver.acceptsURL(url)).isTrue();
        assertThat(driver.acceptsURL(kind.url(Target.of("[::1]", 0, "d")))).isTrue();
        assertThat(kind.url(Target.of("::1", 0, "d")))
                .isEqualTo(kind.url(Target.of("[::1]", 0, "d")));
    }

    static Driver driver(Kind kind) throws ReflectiveOperationException {
        return Class.forName(kind.driverClass())
                .asSubclass(Driver.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    @Test
    void h2TakesMemoryFilesAndServersButNoSettings(@TempDir Path folder) throws Exception {
        Kind h2 = kind("h2");
        assertThat(h2.url(Target.of("", 0, "mem:a"))).isEqualTo("jdbc:h2:mem:a");
        assertThat(h2.url(Target.of("", 0, "/x/y"))).isEqualTo("jdbc:h2:file:/x/y");
        assertThat(h2.url(Target.of("", 0, "tcp://evil/x"))).startsWith("jdbc:h2:file:");
        assertThat(h2.url(Target.of("::1", 0, "a"))).isEqualTo("jdbc:h2:tcp://[::1]:9092/a");
        assertThat(h2.url(new Target("h", 0, "a", Map.of(), Encryption.VERIFY, "")))
                .isEqualTo("jdbc:h2:ssl://h:9092/a");
        for (String name :
                new String[] {
                    "mem:a;INIT=RUNSCRIPT FROM 'http://evil/x.sql'",
                    "mem:a;TRACE_LEVEL_FILE=3",
                    "mem:a\n;INIT=x"
                }) {
            assertThatThrownBy(() -> h2.url(Target.of("", 0, name)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("holds no control character and none of ;");
        }
        Path file = folder.resolve("shop & more");
        assertThat(opened(h2, Target.of("", 0, file.toString()))).isEqualTo("SHOP & MORE");
    }

    private static String opened(Kind kind, Target target) throws Exception {
        Properties all = PropertiesTest.of(kind, target);
        all.setProperty("user", "sa");
        all.setProperty("password", "");
        try (Connection c = driver(kind).connect(kind.url(target), all)) {
            return c.getCatalog();
        }
    }

    @Test
    void sqliteTakesFilesAndSharedMemoryOnly(@TempDir Path folder) throws Exception {
        Kind sqlite = kind("sqlite");
        for (String name :
                new String[] {
                    ":memory:",
                    ":resource:http://evil/x.db",
                    "x.db?mode=rwc",
                    "file:x?vfs=unix-none",
                    "mem:a?mode=rwc",
                    "mem:a&vfs=x",
                    "mem:a#b",
                    "mem:%3f"
                }) {
            assertThatThrownBy(() -> sqlite.url(Target.of("", 0, name)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        Path file = folder.resolve("é & #1.db");
        Target target = Target.of("", 0, file.toString());
        try (Connection c =
                        driver(sqlite)
                                .connect(sqlite.url(target), PropertiesTest.of(sqlite, target));
                Statement s = c.createStatement()) {
            s.execute("create table t (a int)");
            try (ResultSet extension = s.executeQuery("pragma foreign_keys")) {
                assertThat(extension.getInt(1)).isEqualTo(1);
            }
            assertThatThrownBy(() -> s.execute("select load_extension('/tmp/none.so')"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("not authorized");
        }
        assertThat(file).exists();
    }

    @Test
    void sqliteInMemoryIsSharedByThePoolsConnections() throws Exception {
        Kind sqlite = kind("sqlite");
        Target target = Target.of("", 0, "mem:urls_test");
        Properties all = PropertiesTest.of(sqlite, target);
        try (Connection one = driver(sqlite).connect(sqlite.url(target), all);
                Statement s = one.createStatement();
                Connection two = driver(sqlite).connect(sqlite.url(target), all);
                Statement t = two.createStatement()) {
            s.execute("create table shared (a int)");
            assertThat(t.executeUpdate("insert into shared values (1)")).isEqualTo(1);
        }
    }
}
