package io.gatehouse.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Runs a program directly and through a broker, and holds what it told against each other. */
final class BothWays {
    private static final String NAME = "application";

    /** Hides columns of the tables that are looked at. */
    private static final String MASKS =
            """
            policy: 1
            default: allow
            rules:
              - name: personal
                masks:
                  - {columns: [parent.name, extra.doc, "*.tags"], with: null}
                  - {columns: [parent.price, child.b], with: constant, value: "1"}
            """;

    private BothWays() {}

    interface Program {
        void run(Access access, Story story) throws Exception;
    }

    /** Each way has a database of its own, new and of the same name. */
    static void same(Product product, Program program) throws Exception {
        TestBroker.Database database = product.database(NAME);
        renew(product);
        List<String> expected = told(program, product.direct(database));
        renew(product);
        assertThat(throughABroker(product, database, program))
                .isNotEmpty()
                .containsExactlyElementsOf(expected);
    }

    /**
     * Both ways have the same database, which the program leaves as it is. Through the broker it is
     * looked at once more by somebody from whom columns are masked.
     */
    static void sameLooks(Product product, List<String> setUp, Program program) throws Exception {
        TestBroker.Database database = product.database(NAME);
        renew(product);
        product.direct(database).run(setUp.toArray(String[]::new));
        List<String> expected = told(program, product.direct(database));
        assertThat(throughABroker(product, database, program))
                .isNotEmpty()
                .containsExactlyElementsOf(expected);
        try (TestBroker broker = TestBroker.with(MASKS).serve(NAME, database, 5)) {
            assertThat(told(program, product.through(broker, NAME)))
                    .as("with masks")
                    .containsExactlyElementsOf(expected);
        }
    }

    /** A database of a product, new and empty. */
    static TestBroker.Database renewed(Product product) throws SQLException {
        renew(product);
        return product.database(NAME);
    }

    private static List<String> throughABroker(
            Product product, TestBroker.Database database, Program program) throws Exception {
        try (TestBroker broker = TestBroker.permissive().serve(NAME, database, 5)) {
            return told(program, product.through(broker, NAME));
        }
    }

    private static List<String> told(Program program, Access access) throws Exception {
        Story story = new Story();
        program.run(access, story);
        return story.lines();
    }

    private static void renew(Product product) throws SQLException {
        try (Connection c = product.first().direct();
                Statement s = c.createStatement()) {
            s.execute(product.drop(NAME));
            s.execute("create database " + NAME);
        }
    }
}
