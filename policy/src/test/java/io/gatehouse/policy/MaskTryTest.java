package io.gatehouse.policy;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Asker;

import org.junit.jupiter.api.Test;

import java.nio.file.*;
import java.time.InstantSource;
import java.util.*;

class MaskTryTest {
    @Test
    void tries() throws Exception {
        Policy policy = Policy.parse("p", Files.readString(Path.of("/tmp/masks-policy.yaml")));
        for (String sql : Files.readAllLines(Path.of("/tmp/masks-try.sql"))) {
            if (sql.isBlank()) continue;
            Dialect d = Dialect.POSTGRESQL;
            if (sql.startsWith("my:")) { d = Dialect.MARIADB; sql = sql.substring(3); }
            Decision x = policy.decide(new Question(Asker.of("ann", Set.of(), "shop"), d, new SearchPath(List.of("public")), false, InstantSource.system(), sql));
            String s = switch (x) {
                case Decision.Allow a -> a.obligations().masks().isEmpty() ? "clean" : "" + a.obligations().masked();
                case Decision.Deny n -> "DENY " + n.rule() + ": " + n.reason();
                case Decision.Hold h -> "hold"; };
            System.out.println(sql + "\n      => " + s);
        }
    }
}
