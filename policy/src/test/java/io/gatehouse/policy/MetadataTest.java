package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What Microsoft's driver and browsers ask SQL Server about its catalogue, as text: no such server
 * runs here.
 */
class MetadataTest {

    @Test
    void readersMayAskForTheCatalogueOfSqlServer() throws Exception {
        Policy policy = Policy.load(List.of(BypassTable.DEFAULT_POLICY));
        List<String> refused = new ArrayList<>();
        List<String> texts = texts();
        for (String sql : texts) {
            Question question =
                    new Question("u", Set.of("readers"), "c", Dialect.SQLSERVER, false, sql);
            if (policy.decide(question) instanceof Decision.Deny deny) {
                refused.add(deny.rule() + ": " + sql);
            }
        }
        System.out.println(texts.size() + " catalogue statements for SQL Server");
        assertThat(refused).isEmpty();
        assertThat(texts).hasSizeGreaterThan(35);
    }

    private static List<String> texts() throws IOException {
        try (InputStream in = MetadataTest.class.getResourceAsStream("metadata/sqlserver.sql")) {
            assertThat(in).isNotNull();
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(all.strip().split("\n====\n"));
        }
    }
}
