package io.gatehouse.server.wire;

import java.util.List;

/**
 * The format codes of a Bind message: none (all text), one for all, or one for each value.
 *
 * @param binary immutable
 */
public record Formats(List<Boolean> binary) {
    /** Everything as text. */
    public static final Formats TEXT = new Formats(List.of());

    public Formats {
        binary = List.copyOf(binary);
    }

    /** Whether these codes can apply to so many values. */
    public boolean fits(int values) {
        return binary.size() <= 1 || binary.size() == values;
    }

    /**
     * Whether a value is in binary format.
     *
     * @param index from 0, below a number that {@link #fits}
     */
    public boolean isBinary(int index) {
        return switch (binary.size()) {
            case 0 -> false;
            case 1 -> binary.get(0);
            default -> binary.get(index);
        };
    }
}
