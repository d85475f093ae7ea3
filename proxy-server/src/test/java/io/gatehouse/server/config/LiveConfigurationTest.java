package io.gatehouse.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.LogicalConnection;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

final class LiveConfigurationTest {
    @TempDir private Path dir;
    private ConfDir conf;
    private LiveConfiguration live;

    @BeforeEach
    void begin() throws Exception {
        conf = new ConfDir(dir);
        live = LiveConfiguration.open(dir, name -> null);
    }

    @Test
    void seesNewUsersConnectionsAndPolicies() throws Exception {
        String before = live.policy().version();
        assertThat(live.poll()).isFalse();

        UserFileEdit.add(dir, "bob", ConfDir.VERIFIER, List.of("a b", "c"));
        conf.write("connections/billing.yaml", conf.connection("billing", "x"));
        conf.write(
                "policies/more.yaml",
                "policy: 1\n"
                        + "rules:\n"
                        + "  - name: no-drop\n"
                        + "    match: {verbs: [drop]}\n"
                        + "    decide: deny\n"
                        + "    reason: r\n"
                        + "    way-forward: w\n");

        assertThat(live.poll()).isTrue();
        assertThat(live.users().find("bob").orElseThrow().groups())
                .containsExactlyInAnyOrder("a b", "c");
        assertThat(live.names()).containsExactly("billing", "orders");
        assertThat(live.policy().version()).isNotEqualTo(before);
        assertThat(live.poll()).isFalse();
    }

    @Test
    void keepsTheLastGoodConfigurationOnABadEdit() throws Exception {
        conf.write("users.yaml", "- nam: eve\n");

        assertThat(live.poll()).isFalse();
        assertThat(live.users().find("ada")).isPresent();

        conf.write("users.yaml", "");
        assertThat(live.poll()).isTrue();
        assertThat(live.users().find("ada")).isEmpty();
    }

    @Test
    void keepsTheVeryObjectOfAnUnchangedConnection() throws Exception {
        LogicalConnection before = live.find("orders").orElseThrow();
        // Sealed anew: the text differs, the password does not.
        conf.write("connections/orders.yaml", conf.connection("orders", "secret"));
        assertThat(live.poll()).isTrue();
        assertThat(live.find("orders").orElseThrow()).isSameAs(before);

        conf.write("connections/orders.yaml", conf.connection("orders", "changed"));
        assertThat(live.poll()).isTrue();
        LogicalConnection after = live.find("orders").orElseThrow();
        assertThat(after).isNotSameAs(before);
        assertThat(after.samePoolAs(before)).isFalse();
    }

    @Test
    void aChangedGrantNeedsNoOtherPool() throws Exception {
        LogicalConnection before = live.find("orders").orElseThrow();
        Path file = dir.resolve("connections/orders.yaml");
        Files.writeString(file, Files.readString(file).replace("[staff]", "[others]"));

        assertThat(live.poll()).isTrue();
        LogicalConnection after = live.find("orders").orElseThrow();
        assertThat(after.grants().groups()).containsExactly("others");
        assertThat(after.samePoolAs(before)).isTrue();
    }

    @Test
    void forgetsARemovedConnection() throws Exception {
        Files.delete(dir.resolve("connections/orders.yaml"));

        assertThat(live.poll()).isTrue();
        assertThat(live.find("orders")).isEmpty();
    }

    @Test
    void portsStayUntilTheNextStart() throws Exception {
        conf.write("gatehouse.yaml", "master-key: {file: master.key}\nlisten: {port: 9999}\n");

        assertThat(live.poll()).isTrue();
        assertThat(live.current().server().listen().port()).isEqualTo(7432);
    }

    @Test
    void looksByItselfAndTellsListeners() throws Exception {
        CountDownLatch changed = new CountDownLatch(1);
        List<Configuration> seen = new ArrayList<>();
        live.onChange(configuration -> {
            seen.add(configuration);
            changed.countDown();
        });
        live.watch(Duration.ofMillis(20));
        UserFileEdit.add(dir, "bob", ConfDir.VERIFIER, List.of());

        assertThat(changed.await(20, TimeUnit.SECONDS)).isTrue();
        live.close();
        assertThat(seen.getFirst().users()).containsKeys("ada", "bob");
    }
}
