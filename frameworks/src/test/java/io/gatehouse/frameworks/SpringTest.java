package io.gatehouse.frameworks;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import org.springframework.transaction.interceptor.NoRollbackRuleAttribute;
import org.springframework.transaction.interceptor.RollbackRuleAttribute;
import org.springframework.transaction.interceptor.RuleBasedTransactionAttribute;
import org.springframework.transaction.support.TransactionTemplate;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

/** Spring's JdbcTemplate and its transactions. */
final class SpringTest {
    private static final String INSERT = "insert into item (name, price, day) values (?, ?, ?)";

    private static JdbcTemplate template(Access access) {
        JdbcTemplate template = new JdbcTemplate(access.dataSource());
        template.execute(
                "create table item (id %s, name varchar(40) not null unique, price decimal(10, 2), day date)"
                        .formatted(access.product().generatedKey()));
        return template;
    }

    @ParameterizedTest
    @EnumSource
    void templates(Product product) throws Exception {
        BothWays.same(
                product,
                (access, story) -> {
                    JdbcTemplate template = template(access);
                    GeneratedKeyHolder keys = new GeneratedKeyHolder();
                    story.tell(
                            "inserted",
                            template.update(
                                    connection -> {
                                        PreparedStatement s =
                                                connection.prepareStatement(
                                                        INSERT, Statement.RETURN_GENERATED_KEYS);
                                        s.setString(1, "anvil");
                                        s.setBigDecimal(2, new BigDecimal("12.50"));
                                        s.setObject(3, LocalDate.of(2024, 2, 29));
                                        return s;
                                    },
                                    keys));
                    story.tell(
                            "key", ((Number) keys.getKeyList().get(0).values().iterator().next()));
                    List<Object[]> rows =
                            List.of(
                                    new Object[] {"bolt", null, LocalDate.of(1969, 7, 20)},
                                    new Object[] {"chain", new BigDecimal("3"), null});
                    story.tell("batch", template.batchUpdate(INSERT, rows).length);
                    story.tell(
                            "simple insert",
                            new SimpleJdbcInsert(template)
                                    .withTableName("item")
                                    .usingColumns("name", "price")
                                    .usingGeneratedKeyColumns("id")
                                    .executeAndReturnKey(
                                            Map.of("name", "drill", "price", BigDecimal.ONE)));
                    story.tell(
                            "rows",
                            template.queryForList(
                                    "select id, name, price, day from item order by id"));
                    story.tell(
                            "named",
                            new NamedParameterJdbcTemplate(template)
                                    .queryForList(
                                            "select name from item where name in (:names) order by"
                                                    + " 1",
                                            Map.of("names", List.of("anvil", "chain")),
                                            String.class));
                    template.setFetchSize(1);
                    template.setMaxRows(2);
                    story.tell(
                            "limited",
                            template.query(
                                    "select name, day from item order by id",
                                    (row, n) ->
                                            row.getString(1) + row.getObject(2, LocalDate.class)));
                });
    }

    @ParameterizedTest
    @EnumSource
    void translatedErrors(Product product) throws Exception {
        BothWays.same(
                product,
                (access, story) -> {
                    JdbcTemplate template = template(access);
                    template.execute(
                            "create table part (item integer not null, foreign key (item)"
                                    + " references item (id))");
                    template.update(INSERT, "anvil", 1, null);
                    story.refused("duplicate", () -> template.update(INSERT, "anvil", 1, null));
                    story.refused("null", () -> template.update(INSERT, null, 1, null));
                    story.refused(
                            "too long", () -> template.update(INSERT, "x".repeat(41), 1, null));
                    story.refused("grammar", () -> template.execute("selekt 1"));
                    story.refused("no table", () -> template.queryForList("select 1 from nothing"));
                    story.refused("no column", () -> template.queryForList("select no from item"));
                    story.refused(
                            "no parent", () -> template.update("insert into part values (4711)"));
                    story.refused(
                            "no row",
                            () ->
                                    template.queryForObject(
                                            "select id from item where id < 0", Integer.class));
                });
    }

    @ParameterizedTest
    @EnumSource
    void transactions(Product product) throws Exception {
        BothWays.same(
                product,
                (access, story) -> {
                    JdbcTemplate template = template(access);
                    DataSource source = template.getDataSource();
                    DataSourceTransactionManager manager = new DataSourceTransactionManager(source);
                    manager.setEnforceReadOnly(product == Product.POSTGRESQL);
                    TransactionTemplate outer = new TransactionTemplate(manager);
                    outer.executeWithoutResult(status -> {
                        template.update(INSERT, "kept", 1, null);
                        Object savepoint = status.createSavepoint();
                        template.update(INSERT, "gone", 1, null);
                        story.refused("duplicate", () -> template.update(INSERT, "kept", 1, null));
                        status.rollbackToSavepoint(savepoint);
                        status.releaseSavepoint(savepoint);
                        template.update(INSERT, "kept too", 1, null);
                    });
                    tellNames(template, story, "savepoint");
                    TransactionTemplate nested = new TransactionTemplate(manager);
                    nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
                    outer.executeWithoutResult(status -> {
                        template.update(INSERT, "outer", 1, null);
                        nested.executeWithoutResult(inner -> {
                            template.update(INSERT, "nested", 1, null);
                            inner.setRollbackOnly();
                        });
                    });
                    tellNames(template, story, "nested");
                    TransactionTemplate readOnly = new TransactionTemplate(manager);
                    readOnly.setReadOnly(true);
                    readOnly.setTimeout(60);
                    readOnly.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
                    story.tell(
                            "read in a read-only one",
                            readOnly.execute(s -> template.queryForList("select 1 as one")));
                    story.refused(
                            "write in a read-only one",
                            () ->
                                    readOnly.executeWithoutResult(
                                            s -> template.update(INSERT, "no", 1, null)));
                    tellNames(template, story, "read-only");
                });
    }

    @ParameterizedTest
    @EnumSource
    void rollbackRules(Product product) throws Exception {
        BothWays.same(
                product,
                (access, story) -> {
                    JdbcTemplate template = template(access);
                    DataSourceTransactionManager manager =
                            new DataSourceTransactionManager(template.getDataSource());
                    RuleBasedTransactionAttribute rules =
                            new RuleBasedTransactionAttribute(
                                    TransactionDefinition.PROPAGATION_REQUIRED,
                                    List.of(
                                            new RollbackRuleAttribute(Exception.class),
                                            new NoRollbackRuleAttribute(
                                                    IllegalStateException.class)));
                    Map<String, DefaultTransactionAttribute> attributes =
                            Map.of("rules", rules, "usual", new DefaultTransactionAttribute());
                    for (Exception thrown :
                            List.of(new IllegalStateException(), new Exception("checked"))) {
                        for (String which : attributes.keySet()) {
                            DefaultTransactionAttribute rule = attributes.get(which);
                            var status = manager.getTransaction(rule);
                            String name = thrown.getClass().getSimpleName() + " " + which;
                            template.update(INSERT, name, 1, null);
                            if (rule.rollbackOn(thrown)) {
                                manager.rollback(status);
                            } else {
                                manager.commit(status);
                            }
                        }
                    }
                    tellNames(template, story, "rules");
                });
    }

    private static void tellNames(JdbcTemplate template, Story story, String what) {
        story.tell(
                what, template.queryForList("select name from item order by name", String.class));
    }
}
