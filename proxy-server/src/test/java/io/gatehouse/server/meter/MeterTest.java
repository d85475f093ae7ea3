package io.gatehouse.server.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.meter.ConnectionMeter.StatementEnd;
import io.gatehouse.server.meter.PoolReading.Circuit.State;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

final class MeterTest {
    private static final PoolReading ORDERS =
            new PoolReading(
                    "orders",
                    10,
                    4,
                    3,
                    2,
                    1,
                    Map.of("ada", 1, "bob", 1),
                    new PoolReading.Slow(8, 2, 1),
                    new PoolReading.Circuit(State.OPEN, 1_500, 250, "connection refused"));

    @Test
    void showsWhatWasCounted() {
        try (Meter meter = new Meter()) {
            meter.clientOpened();
            meter.clientOpened();
            meter.clientClosed();
            meter.clientRefused(Meter.Refusal.WRONG_PASSWORD);
            meter.bytesIn(10);
            meter.bytesOut(20);
            ConnectionMeter orders = meter.connection("orders");
            orders.sessionOpened();
            orders.statement(StatementEnd.OK, TimeUnit.MILLISECONDS.toNanos(3), 5);
            orders.statement(StatementEnd.DENIED, 1_000, 0);
            orders.waited(TimeUnit.MILLISECONDS.toNanos(30));
            orders.pinned();
            meter.pools(() -> List.of(ORDERS));

            String text = meter.scrape();

            assertThat(text)
                    .contains("gatehouse_clients 1.0")
                    .contains("gatehouse_clients_accepted_total 2.0")
                    .contains("gatehouse_clients_refused_total{reason=\"wrong_password\"} 1.0")
                    .contains("gatehouse_client_bytes_total{direction=\"out\"} 20.0")
                    .contains("gatehouse_sessions{connection=\"orders\"} 1.0")
                    .contains(
                            "gatehouse_statements_seconds_count{connection=\"orders\",outcome=\"ok\"}"
                                + " 1")
                    .contains(
                            "gatehouse_statements_seconds_bucket{connection=\"orders\",outcome=\"ok\",le=\"0.005\"}"
                                + " 1")
                    .contains(
                            "gatehouse_statements_seconds_count{connection=\"orders\",outcome=\"denied\"}"
                                + " 1")
                    .contains("gatehouse_rows_total{connection=\"orders\"} 5.0")
                    .contains("gatehouse_pins_total{connection=\"orders\"} 1.0")
                    .contains(
                            "gatehouse_pool_connections{connection=\"orders\",state=\"waiting\"}"
                                    + " 2.0")
                    .contains(
                            "gatehouse_pool_connections{connection=\"orders\",state=\"slow\"} 2.0")
                    .contains("gatehouse_pool_waiting_users{connection=\"orders\"} 2.0")
                    .contains("gatehouse_pool_circuit{connection=\"orders\"} 2.0")
                    .contains("jvm_memory_used_bytes");
        }
    }

    @Test
    void forgetsPoolsThatAreGone() {
        try (Meter meter = new Meter()) {
            meter.pools(() -> List.of(ORDERS));
            assertThat(meter.scrape()).contains("state=\"open\"");
            meter.pools(List::of);
            assertThat(meter.scrape()).doesNotContain("state=\"open\"");
        }
    }

    @Test
    void boundsTheNumberOfLabels() {
        try (Meter meter = new Meter()) {
            for (int i = 0; i < 1_100; i++) {
                meter.connection("c" + i);
            }

            assertThat(meter.connection("yet another")).isSameAs(meter.connection("c1099"));
            assertThat(meter.connection("c1")).isNotSameAs(meter.connection("c2"));
        }
    }
}
