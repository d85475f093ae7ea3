package io.gatehouse.policy.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.EnumSet;
import java.util.Set;

final class FlagsTest {
    private static final EnumSet<Verb> SOME = EnumSet.of(Verb.SELECT, Verb.OTHER, Verb.INSERT);

    @ParameterizedTest
    @EnumSource
    void hasWhatItWasGiven(Verb verb) {
        assertThat(new Flags<>(Verb.class, SOME).contains(verb)).isEqualTo(SOME.contains(verb));
    }

    @Test
    void isAsAnySetOfTheSame() {
        Set<Verb> flags = new Flags<>(Verb.class, SOME);

        assertThat(flags).isEqualTo(SOME).hasSameHashCodeAs(SOME).hasToString(SOME.toString());
        assertThat(SOME).isEqualTo(flags);
        assertThat(flags.containsAll(Set.of(Verb.SELECT, Verb.DROP))).isFalse();
        assertThat(new Flags<>(Verb.class, EnumSet.noneOf(Verb.class))).isEmpty();
    }

    @Test
    void tellsConstantsOfOtherEnumsApart() {
        Set<?> flags = new Flags<>(Verb.class, EnumSet.allOf(Verb.class));

        assertThat(flags.contains(Trait.OPAQUE)).isFalse();
        assertThat(flags.contains("SELECT")).isFalse();
    }

    @Test
    void neverChanges() {
        Set<Verb> flags = new Flags<>(Verb.class, SOME);

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> flags.add(Verb.DROP));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> flags.remove(Verb.SELECT));
    }
}
