package io.gatehouse.jdbc.wire;

/** A piece of a parameter's value, which a broker has asked for. */
public final class Piece extends Request {
    /** More pieces follow. */
    public static final int MORE = 0;

    /** The value ends with it. */
    public static final int LAST = 1;

    /** The rest of the value could not be read. */
    public static final int FAILED = 2;

    private final int request;
    private final int parameter;
    private final int following;
    private final byte[] bytes;
    private final boolean completes;

    /**
     * A piece.
     *
     * @param completes whether nothing more of any parameter is to come
     */
    public Piece(int request, int parameter, int following, byte[] bytes, boolean completes) {
        this.request = request;
        this.parameter = parameter;
        this.following = following;
        this.bytes = bytes;
        this.completes = completes;
    }

    @Override
    public boolean completes() {
        return completes;
    }

    @Override
    public void write(FrameWriter out) {
        out.begin('v').int32(request).int16(parameter).int8(following).value(bytes).end();
    }
}
