package io.gatehouse.server.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.gatehouse.jdbc.GatehouseDriver;
import io.gatehouse.jdbc.url.ConnectUrl;
import io.gatehouse.jdbc.url.Option;
import io.gatehouse.server.audit.AuditRecord;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.PlainFaults;
import io.gatehouse.server.fault.PolicyFaults;
import io.gatehouse.server.fault.ValueFaults;
import io.gatehouse.server.fault.Warnings;
import io.gatehouse.server.kind.Kinds;
import io.gatehouse.server.meter.ConnectionMeter.StatementEnd;
import io.gatehouse.server.meter.Meter;
import io.gatehouse.server.meter.PoolReading;

import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds the reference pages against the code that they describe. */
final class ReferenceTest {
    private static final long FIGURE = 7_777_777;

    @Test
    void listsEveryErrorOfTheBroker() throws Exception {
        Page page = Page.read("docs/reference/errors.md");
        Set<String> rows = new TreeSet<>();
        for (Method factory :
                Stream.of(
                                Faults.class,
                                PolicyFaults.class,
                                ValueFaults.class,
                                PlainFaults.class,
                                Warnings.class)
                        .flatMap(part -> Arrays.stream(part.getDeclaredMethods()))
                        .toList()) {
            if (Modifier.isPublic(factory.getModifiers())) {
                Object[] samples =
                        Arrays.stream(factory.getParameterTypes())
                                .map(ReferenceTest::sample)
                                .toArray();
                Fault fault = (Fault) factory.invoke(null, samples);
                String message =
                        fault.message().replace("§", "…").replace(Long.toString(FIGURE), "…");
                boolean warns = factory.getDeclaringClass() == Warnings.class;
                String told = warns ? "SQLWarning" : thrown(fault);
                rows.add("| `" + fault.sqlState() + "` | " + message + " | `" + told);
            }
        }
        assertThat(rows)
                .hasSizeGreaterThan(20)
                .allSatisfy(row -> assertThat(page.text()).contains(row));
        assertThat(page.text().lines().filter(l -> l.startsWith("| `"))).hasSize(rows.size());
    }

    private static Object sample(Class<?> type) {
        if (type == String.class) {
            return "§";
        }
        if (type == Duration.class) {
            return Duration.ofMillis(FIGURE);
        }
        if (type == long.class) {
            return FIGURE;
        }
        return (int) FIGURE;
    }

    /** The exception that the driver throws. */
    private static String thrown(Fault fault) {
        return switch (fault.kind()) {
            case PLAIN -> "SQLException";
            case DATA -> "SQLDataException";
            case FEATURE_NOT_SUPPORTED -> "SQLFeatureNotSupportedException";
            case INTEGRITY_CONSTRAINT -> "SQLIntegrityConstraintViolationException";
            case INVALID_AUTHORIZATION -> "SQLInvalidAuthorizationSpecException";
            case NON_TRANSIENT_CONNECTION -> "SQLNonTransientConnectionException";
            case SYNTAX -> "SQLSyntaxErrorException";
            case RECOVERABLE -> "SQLRecoverableException";
            case TIMEOUT -> "SQLTimeoutException";
            case TRANSACTION_ROLLBACK -> "SQLTransactionRollbackException";
            case TRANSIENT_CONNECTION -> "SQLTransientConnectionException";
            case TRANSIENT -> "SQLTransientException";
            case NON_TRANSIENT -> "SQLNonTransientException";
            case TRUNCATION -> "DataTruncation";
        };
    }

    @Test
    void listsEveryMetric() {
        Page page = Page.read("docs/reference/metrics.md");
        try (Meter meter = new Meter()) {
            meter.gauge("audit.lost", "", this, test -> 0);
            meter.gauge("cache.bytes", "", this, test -> 0);
            meter.gauge("spans.lost", "", this, test -> 0);
            PoolReading.Slow slow = new PoolReading.Slow(1, 1, 1);
            PoolReading pool =
                    new PoolReading(
                            "shop", 1, 1, 1, 1, 1, Map.of(), slow, PoolReading.Circuit.CLOSED);
            meter.pools(() -> List.of(pool));
            meter.connection("shop").statement(StatementEnd.OK, 1, 1);
            Set<String> live =
                    meter.scrape()
                            .lines()
                            .filter(line -> line.startsWith("# TYPE gatehouse"))
                            .map(line -> line.split(" ")[2])
                            .collect(Collectors.toCollection(TreeSet::new));

            assertThat(page.firstCells()).containsExactlyInAnyOrderElementsOf(live);
        }
        Arrays.stream(Meter.Refusal.values())
                .map(reason -> reason.name().toLowerCase(Locale.ROOT))
                .forEach(reason -> assertThat(page.text()).contains("`" + reason + "`"));
        Arrays.stream(StatementEnd.values())
                .map(end -> end.name().toLowerCase(Locale.ROOT))
                .forEach(end -> assertThat(page.text()).contains("`" + end + "`"));
    }

