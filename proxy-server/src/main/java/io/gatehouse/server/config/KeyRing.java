package io.gatehouse.server.config;

import io.gatehouse.server.secret.MasterKey;
import io.gatehouse.server.secret.Secret;
import io.gatehouse.server.secret.SecretException;

import org.jspecify.annotations.Nullable;

/** Opens sealed passwords; the master key is read only when the first one is met. */
final class KeyRing {
    private final @Nullable MasterKeySource source;
    private final Environment environment;
    private @Nullable MasterKey key;

    KeyRing(@Nullable MasterKeySource source, Environment environment) {
        this.source = source;
        this.environment = environment;
    }

    Secret open(String connection, String sealed) throws SecretException {
        return key().open(connection, sealed);
    }

    MasterKey key() throws SecretException {
        MasterKey known = key;
        if (known != null) {
            return known;
        }
        if (source == null) {
            throw SecretException.missingKey("the configuration");
        }
        MasterKey read = MasterKeySource.read(source, environment);
        key = read;
        return read;
    }
}
