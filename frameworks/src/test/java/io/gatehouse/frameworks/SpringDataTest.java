package io.gatehouse.frameworks;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;
import org.springframework.data.repository.query.Param;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

/** Spring Data JDBC: it finds its dialect itself; aggregates, generated keys, pages, versions. */
final class SpringDataTest {

    record Line(String article, int amount) {}

    record Purchase(
            @Id Integer id, @Version Integer version, String buyer, LocalDate day, Set<Line> line) {
        static Purchase of(String buyer, Set<Line> lines) {
            return new Purchase(null, null, buyer, LocalDate.of(2024, 2, 29), lines);
        }

        Purchase boughtBy(String other) {
            return new Purchase(id, version, other, day, line);
        }
    }

    interface Purchases
            extends ListCrudRepository<Purchase, Integer>,
                    PagingAndSortingRepository<Purchase, Integer> {
        List<Purchase> findByBuyerStartingWithOrderByIdDesc(String start);

        @Query("select count(*) from line where amount > :amount")
        long countLarger(@Param("amount") int amount);
    }

    @Configuration
    @EnableJdbcRepositories(considerNestedRepositories = true)
    static class Beans extends AbstractJdbcConfiguration {
        @Bean
        NamedParameterJdbcOperations operations(DataSource source) {
            return new NamedParameterJdbcTemplate(source);
        }

        @Bean
        DataSourceTransactionManager transactionManager(DataSource source) {
            return new DataSourceTransactionManager(source);
        }
    }

    @ParameterizedTest
    @EnumSource
    void repositories(Product product) throws Exception {
        BothWays.same(
                product,
                (access, story) -> {
                    access.run(
                            "create table purchase (id %s, version integer, buyer varchar(40), day date)"
                                    .formatted(product.generatedKey()),
                            "create table line (purchase integer not null, article varchar(40),"
                                    + " amount integer, foreign key (purchase) references purchase"
                                    + " (id))");
                    try (AnnotationConfigApplicationContext context =
                            new AnnotationConfigApplicationContext()) {
                        context.registerBean(DataSource.class, access::dataSource);
                        context.register(Beans.class);
                        context.refresh();
                        work(context.getBean(Purchases.class), story);
                    }
                });
    }

    private static void work(Purchases purchases, Story story) {
        Purchase first =
                purchases.save(
                        Purchase.of("Ada", Set.of(new Line("anvil", 1), new Line("bolt", 50))));
        story.tell("id and version", first.id() + " " + first.version());
        purchases.saveAll(
                List.of(
                        Purchase.of("Grace", Set.of()),
                        Purchase.of("Alan", Set.of(new Line("c", 9)))));
        story.tell("changed", purchases.save(first.boughtBy("Ada L.")).version());
        story.refused("a lost update", () -> purchases.save(first.boughtBy("Theirs")));
        story.tell(
                "page",
                purchases.findAll(PageRequest.of(0, 2, Sort.by("buyer"))).getContent().stream()
                        .map(Purchase::buyer)
                        .toList());
        story.tell(
                "derived",
                purchases.findByBuyerStartingWithOrderByIdDesc("A").stream()
                        .map(p -> p.buyer() + " " + p.day() + " " + p.line().size())
                        .toList());
        story.tell("query", purchases.countLarger(5));
        purchases.deleteById(first.id());
        story.tell("left", purchases.count());
        story.tell("gone", purchases.findById(first.id()));
    }
}
