package io.gatehouse.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Selects one row by its key with a statement that stays prepared. */
record PointSelect(int clients, Sizes sizes) implements Workload {
    @Override
    public String name() {
        return "point-" + clients;
    }

    @Override
    public String title() {
        return "point select by key, prepared, "
                + clients
                + (clients == 1 ? " client" : " clients");
    }

    @Override
    public String unit() {
        return "selects";
    }

    @Override
    public Load open(Connections connections) throws Exception {
        List<Selector> crowd = new ArrayList<>();
        for (Connection connection : connections.open(Math.min(clients, sizes.manyClients()))) {
            crowd.add(new Selector(connection, sizes.items(), crowd.size()));
        }
        return nanos -> Crowd.run(crowd, nanos);
    }

    /** One client. */
    static final class Selector implements Crowd.Client {
        private final PreparedStatement select;
        private final int items;
        private final SplittableRandom random;

        Selector(Connection connection, int items, int seed) throws SQLException {
            select =
                    connection.prepareStatement(
                            "SELECT id, name, quantity, price FROM item WHERE id = ?");
            this.items = items;
            random = new SplittableRandom(seed);
        }

        @Override
        public void ask() throws SQLException, WrongAnswer {
            int id = 1 + random.nextInt(items);
            select.setInt(1, id);
            try (ResultSet row = select.executeQuery()) {
                WrongAnswer.unless(row.next(), "item " + id + " was not found");
                WrongAnswer.unlessEqual(id, row.getInt(1), "the item's id");
                WrongAnswer.unless(
                        Dataset.itemName(id).equals(row.getString(2)),
                        "item " + id + " has another name");
                WrongAnswer.unlessEqual(
                        Dataset.itemQuantity(id), row.getInt(3), "the quantity of item " + id);
                WrongAnswer.unless(!row.next(), "item " + id + " was found twice");
            }
        }
    }
}
