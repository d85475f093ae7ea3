package io.gatehouse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

final class OptionsTest {
    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), Workloads.names());
    }

    @Test
    void everythingIsTheDefault() {
        Options options = parse();

        assertThat(options.quick()).isFalse();
        assertThat(options.targets())
                .containsExactly("direct", "gatehouse", "gatehouse-psql", "pgbouncer");
        assertThat(Workloads.names()).allMatch(options::wants);
    }

    @Test
    void onlyPicksWorkloadsAndTargets() {
        Options options = parse("--quick", "--only", "point,stream,direct", "--pg-port", "5433");

        assertThat(options.quick()).isTrue();
        assertThat(options.postgresPort()).isEqualTo(5433);
        assertThat(options.targets()).isEqualTo(Set.of("direct"));
        assertThat(Workloads.names().stream().filter(options::wants))
                .containsExactly("point-1", "point-16", "point-64", "stream");
    }

    @Test
    void theNamesOfWorkloadsAreTheWorkloads() throws Exception {
        Sizes sizes = Sizes.quick();
        assertThat(
                        List.of(
                                new PointSelect(1, sizes).name(),
                                new PointSelect(16, sizes).name(),
                                new PointSelect(64, sizes).name(),
                                new Crowded(sizes).name(),
                                new Streaming(sizes, null).name(),
                                new Inserts(sizes, null).name(),
                                new Transactions(sizes, null).name(),
                                new Connecting().name(),
                                new ManyOpen(sizes).name()))
                .containsExactlyInAnyOrderElementsOf(Workloads.names());
    }

    @Test
    void takesMoreTargets() {
        Options options = parse("--target", "odyssey=jdbc:postgresql://h:1/x?a=b");

        assertThat(options.extra()).isEqualTo(Map.of("odyssey", "jdbc:postgresql://h:1/x?a=b"));
    }

    @Test
    void takesMoreBrokers() {
        Options options = parse("--broker", "before=/tmp/before/bin/gatehouse");

        assertThat(options.brokers()).isEqualTo(Map.of("before", "/tmp/before/bin/gatehouse"));
    }

    @Test
    void saysWhatItDoesNotKnow() {
        assertThatThrownBy(() -> parse("--fast")).hasMessageContaining("unknown option --fast");
        assertThatThrownBy(() -> parse("--only", "points")).hasMessageContaining("points");
        assertThatThrownBy(() -> parse("--targets", "oracle")).hasMessageContaining("oracle");
        assertThatThrownBy(() -> parse("--json")).hasMessageContaining("--json needs a value");
        assertThatThrownBy(() -> parse("--target", "x=y")).hasMessageContaining("NAME=jdbc:");
        assertThatThrownBy(() -> parse("--target", "direct=jdbc:x:y"))
                .hasMessageContaining("two targets named direct");
        assertThatThrownBy(() -> parse("--target", "a=jdbc:x:y", "--broker", "a=b"))
                .hasMessageContaining("two targets named a");
    }
}
