package io.gatehouse.jdbc.wire;

/** Takes a step of a branch of a transaction over several databases. Immutable. */
public final class BranchStep extends Request {
    public static final int START = 1;
    public static final int JOIN = 2;
    public static final int RESUME = 3;
    public static final int END = 4;
    public static final int SUSPEND = 5;
    public static final int PREPARE = 6;
    public static final int COMMIT = 7;
    public static final int COMMIT_ONE_PHASE = 8;
    public static final int ROLLBACK = 9;
    public static final int ROLLBACK_PREPARED = 10;

    private final int request;
    private final int step;
    private final int format;
    private final byte[] global;
    private final byte[] qualifier;

    public BranchStep(int request, int step, int format, byte[] global, byte[] qualifier) {
        this.request = request;
        this.step = step;
        this.format = format;
        this.global = global;
        this.qualifier = qualifier;
    }

    @Override
    public void write(FrameWriter out) {
        out.begin('x').int32(request).int8(step).int32(format);
        out.value(global).value(qualifier).end();
    }
}
