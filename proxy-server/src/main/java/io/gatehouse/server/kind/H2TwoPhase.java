package io.gatehouse.server.kind;

import java.util.Base64;
import java.util.Optional;

/** PREPARE COMMIT, under the names of H2's driver: XID, format, qualifier, identifier. */
final class H2TwoPhase implements TwoPhase {
    private static final String PREFIX = "XID";
    private static final int UNKNOWN_BRANCH = 90129;

    @Override
    public String sql(Step step, Branch branch) {
        return switch (step) {
            case PREPARE -> "PREPARE COMMIT \"" + name(branch) + "\"";
            case COMMIT -> "COMMIT TRANSACTION \"" + name(branch) + "\"";
            case ROLLBACK_PREPARED -> "ROLLBACK TRANSACTION \"" + name(branch) + "\"";
            case START, JOIN, RESUME, END, SUSPEND, COMMIT_ONE_PHASE, ROLLBACK -> "";
        };
    }

    private static String name(Branch branch) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return PREFIX
                + "|"
                + branch.format()
                + "|"
                + encoder.encodeToString(branch.qualifierBytes())
                + "|"
                + encoder.encodeToString(branch.globalBytes());
    }

    @Override
    public boolean judgesOrder() {
        return false;
    }

    @Override
    public String recovery() {
        return "SELECT TRANSACTION_NAME FROM INFORMATION_SCHEMA.IN_DOUBT"
                + " WHERE TRANSACTION_STATE = 'IN_DOUBT' ORDER BY TRANSACTION_NAME";
    }

    @Override
    public Optional<Branch> recovered(String[] texts, byte[] last) {
        String[] parts = texts[0].split("\\|", -1);
        if (parts.length != 4 || !parts[0].equals(PREFIX)) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getUrlDecoder();
            return Optional.of(
                    Branch.of(
                            Integer.parseInt(parts[1]),
                            decoder.decode(parts[3]),
                            decoder.decode(parts[2])));
        } catch (IllegalArgumentException e) {
            // Somebody's own name.
            return Optional.empty();
        }
    }

    /** Rolling back what a connection left that was closed shuts H2's database. */
    @Override
    public Prepared prepared() {
        return Prepared.STAYS;
    }

    @Override
    public boolean isUnknown(String sqlState, int vendorCode) {
        return vendorCode == UNKNOWN_BRANCH;
    }
}
