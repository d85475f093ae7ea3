package io.gatehouse.policy.fact;

import java.util.AbstractSet;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;

/**
 * Constants of an enum of at most 64, in their order. Immutable, and quick to ask: what is asked of
 * a statement's facts is asked each time that it runs.
 */
final class Flags<E extends Enum<E>> extends AbstractSet<E> {
    private final Class<E> type;
    private final List<E> members;
    private final long bits;

    Flags(Class<E> type, EnumSet<E> members) {
        if (type.getEnumConstants().length > Long.SIZE) {
            throw new IllegalArgumentException(type + " has too many constants");
        }
        this.type = type;
        this.members = List.copyOf(members);
        long all = 0;
        for (E member : members) {
            all |= bit(member);
        }
        this.bits = all;
    }

    private static long bit(Enum<?> member) {
        return 1L << member.ordinal();
    }

    @Override
    public boolean contains(Object other) {
        return other instanceof Enum<?> one
                && one.getDeclaringClass() == type
                && (bits & bit(one)) != 0;
    }

    @Override
    public Iterator<E> iterator() {
        return members.iterator();
    }

    @Override
    public int size() {
        return members.size();
    }
}
