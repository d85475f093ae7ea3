package io.gatehouse.server.containers;

import io.gatehouse.server.differential.Differential;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.mssqlserver.MSSQLServerContainer;

@EnabledIf(
        value = "io.gatehouse.server.containers.DockerEngine#isThere",
        disabledReason = "no Docker engine: SQL Server was not tested")
final class SqlServerContainerTest extends ContainerProgram {
    private static final String IMAGE = "mcr.microsoft.com/mssql/server:2022-latest";
    private static final int PORT = 1433;
    private static final String DATABASE = "tempdb";

    @Override
    JdbcDatabaseContainer<?> container() {
        // Testing with the developer edition is what its licence is for.
        return new MSSQLServerContainer(IMAGE).acceptLicense();
    }

    @Override
    Database database(JdbcDatabaseContainer<?> started) {
        return new Database(
                "sqlserver",
                started.getHost(),
                started.getMappedPort(PORT),
                DATABASE,
                started.getUsername(),
                started.getPassword());
    }

    @Override
    String directUrl(JdbcDatabaseContainer<?> started) {
        return "jdbc:sqlserver://"
                + started.getHost()
                + ":"
                + started.getMappedPort(PORT)
                + ";databaseName="
                + DATABASE
                + ";encrypt=false";
    }

    @Override
    Differential programs(TestBroker broker, String name, Differential.Door direct) {
        return Differential.sqlServer(broker, name, direct);
    }

    @Override
    String isolationQuery() {
        return "select transaction_isolation_level from sys.dm_exec_sessions"
                + " where session_id = @@spid";
    }

    @Override
    String temporaryTable() {
        return "#own_rows";
    }

    @Override
    String createTemporaryTable() {
        return "create table #own_rows (a int)";
    }
}
