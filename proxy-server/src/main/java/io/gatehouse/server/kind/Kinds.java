package io.gatehouse.server.kind;

import java.util.List;
import java.util.Optional;

/** Every kind of database that this broker knows. */
public final class Kinds {
    private static final List<Kind> ALL =
            List.of(
                    new PostgreSQL(),
                    new MySQL(),
                    new MariaDB(),
                    new SQLServer(),
                    new H2(),
                    new SQLite());

    private Kinds() {}

    /** The kind of that name, e.g. {@code postgresql}. */
    public static Optional<Kind> find(String name) {
        return ALL.stream().filter(kind -> kind.name().equals(name)).findFirst();
    }

    /** All names, in the order of the documentation. */
    public static List<String> names() {
        return ALL.stream().map(Kind::name).toList();
    }
}
