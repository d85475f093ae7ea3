package io.gatehouse.frameworks;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigDecimal;
import java.sql.Connection;
import java.util.List;

/** jOOQ: its dialects, definitions, records, batches, upserts, cursors and transactions. */
final class JooqTest {
    private static final Table<Record> BOOK = table(name("book"));
    private static final Field<Integer> ID =
            field(name("id"), SQLDataType.INTEGER.generatedByDefaultAsIdentity());
    private static final Field<String> TITLE =
            field(name("title"), SQLDataType.VARCHAR(60).nullable(false));
    private static final Field<BigDecimal> PRICE = field(name("price"), SQLDataType.DECIMAL(10, 2));

    private static SQLDialect dialect(Product product) {
        return switch (product) {
            case POSTGRESQL -> SQLDialect.POSTGRES;
            case MARIADB -> SQLDialect.MARIADB;
        };
    }

    @ParameterizedTest
    @EnumSource
    void programs(Product product) throws Exception {
        BothWays.same(
                product,
                (access, story) -> {
                    // By the URL jOOQ knows the vendors' own drivers only: the dialect is given.
                    try (Connection c = access.connect()) {
                        work(DSL.using(c, dialect(product)), story);
                    }
                    work(DSL.using(access.dataSource(), dialect(product)), story);
                });
    }

    private static void work(DSLContext jooq, Story story) {
        jooq.dropTableIfExists(BOOK).execute();
        jooq.createTable(BOOK).columns(ID, TITLE, PRICE).primaryKey(ID).unique(TITLE).execute();
        story.tell(
                "inserted",
                jooq.insertInto(BOOK, TITLE, PRICE)
                        .values("First", new BigDecimal("9.99"))
                        .returningResult(ID)
                        .fetchOne()
                        .value1());
        story.tell(
                "batch",
                jooq.batch(
                                jooq.insertInto(BOOK, TITLE, PRICE)
                                        .values((String) null, (BigDecimal) null))
                        .bind("Second", new BigDecimal("1"))
                        .bind("Third", null)
                        .execute()
                        .length);
        story.tell(
                "upserted",
                jooq.insertInto(BOOK, TITLE, PRICE)
                        .values("Third", new BigDecimal("3"))
                        .onConflict(TITLE)
                        .doUpdate()
                        .set(PRICE, new BigDecimal("4"))
                        .execute());
        story.tell(
                "page",
                jooq.select(ID, TITLE, PRICE)
                        .from(BOOK)
                        .orderBy(ID)
                        .limit(2)
                        .offset(1)
                        .fetch()
                        .formatCSV());
        story.tell(
                "grouped",
                jooq.select(PRICE.gt(inline(new BigDecimal("3"))).as("dear"), count())
                        .from(BOOK)
                        .groupBy(PRICE.gt(inline(new BigDecimal("3"))))
                        .orderBy(1)
                        .fetch()
                        .formatCSV());
        try (Cursor<Record> cursor =
                jooq.select().from(BOOK).orderBy(ID).fetchSize(1).fetchLazy()) {
            story.tell("lazy", cursor.fetchNext(2).getValues(TITLE));
        }
        story.refused("duplicate", () -> jooq.insertInto(BOOK, TITLE).values("First").execute());
        transactions(jooq, story);
        story.tell(
                "tables",
                jooq.meta().getTables("book").stream()
                        .flatMap(t -> List.of(t.fields()).stream())
                        .map(f -> f.getName() + " " + f.getDataType().getTypeName())
                        .toList());
    }

    private static void transactions(DSLContext jooq, Story story) {
        jooq.transaction(outer -> {
            outer.dsl().deleteFrom(BOOK).where(TITLE.eq("Second")).execute();
            story.refused(
                    "nested",
                    () ->
                            outer.dsl()
                                    .transaction(nested -> {
                                        nested.dsl().deleteFrom(BOOK).execute();
                                        throw new IllegalStateException("no");
                                    }));
        });
        story.tell("after", jooq.select(TITLE).from(BOOK).orderBy(ID).fetch().getValues(TITLE));
    }
}
