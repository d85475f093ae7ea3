package io.gatehouse.frameworks;

import io.gatehouse.frameworks.Library.Author;
import io.gatehouse.frameworks.Library.Book;
import io.gatehouse.frameworks.Library.Scan;

import org.hibernate.Hibernate;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.Configuration;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.SchemaToolingSettings;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigDecimal;
import java.util.List;

/** Hibernate: it finds its dialect itself, makes the tables and works with entities. */
final class HibernateTest {

    interface Work {
        void run(SessionFactory factory, Story story);
    }

    private static void bothWays(Product product, Work work) throws Exception {
        BothWays.same(
                product,
                (access, story) -> {
                    Configuration configuration =
                            new Configuration()
                                    .addAnnotatedClass(Author.class)
                                    .addAnnotatedClass(Book.class)
                                    .addAnnotatedClass(Scan.class)
                                    .setProperty(JdbcSettings.JAKARTA_JDBC_URL, access.url())
                                    .setProperty(JdbcSettings.JAKARTA_JDBC_USER, access.user())
                                    .setProperty(
                                            JdbcSettings.JAKARTA_JDBC_PASSWORD, access.password())
                                    .setProperty(SchemaToolingSettings.HBM2DDL_AUTO, "create")
                                    .setProperty("hibernate.jdbc.batch_size", "10")
                                    .setProperty("hibernate.order_inserts", "true");
                    try (SessionFactory factory = configuration.buildSessionFactory()) {
                        story.tell(
                                "dialect",
                                factory.unwrap(SessionFactoryImplementor.class)
                                        .getJdbcServices()
                                        .getDialect()
                                        .getClass());
                        work.run(factory, story);
                    }
                });
    }

    private static int authorWithBooks(SessionFactory factory) {
        return factory.fromTransaction(
                        session -> {
                            Author author = new Author("Ada");
                            for (int i = 0; i < 25; i++) {
                                author.add(
                                        new Book(
                                                "Volume " + i, new BigDecimal(i).movePointLeft(1)));
                            }
                            session.persist(author);
                            return author;
                        })
                .id;
    }

    @ParameterizedTest
    @EnumSource
    void entities(Product product) throws Exception {
        bothWays(
                product,
                (factory, story) -> {
                    int id = authorWithBooks(factory);
                    story.tell("generated id", id);
                    factory.inTransaction(session -> {
                        Author author = session.find(Author.class, id);
                        story.tell("lazy", Hibernate.isInitialized(author.books));
                        story.tell("size", author.books.size());
                        Book first = author.books.get(0);
                        story.tell("first", first);
                        first.title = "Renamed";
                        session.remove(author.books.remove(24));
                    });
                    factory.inTransaction(session -> {
                        story.tell(
                                "page",
                                session.createQuery("from Book b order by b.number", Book.class)
                                        .setFirstResult(2)
                                        .setMaxResults(3)
                                        .list());
                        story.tell(
                                "sum",
                                session.createQuery(
                                                "select count(b), sum(b.price), max(b.day) from"
                                                        + " Book b where b.title like :like",
                                                Object[].class)
                                        .setParameter("like", "Volume%")
                                        .getSingleResult());
                        story.tell(
                                "updated",
                                session.createMutationQuery(
                                                "update Book set price = price + 1 where"
                                                        + " number < 5")
                                        .executeUpdate());
                        story.tell(
                                "joined",
                                session.createQuery(
                                                "select a from Author a join fetch a.books"
                                                        + " where a.name = 'Ada'",
                                                Author.class)
                                        .getSingleResult()
                                        .books
                                        .size());
                    });
                    try (StatelessSession session = factory.openStatelessSession()) {
                        var rows =
                                session
                                        .createQuery("from Book b order by b.number", Book.class)
                                        .setFetchSize(3)
                                        .stream();
                        try (rows) {
                            story.tell("streamed", rows.skip(20).map(b -> b.title).toList());
                        }
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void conflicts(Product product) throws Exception {
        bothWays(
                product,
                (factory, story) -> {
                    int id = authorWithBooks(factory);
                    story.refused(
                            "a lost update",
                            () ->
                                    factory.inTransaction(session -> {
                                        Author mine = session.find(Author.class, id);
                                        factory.inTransaction(other ->
                                                other.find(Author.class, id).name = "Theirs");
                                        mine.name = "Mine";
                                    }));
                    story.refused(
                            "a duplicate",
                            () ->
                                    factory.inTransaction(
                                            session -> session.persist(new Author("Theirs"))));
                    factory.inTransaction(session ->
                            story.tell(
                                    "after",
                                    session
                                            .createQuery(
                                                    "select name, version from Author",
                                                    Object[].class)
                                            .list()
                                            .stream()
                                            .map(List::of)
                                            .toList()));
                });
    }

    @ParameterizedTest
    @EnumSource
    void largeObjects(Product product) throws Exception {
        bothWays(
                product,
                (factory, story) -> {
                    factory.inTransaction(session -> session.persist(new Scan(1, 100_000)));
                    factory.inTransaction(session -> {
                        Scan scan = session.find(Scan.class, 1);
                        story.tell("text", scan.text.length() + scan.text.substring(99_990));
                        story.tell("picture", scan.picture.length + " " + scan.picture[77]);
                        scan.text = "short";
                        scan.picture = null;
                    });
                    factory.inTransaction(session -> {
                        Scan scan = session.find(Scan.class, 1);
                        story.tell("changed", scan.text);
                        story.tell("removed", scan.picture);
                    });
                });
    }
}
