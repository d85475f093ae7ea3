package io.gatehouse.server.config;

import io.gatehouse.server.secret.MasterKey;
import io.gatehouse.server.secret.MasterKeyFile;
import io.gatehouse.server.secret.SecretException;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/** Where the master key is kept. */
sealed interface MasterKeySource {
    record File(Path path) implements MasterKeySource {}

    record Variable(String name) implements MasterKeySource {}

    /** Reads the key. */
    static MasterKey read(MasterKeySource source, Environment environment) throws SecretException {
        return switch (source) {
            case File file -> MasterKeyFile.read(file.path());
            case Variable variable -> {
                String text = environment.get(variable.name());
                String origin = "environment variable " + variable.name();
                yield MasterKey.parse(text(text, origin), origin);
            }
        };
    }

    private static String text(@Nullable String text, String origin) throws SecretException {
        if (text == null || text.isBlank()) {
            throw SecretException.missingKey(origin);
        }
        return text;
    }
}
