package io.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PgBouncer as it is installed, pooling by transaction. */
final class PgBouncer {
    private static final Pattern VERSION = Pattern.compile("PgBouncer (\\d+)\\.(\\d+)\\S*");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private PgBouncer() {}

    static Target start(Path program, Postgres postgres, int poolSize, Path directory, Started stop)
            throws IOException, SQLException, InterruptedException {
        String version = ChildProcess.answer(List.of(program.toString(), "-V"), "", PATIENCE);
        Matcher matcher = VERSION.matcher(version);
        // Before 1.21 a prepared statement is unknown on the next server connection.
        boolean prepares =
                matcher.find()
                        && (Integer.parseInt(matcher.group(1)) > 1
                                || Integer.parseInt(matcher.group(2)) >= 21);
        int port = ChildProcess.freePort();
        Path users = directory.resolve("users.txt");
        Path settings = directory.resolve("pgbouncer.ini");
        Files.writeString(
                users,
                String.format(Locale.ROOT, "\"%s\" \"%s\"%n", Postgres.USER, postgres.verifier()));
        Files.writeString(settings, settings(postgres, poolSize, port, users, prepares));
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if (System.getProperty("user.name", "").equals("root")) {
            // It refuses to run as root.
            giveTo("nobody", List.of(directory, users, settings));
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(settings.toString());
        ChildProcess process = ChildProcess.start(command, directory.resolve("pgbouncer.log"));
        stop.add(process);
        process.awaitPort(port, PATIENCE);
        Map<String, String> properties = new HashMap<>();
        properties.put("user", Postgres.USER);
        properties.put("password", Postgres.PASSWORD);
        if (!prepares) {
            properties.put("prepareThreshold", "0");
        }
        return new Target(
                Target.PGBOUNCER,
                Postgres.url(port, Postgres.DATABASE),
                properties,
                OptionalLong.of(process.pid()),
                false,
                String.format(
                        Locale.ROOT,
                        "%s, transaction pooling, pool of %d, %s prepared statements, stock driver",
                        version.lines().findFirst().orElse("PgBouncer"),
                        poolSize,
                        prepares ? "with" : "without"));
    }

    private static String settings(
            Postgres postgres, int poolSize, int port, Path users, boolean prepares) {
        return String.format(
                Locale.ROOT,
                """
                [databases]
                bench = host=127.0.0.1 port=%d dbname=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                pool_mode = transaction
                default_pool_size = %d
                max_client_conn = 3000
                ignore_startup_parameters = extra_float_digits
                log_connections = 0
                log_disconnections = 0
                %s
                """,
                postgres.port(),
                Postgres.DATABASE,
                port,
                users,
                poolSize,
                prepares ? "max_prepared_statements = 200" : "");
    }

    private static void giveTo(String user, List<Path> files) throws IOException {
        for (Path file : files) {
            UserPrincipal owner =
                    file.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(user);
            Files.setPosixFilePermissions(
                    file,
                    PosixFilePermissions.fromString(
                            Files.isDirectory(file) ? "rwx------" : "rw-------"));
            Files.setOwner(file, owner);
        }
    }
}
