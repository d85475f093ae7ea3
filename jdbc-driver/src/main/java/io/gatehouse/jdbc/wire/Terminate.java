package io.gatehouse.jdbc.wire;

/** Says goodbye. */
public final class Terminate extends Request {
    @Override
    public void write(FrameWriter out) {
        out.begin('X').end();
    }
}
