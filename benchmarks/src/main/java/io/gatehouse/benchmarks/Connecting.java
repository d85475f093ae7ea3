package io.gatehouse.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/** Connects with a password, asks one thing, closes. */
record Connecting() implements Workload {
    @Override
    public String name() {
        return "connect";
    }

    @Override
    public String title() {
        return "connect (SCRAM-SHA-256), select 1, close, 1 client";
    }

    @Override
    public String unit() {
        return "connections";
    }

    @Override
    public Load open(Connections connections) {
        Target target = connections.target();
        List<Crowd.Client> one = List.of(() -> ask(target));
        return nanos -> Crowd.run(one, nanos);
    }

    private static void ask(Target target) throws Exception {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1")) {
            WrongAnswer.unless(row.next(), "select 1 has no row");
            WrongAnswer.unlessEqual(1, row.getInt(1), "select 1");
        }
    }
}
