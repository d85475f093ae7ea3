package io.gatehouse.server.kind;

import java.util.Arrays;
import java.util.Optional;

/** The XA statements of MySQL and MariaDB. */
final class MySqlTwoPhase implements TwoPhase {
    private static final int UNKNOWN_BRANCH = 1397;

    @Override
    public String sql(Step step, Branch branch) {
        String name = name(branch);
        return switch (step) {
            case START -> "XA START " + name;
            case JOIN -> "XA START " + name + " JOIN";
            case RESUME -> "XA START " + name + " RESUME";
            case END -> "XA END " + name;
            case SUSPEND -> "XA END " + name + " SUSPEND";
            case PREPARE -> "XA PREPARE " + name;
            case COMMIT -> "XA COMMIT " + name;
            case COMMIT_ONE_PHASE -> "XA COMMIT " + name + " ONE PHASE";
            case ROLLBACK, ROLLBACK_PREPARED -> "XA ROLLBACK " + name;
        };
    }

    private static String name(Branch branch) {
        return literal(branch.global())
                + ","
                + literal(branch.qualifier())
                + ","
                + "0x"
                + Integer.toHexString(branch.format());
    }

    private static String literal(String hex) {
        return hex.isEmpty() ? "''" : "0x" + hex;
    }

    @Override
    public boolean judgesOrder() {
        return true;
    }

    @Override
    public String recovery() {
        return "XA RECOVER";
    }

    @Override
    public Optional<Branch> recovered(String[] texts, byte[] last) {
        int format = (int) Long.parseLong(texts[0]);
        int global = Integer.parseInt(texts[1]);
        int qualifier = Integer.parseInt(texts[2]);
        if (global + qualifier != last.length) {
            return Optional.empty();
        }
        return Optional.of(
                Branch.of(
                        format,
                        Arrays.copyOf(last, global),
                        Arrays.copyOfRange(last, global, last.length)));
    }

    /**
     * A reset of the connection would not do: MariaDB gives the branch away, but InnoDB's part of
     * it stays and holds its locks. MySQL with its xa_detach_on_prepare would need none of it.
     */
    @Override
    public Prepared prepared() {
        return Prepared.CLOSED;
    }

    @Override
    public boolean isUnknown(String sqlState, int vendorCode) {
        return vendorCode == UNKNOWN_BRANCH;
    }
}
