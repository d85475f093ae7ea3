package io.gatehouse.frameworks;

import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.command.core.RollbackCountCommandStep;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.snapshot.DatabaseSnapshot;
import liquibase.snapshot.SnapshotControl;
import liquibase.snapshot.SnapshotGeneratorFactory;
import liquibase.structure.core.Column;
import liquibase.structure.core.ForeignKey;
import liquibase.structure.core.Table;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

import java.util.Locale;
import java.util.Map;

/** Flyway and Liquibase: definitions, their history and their locks. */
final class MigrationTest {

    private static Flyway flyway(Access access) {
        return Flyway.configure()
                .dataSource(access.dataSource())
                .locations(
                        "classpath:migrations/both",
                        "classpath:migrations/" + access.product().name().toLowerCase(Locale.ROOT))
                .placeholders(Map.of("who", "Ada"))
                .cleanDisabled(false)
                .load();
    }

    @ParameterizedTest
    @EnumSource
    void flyway(Product product) throws Exception {
        BothWays.same(
                product,
                (access, story) -> {
                    Flyway flyway = flyway(access);
                    story.tell("migrated", flyway.migrate().migrationsExecuted);
                    story.tell("migrated again", flyway.migrate().migrationsExecuted);
                    flyway.validate();
                    for (MigrationInfo info : flyway.info().all()) {
                        story.tell(
                                "migration",
                                info.getVersion()
                                        + " "
                                        + info.getDescription()
                                        + " "
                                        + info.getState());
                    }
                    JdbcTemplate template = new JdbcTemplate(access.dataSource());
                    story.tell("names", template.queryForList("select * from customer_names"));
                    story.tell("function", template.queryForList("select doubled(21) as answer"));
                    template.update(
                            "update flyway_schema_history set checksum = 1 where version = '1'");
                    story.refused("a change", flyway::validate);
                    story.tell("repaired", flyway.repair().migrationsAligned.size());
                    story.tell("cleaned", flyway.clean().schemasCleaned);
                    story.refused("cleaned", () -> template.queryForList("select * from customer"));
                });
    }

    @ParameterizedTest
    @EnumSource
    void liquibase(Product product) throws Exception {
        BothWays.same(
                product,
                (access, story) ->
                        Scope.child(
                                Map.of(
                                        Scope.Attr.resourceAccessor.name(),
                                        new ClassLoaderResourceAccessor()),
                                () -> changes(access, story)));
    }

    private static void changes(Access access, Story story) throws Exception {
        JdbcTemplate template = new JdbcTemplate(access.dataSource());
        String ran =
                "select id, exectype, orderexecuted from DATABASECHANGELOG order by orderexecuted";
        // By URL, as the command line does: the driver's class must be named for a URL it does not
        // know.
        command(UpdateCommandStep.COMMAND_NAME)
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.URL_ARG, access.url())
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.USERNAME_ARG, access.user())
                .addArgumentValue(
                        DbUrlConnectionArgumentsCommandStep.PASSWORD_ARG, access.password())
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DRIVER_ARG, access.driver())
                .execute();
        story.tell("ran", template.queryForList(ran));
        story.tell("rows", template.queryForList("select * from customer"));
        try (Database database = database(access)) {
            story.tell("database", database.getShortName());
            command(UpdateCommandStep.COMMAND_NAME)
                    .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                    .execute();
        }
        try (Database database = database(access)) {
            DatabaseSnapshot snapshot =
                    SnapshotGeneratorFactory.getInstance()
                            .createSnapshot(
                                    database.getDefaultSchema(),
                                    database,
                                    new SnapshotControl(
                                            database, Table.class, Column.class, ForeignKey.class));
            story.tell(
                    "tables",
                    snapshot.get(Table.class).stream().map(Table::getName).sorted().toList());
            story.tell(
                    "columns",
                    snapshot.get(Column.class).stream()
                            .map(c -> c.getName() + " " + c.getType() + " " + c.isNullable())
                            .sorted()
                            .toList());
            story.tell(
                    "keys",
                    snapshot.get(ForeignKey.class).stream().map(ForeignKey::getName).toList());
        }
        try (Database database = database(access)) {
            command(RollbackCountCommandStep.COMMAND_NAME)
                    .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                    .addArgumentValue(RollbackCountCommandStep.COUNT_ARG, 2)
                    .execute();
        }
        story.tell("after rolling back", template.queryForList(ran));
        story.tell("locked", template.queryForList("select locked from DATABASECHANGELOGLOCK"));
    }

    private static CommandScope command(String... name) throws Exception {
        return new CommandScope(name)
                .addArgumentValue(
                        UpdateCommandStep.CHANGELOG_FILE_ARG, "migrations/liquibase/changes.xml");
    }

    private static Database database(Access access) throws Exception {
        return DatabaseFactory.getInstance()
                .findCorrectDatabaseImplementation(new JdbcConnection(access.connect()));
    }
}