    @Test
    void listsEveryFieldOfAnAuditRecord() {
        List<String> documented = Page.read("docs/reference/audit.md").firstCells();
        String shown =
                Page.read("docs/tutorial/first-connection.md")
                        .text()
                        .lines()
                        .filter(line -> line.startsWith("{\"time\""))
                        .findFirst()
                        .orElseThrow();
        // The tutorial's record is compared with a real one by its own test.
        for (String field : documented) {
            assertThat(shown).contains("\"" + field + "\":");
        }
        assertThat(documented).hasSize(AuditRecord.class.getRecordComponents().length);
    }

    @Test
    void readsEveryUrlOfTheDriver() throws Exception {
        Page page = Page.read("docs/reference/driver.md");
        List<String> urls = page.blocks("urls").get(0).text().lines().toList();
        assertThat(urls).hasSizeGreaterThan(2);
        for (String url : urls) {
            assertThat(new GatehouseDriver().acceptsURL(url)).isTrue();
            assertThatCode(() -> ConnectUrl.parse(url, new Properties()))
                    .doesNotThrowAnyException();
        }
        assertThat(page.firstCells())
                .containsExactlyElementsOf(
                        Arrays.stream(Option.values()).map(Option::key).toList());
        for (Option option : Option.values()) {
            String text = option.defaultText();
            if (text != null && !text.isEmpty()) {
                assertThat(page.text()).contains("| `" + option.key() + "` | `" + text + "` |");
            }
        }
    }

    @Test
    void listsEveryKind() {
        assertThat(Page.read("docs/reference/kinds.md").firstCells())
                .containsExactlyInAnyOrderElementsOf(Kinds.names());
    }

    @Test
    void explainsEverySettingOfTheExample() {
        Page page = Page.read("docs/reference/configuration.md");
        Set<String> documented = new HashSet<>(page.firstCells());
        for (Page.Block block : page.blocks("yaml")) {
            Object read = new Load(LoadSettings.builder().build()).loadFromString(block.text());
            if (read instanceof Map<?, ?> map) {
                Set<String> keys = new TreeSet<>();
                flatten("", map, keys);
                keys.removeIf(key -> key.startsWith("properties."));
                keys.removeIf(
                        key -> key.startsWith("timeouts.") && block.name().contains("/orders"));
                assertThat(documented).as(block.name()).containsAll(keys);
            }
        }
    }

    @Test
    void theNoticeNamesEveryLibraryThatIsShipped() {
        String notice = Page.read("NOTICE").text().toLowerCase(Locale.ROOT);
        Pattern dependency = Pattern.compile("(?s)<dependency>(.*?)</dependency>");
        Matcher matcher = dependency.matcher(Page.read("proxy-server/pom.xml").text());
        int named = 0;
        while (matcher.find()) {
            String body = matcher.group(1);
            String artifact = body.replaceAll("(?s).*<artifactId>(.*?)</artifactId>.*", "$1");
            boolean ours = artifact.startsWith("gatehouse-");
            if (!ours && !body.contains("<scope>test</scope>")) {
                String name = artifact.replaceAll("-jdk18on$|-databind$", "");
                String family = name.startsWith("netty-") ? "netty" : name;
                family = family.startsWith("micrometer-") ? "micrometer" : family;
                assertThat(notice).contains(family.toLowerCase(Locale.ROOT));
                named++;
            }
        }
        assertThat(named).isGreaterThan(15);
    }

    private static void flatten(String prefix, Map<?, ?> map, Set<String> keys) {
        map.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flatten(prefix + key + ".", inner, keys);
            } else {
                keys.add(prefix + key);
            }
        });
    }
}
