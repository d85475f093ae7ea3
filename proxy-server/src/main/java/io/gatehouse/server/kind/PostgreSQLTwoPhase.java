package io.gatehouse.server.kind;

import java.util.Base64;
import java.util.Optional;

/** PREPARE TRANSACTION, under pgjdbc's names: format, underscore, Base64, underscore, Base64. */
final class PostgreSQLTwoPhase implements TwoPhase {
    @Override
    public String sql(Step step, Branch branch) {
        return switch (step) {
            case PREPARE -> "PREPARE TRANSACTION '" + name(branch) + "'";
            case COMMIT -> "COMMIT PREPARED '" + name(branch) + "'";
            case ROLLBACK_PREPARED -> "ROLLBACK PREPARED '" + name(branch) + "'";
            case START, JOIN, RESUME, END, SUSPEND, COMMIT_ONE_PHASE, ROLLBACK -> "";
        };
    }

    private static String name(Branch branch) {
        Base64.Encoder encoder = Base64.getEncoder();
        return branch.format()
                + "_"
                + encoder.encodeToString(branch.globalBytes())
                + "_"
                + encoder.encodeToString(branch.qualifierBytes());
    }

    @Override
    public boolean judgesOrder() {
        return false;
    }

    @Override
    public String recovery() {
        // Only who may commit them as well.
        return "SELECT gid FROM pg_prepared_xacts WHERE database = current_database()"
                + " AND pg_has_role(current_user, owner, 'member')";
    }

    @Override
    public Optional<Branch> recovered(String[] texts, byte[] last) {
        String[] parts = texts[0].split("_", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getDecoder();
            return Optional.of(
                    Branch.of(
                            Integer.parseInt(parts[0]),
                            decoder.decode(parts[1]),
                            decoder.decode(parts[2])));
        } catch (IllegalArgumentException e) {
            // Somebody's own name.
            return Optional.empty();
        }
    }

    @Override
    public Prepared prepared() {
        return Prepared.FREE;
    }

    @Override
    public boolean isUnknown(String sqlState, int vendorCode) {
        return sqlState.equals("42704");
    }
}
