package io.gatehouse.server.config;

import io.gatehouse.server.secret.MasterKey;
import io.gatehouse.server.secret.SecretException;

import java.nio.file.Path;

/** The master key that a configuration directory names, for sealing. */
public final class MasterKeyOf {
    private MasterKeyOf() {}

    /**
     * Reads the key; nothing else of the configuration needs to be right.
     *
     * @throws ConfigurationProblems when {@code gatehouse.yaml} cannot be read
     * @throws SecretException when there is no key or it is none
     */
    public static MasterKey read(Path dir, Environment environment)
            throws ConfigurationProblems, SecretException {
        Report report = new Report();
        ServerFile.Read server = ServerFile.read(dir, report);
        if (!report.isEmpty()) {
            throw report.asException();
        }
        return new KeyRing(server.masterKey(), environment).key();
    }
}
