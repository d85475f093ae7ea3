package io.gatehouse.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** No difference is known here that users are not told of. */
class CompatibilityPageTest {
    @Test
    void everyKnownDifferenceIsDocumented() throws IOException {
        assertThat(Files.readAllLines(Path.of("../docs/jdbc-compatibility.md")))
                .containsAll(KnownDifferences.documented().stream().map("### "::concat).toList());
    }
}
