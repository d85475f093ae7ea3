package io.gatehouse.server.execute;

import java.util.List;

/**
 * The parameters of a call.
 *
 * @param slots in the order of their values, those with an index first and ascending; empty for
 *     nothing but values of the indexes from 1 on
 */
public record Signature(List<Slot> slots) {
    /** Values one after the other, and none comes back. */
    public static final Signature POSITIONAL = new Signature(List.of());

    public Signature {
        slots = List.copyOf(slots);
    }

    /**
     * One parameter.
     *
     * @param in whether each execution brings a value for it
     * @param out whether each execution gives one back
     * @param index from 1; 0 where it is known by its name
     * @param jdbcType what it was registered as, a constant of {@code java.sql.Types}
     * @param scale -1 for none
     * @param typeName empty for none
     */
    public record Slot(
            boolean in,
            boolean out,
            int index,
            String name,
            int jdbcType,
            int scale,
            String typeName) {
        boolean named() {
            return index == 0;
        }
    }

    /** The parameters that come back. */
    List<Slot> out() {
        return slots.stream().filter(Slot::out).toList();
    }
}
