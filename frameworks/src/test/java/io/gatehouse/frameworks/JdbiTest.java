package io.gatehouse.frameworks;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** JDBI: bindings, batches, generated keys, streams and its transactions. */
final class JdbiTest {

    @ParameterizedTest
    @EnumSource
    void handles(Product product) throws Exception {
        BothWays.same(
                product,
                (access, story) -> {
                    Jdbi jdbi = Jdbi.create(access.url(), access.user(), access.password());
                    jdbi.useHandle(h ->
                            h.execute(
                                    "create table thing (id "
                                            + product.generatedKey()
                                            + ", name varchar(40) unique, at timestamp null)"));
                    jdbi.useHandle(h -> statements(h, story));
                    transactions(jdbi, story);
                });
    }

    private static void statements(Handle handle, Story story) {
        story.tell(
                "key",
                handle.createUpdate("insert into thing (name, at) values (:name, :at)")
                        .bind("name", "one")
                        .bind("at", Instant.parse("2024-05-06T07:08:09Z"))
                        .executeAndReturnGeneratedKeys("id")
                        .mapTo(Integer.class)
                        .one());
        PreparedBatch batch = handle.prepareBatch("insert into thing (name) values (:name)");
        for (String name : List.of("two", "three", "four")) {
            batch.bind("name", name).add();
        }
        story.tell(
                "batch keys", batch.executePreparedBatch("id").mapTo(Integer.class).list().size());
        story.tell(
                "list",
                handle.createQuery("select name from thing where id in (<ids>) order by id")
                        .bindList("ids", 1, 2, 3)
                        .mapTo(String.class)
                        .list());
        story.tell(
                "instant",
                handle.createQuery("select at from thing where id = 1").mapTo(Instant.class).one());
        try (Stream<String> names =
                handle
                        .createQuery("select name from thing order by id")
                        .setFetchSize(1)
                        .mapTo(String.class)
                        .stream()) {
            story.tell("stream", names.skip(1).limit(2).toList());
        }
        story.tell(
                "maps",
                handle.createQuery("select id, name from thing order by id").mapToMap().list());
        story.refused("duplicate", () -> handle.execute("insert into thing (name) values ('one')"));
        story.tell(
                "script",
                handle.createScript(
                                "update thing set name = 'x;y' where id = 1; delete from thing"
                                        + " where id = 2")
                        .execute());
    }

    private static void transactions(Jdbi jdbi, Story story) {
        jdbi.useTransaction(
                TransactionIsolationLevel.SERIALIZABLE,
                handle -> {
                    story.tell("level", handle.getTransactionIsolationLevel());
                    handle.execute("insert into thing (name) values ('kept')");
                    handle.savepoint("here");
                    handle.execute("insert into thing (name) values ('gone')");
                    handle.rollbackToSavepoint("here");
                    handle.savepoint("there");
                    handle.releaseSavepoint("there");
                });
        story.refused(
                "thrown",
                () ->
                        jdbi.useTransaction(handle -> {
                            handle.execute("delete from thing");
                            throw new IllegalStateException("no");
                        }));
        jdbi.useHandle(handle ->
                handle.useTransaction(outer -> {
                    outer.setReadOnly(true);
                    story.refused("read-only", () -> outer.execute("delete from thing"));
                    outer.rollback();
                    outer.setReadOnly(false);
                }));
        story.tell(
                "after",
                jdbi.withHandle(h ->
                        h.createQuery("select name from thing order by name")
                                .mapTo(String.class)
                                .list()));
    }
}
