package io.gatehouse.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.config.Configuration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

final class CommandsTest {
    @TempDir private Path dir;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void begin() throws Exception {
        Files.createDirectories(dir.resolve("policies"));
        Files.createDirectories(dir.resolve("connections"));
        Files.writeString(dir.resolve("policies/default.yaml"), "policy: 1\ndefault: allow\n");
        Files.writeString(dir.resolve("gatehouse.yaml"), "master-key: {file: master.key}\n");
    }

    @Test
    void goesFromNothingToACheckedConfiguration() throws Exception {
        assertThat(run("", "secret", "new-key", dir.resolve("master.key").toString())).isZero();
        out.getBuffer().setLength(0);
        assertThat(run("s3cret\r\n", "secret", "seal", "--connection", "orders", "--conf", conf()))
                .isZero();
        String sealed = out.toString().strip();
        assertThat(sealed).startsWith("gh1:").doesNotContain("s3cret");
        Files.writeString(
                dir.resolve("connections/orders.yaml"),
                "kind: postgresql\nhost: db.example\ndatabase: d\nuser: app\npassword: {sealed: '"
                        + sealed
                        + "'}\ngrants: {users: [ada]}\n");
        assertThat(
                        run(
                                "pw\n", "user", "add", "ada", "--group", "a", "--group", "b",
                                "--conf", conf()))
                .isZero();

        assertThat(run("", "config", "check", "--conf", conf())).isZero();
        assertThat(out.toString()).contains("no problems: 1 user, 1 connection, policy ");
        Configuration read = Configuration.load(dir, name -> null);
        assertThat(read.connections().get("orders").password().reveal())
                .isEqualTo("s3cret".toCharArray());
        assertThat(read.users().get("ada").groups()).containsExactlyInAnyOrder("a", "b");
        assertThat(Files.readString(dir.resolve("users.yaml"))).doesNotContain("pw\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void namesEveryProblemAndEndsWithThree() throws Exception {
        Files.writeString(dir.resolve("gatehouse.yaml"), "a: 1\nb: 2\n");

        assertThat(run("", "config", "check", "--conf", conf())).isEqualTo(3);
        assertThat(run("", "serve", "--conf", conf())).isEqualTo(3);
        assertThat(err.toString())
                .contains("gatehouse.yaml:1:1: unknown key \"a\"")
                .contains("gatehouse.yaml:2:1: unknown key \"b\"")
                .contains("gatehouse: the configuration has 2 problems")
                .doesNotContain("\tat ");
    }

    @Test
    void saysWhatToDoWithoutAMasterKey() {
        assertThat(run("x\n", "secret", "seal", "--connection", "c", "--conf", conf()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("there is no master key").contains("new-key");
    }

    @Test
    void takesNoEmptySecretAndNoPasswordAsArgument() {
        assertThat(run("\n", "user", "add", "ada", "--conf", conf())).isEqualTo(1);
        assertThat(err.toString()).contains("nothing was given");
        assertThat(run("", "user", "add", "ada", "hunter2", "--conf", conf())).isEqualTo(2);
    }

    @Test
    void showsWhatThereIs() {
        assertThat(run("")).isEqualTo(2);
        assertThat(err.toString()).contains("serve").contains("demo").contains("secret");
        assertThat(run("", "secret")).isEqualTo(2);
        assertThat(run("", "--help")).isZero();
        assertThat(run("", "--version")).isZero();
        assertThat(out.toString()).contains("gatehouse (from the source tree)");
        assertThat(run("", "swerve")).isEqualTo(2);
    }

    @Test
    void theDemoFailsWhenItsTourDoes() {
        assertThat(run("", "demo", "--once", "--port", "0", "--admin-port", "0")).isEqualTo(1);
        assertThat(out.toString())
                .contains("jdbc:gatehouse://127.0.0.1:1/shop?user=demo&password=demo")
                .contains("PGPASSWORD=demo psql -h 127.0.0.1 -p 1 -U demo shop")
                .contains("The tour failed");
    }

    @Test
    void namesTheOptionForAPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(run("", "demo", "--once", "--port", "0", "--admin-port", port)).isEqualTo(1);
            assertThat(err.toString())
                    .contains("port " + port + " on 127.0.0.1 is in use")
                    .contains("--admin-port");
        }
        FrontDoor.Opener taken =
                parts -> {
                    throw new IOException(
                            "bind(..) failed with error(-98): Address already in use");
                };
        assertThat(Main.run(args("demo", "--once", "--port", "7"), terminal(""), n -> null, taken))
                .isEqualTo(1);
        assertThat(err.toString()).contains("port 7 on 127.0.0.1 is in use").contains("--port");
    }

    private String conf() {
        return dir.toString();
    }

    private int run(String input, String... args) {
        return Main.run(args, terminal(input), name -> null, parts -> new QuietDoor());
    }

    private Terminal terminal(String input) {
        return new Terminal(
                new BufferedReader(new StringReader(input)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                null);
    }

    private static String[] args(String... args) {
        return args;
    }
}
