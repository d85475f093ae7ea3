package io.gatehouse.server.execute;

import java.util.List;

/**
 * A sink that passes rows on to another. It forwards what is said around the values, and no value:
 * one that hides values must not let a new method for them through by default.
 */
public interface ForwardingSink extends RowSink {
    /** The sink behind this one. */
    RowSink to();

    @Override
    default int largestRow() {
        return to().largestRow();
    }

    @Override
    default boolean needsDetail() {
        return to().needsDetail();
    }

    @Override
    default void startRow() {
        to().startRow();
    }

    @Override
    default int wholeValue() {
        return to().wholeValue();
    }

    @Override
    default boolean endRow() {
        return to().endRow();
    }

    @Override
    default boolean mayBlock() {
        return to().mayBlock();
    }

    @Override
    default boolean awaitDemand() throws InterruptedException {
        return to().awaitDemand();
    }

    @Override
    default void endRows(boolean complete) {
        to().endRows(complete);
    }

    @Override
    default void count(long updateCount) {
        to().count(updateCount);
    }

    @Override
    default void batchCounts(long[] counts) {
        to().batchCounts(counts);
    }

    @Override
    default void parameters(List<ParameterInfo> parameters) {
        to().parameters(parameters);
    }
}
