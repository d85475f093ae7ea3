package io.gatehouse.server.containers;

import io.gatehouse.server.differential.Differential;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.mysql.MySQLContainer;

@EnabledIf(
        value = "io.gatehouse.server.containers.DockerEngine#isThere",
        disabledReason = "no Docker engine: MySQL was not tested")
final class MySqlContainerTest extends ContainerProgram {
    private static final String IMAGE = "mysql:8.4";
    private static final int PORT = 3306;

    @Override
    JdbcDatabaseContainer<?> container() {
        return new MySQLContainer(IMAGE);
    }

    @Override
    Database database(JdbcDatabaseContainer<?> started) {
        return new Database(
                "mysql",
                started.getHost(),
                started.getMappedPort(PORT),
                started.getDatabaseName(),
                started.getUsername(),
                started.getPassword());
    }

    @Override
    String directUrl(JdbcDatabaseContainer<?> started) {
        return "jdbc:mysql://"
                + started.getHost()
                + ":"
                + started.getMappedPort(PORT)
                + "/"
                + started.getDatabaseName();
    }

    @Override
    Differential programs(TestBroker broker, String name, Differential.Door direct) {
        return Differential.mysql(broker, name, direct);
    }

    @Override
    String isolationQuery() {
        return "select @@transaction_isolation";
    }

    @Override
    String temporaryTable() {
        return "own_rows";
    }

    @Override
    String createTemporaryTable() {
        return "create temporary table own_rows (a int)";
    }
}
