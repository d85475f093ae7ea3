package io.gatehouse.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Five prepared statements and a commit: two selects, two updates, an insert. */
record Transactions(Sizes sizes, Connection database) implements Workload {
    private static final int CLIENTS = 16;

    @Override
    public String name() {
        return "transaction";
    }

    @Override
    public String title() {
        return "transaction of five statements, " + CLIENTS + " clients";
    }

    @Override
    public String unit() {
        return "transactions";
    }

    @Override
    public Load open(Connections connections) throws Exception {
        String suffix = Dataset.makeAccounts(database, connections.target(), sizes);
        AtomicLong committed = new AtomicLong();
        AtomicLong moved = new AtomicLong();
        List<Teller> crowd = new ArrayList<>();
        for (Connection connection : connections.open(Math.min(CLIENTS, sizes.manyClients()))) {
            connection.setAutoCommit(false);
            crowd.add(
                    new Teller(connection, suffix, sizes.items(), crowd.size(), committed, moved));
        }
        return new Load() {
            @Override
            public Tally round(long nanos) throws Exception {
                return Crowd.run(crowd, nanos);
            }

            @Override
            public void verify() throws SQLException, WrongAnswer {
                long[] found = Dataset.numbers(database, sums(suffix));
                WrongAnswer.unlessEqual(committed.get(), found[0], "transactions in the database");
                WrongAnswer.unlessEqual(moved.get(), found[1], "the sum of the history");
                WrongAnswer.unlessEqual(moved.get(), found[2], "the sum of the accounts");
                WrongAnswer.unlessEqual(moved.get(), found[3], "the sum of the tellers");
            }
        };
    }

    private static String sums(String suffix) {
        return "SELECT count(*), coalesce(sum(delta), 0), (SELECT sum(balance) FROM account"
                + suffix
                + "), (SELECT sum(balance) FROM teller"
                + suffix
                + ") FROM history"
                + suffix;
    }

    private static final class Teller implements Crowd.Client {
        private final Connection connection;
        private final PreparedStatement price;
        private final PreparedStatement pay;
        private final PreparedStatement balance;
        private final PreparedStatement take;
        private final PreparedStatement note;
        private final int items;
        private final SplittableRandom random;
        private final AtomicLong committed;
        private final AtomicLong moved;

        Teller(
                Connection connection,
                String suffix,
                int items,
                int seed,
                AtomicLong committed,
                AtomicLong moved)
                throws SQLException {
            this.connection = connection;
            price = connection.prepareStatement("SELECT quantity FROM item WHERE id = ?");
            pay =
                    connection.prepareStatement(
                            "UPDATE account" + suffix + " SET balance = balance + ? WHERE id = ?");
            balance =
                    connection.prepareStatement(
                            "SELECT balance FROM account" + suffix + " WHERE id = ?");
            take =
                    connection.prepareStatement(
                            "UPDATE teller" + suffix + " SET balance = balance + ? WHERE id = ?");
            note =
                    connection.prepareStatement(
                            "INSERT INTO history"
                                    + suffix
                                    + " (account, teller, delta) VALUES (?, ?, ?)");
            this.items = items;
            random = new SplittableRandom(seed);
            this.committed = committed;
            this.moved = moved;
        }

        @Override
        public void ask() throws Exception {
            int account = 1 + random.nextInt(items);
            int teller = 1 + random.nextInt(Dataset.TELLERS);
            int delta = random.nextInt(-1000, 1000);
            price.setInt(1, account);
            WrongAnswer.unlessEqual(
                    Dataset.itemQuantity(account), one(price), "the quantity of item " + account);
            pay.setInt(1, delta);
            pay.setInt(2, account);
            WrongAnswer.unlessEqual(1, pay.executeUpdate(), "accounts updated");
            balance.setInt(1, account);
            one(balance);
            take.setInt(1, delta);
            take.setInt(2, teller);
            WrongAnswer.unlessEqual(1, take.executeUpdate(), "tellers updated");
            note.setInt(1, account);
            note.setInt(2, teller);
            note.setInt(3, delta);
            WrongAnswer.unlessEqual(1, note.executeUpdate(), "rows inserted");
            connection.commit();
            committed.incrementAndGet();
            moved.addAndGet(delta);
        }

        private static long one(PreparedStatement select) throws SQLException, WrongAnswer {
            try (ResultSet row = select.executeQuery()) {
                WrongAnswer.unless(row.next(), "a row was not found");
                return row.getLong(1);
            }
        }
    }
}
