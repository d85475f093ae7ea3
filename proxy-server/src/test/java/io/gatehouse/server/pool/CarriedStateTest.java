package io.gatehouse.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.kind.Isolation;

import org.junit.jupiter.api.Test;

final class CarriedStateTest {
    @Test
    void isOneObjectForAllThatAreEqual() {
        assertThat(some("reports").theOne()).isSameAs(some("reports").theOne());
        assertThat(some("reports").theOne()).isNotEqualTo(some("orders").theOne());
        assertThat(CarriedState.PRISTINE.withSetting("datestyle", null).theOne())
                .isSameAs(CarriedState.PRISTINE);
    }

    private static CarriedState some(String application) {
        return CarriedState.PRISTINE
                .withApplicationName(application)
                .withIsolation(Isolation.SERIALIZABLE)
                .withSetting("datestyle", "'ISO, DMY'");
    }
}
