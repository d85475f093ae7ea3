package io.gatehouse.server.boot;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/** Where Gatehouse is installed, or its source tree. */
final class Home {
    private static final Path DEFAULT_POLICY = Path.of("conf", "policies", "default.yaml");

    private Home() {}

    /** The default policy that is delivered with this program. */
    static Path defaultPolicy() throws BootException {
        try {
            CodeSource source = Home.class.getProtectionDomain().getCodeSource();
            Path place = source == null ? null : Path.of(source.getLocation().toURI());
            for (; place != null; place = place.getParent()) {
                Path policy = place.resolve(DEFAULT_POLICY);
                if (Files.isReadable(policy)) {
                    return policy;
                }
            }
        } catch (URISyntaxException e) {
            throw new BootException("this program's own place has no proper name", e);
        }
        throw new BootException(DEFAULT_POLICY + " is missing beside bin/");
    }
}
