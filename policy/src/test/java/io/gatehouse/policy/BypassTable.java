package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts in bypasses.txt, with what becomes of them under which policy. */
final class BypassTable {
    static final Path DEFAULT_POLICY = Path.of("..", "conf", "policies", "default.yaml");

    private static final Path OTHERS =
            Path.of("src", "test", "resources", "io", "gatehouse", "policy", "classes");
    private static final Pattern HEADING = Pattern.compile("## (\\d+)? ?.*");

    private BypassTable() {}

    /**
     * One row.
     *
     * @param kind the number of its class of bypasses; 0 for none
     * @param policy the file of the policy that judges it
     * @param writer the rule that refuses it to anybody, or {@code allow}
     * @param reader the same for the group readers; {@code ""} where that is not looked at
     */
    record Row(
            int line,
            int kind,
            Path policy,
            String writer,
            String reader,
            Set<Dialect> on,
            String sql) {

        boolean refused() {
            return !writer.equals("allow") || !(reader.isEmpty() || reader.equals("allow"));
        }

        boolean passes() {
            return writer.equals("allow") || reader.equals("allow");
        }
    }

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        int line = 0;
        int kind = 0;
        Path policy = DEFAULT_POLICY;
        for (String text : text().split("\n", -1)) {
            line++;
            Matcher heading = HEADING.matcher(text);
            if (heading.matches()) {
                String number = heading.group(1);
                kind = number == null ? 0 : Integer.parseInt(number);
                policy = DEFAULT_POLICY;
            } else if (text.startsWith("@ ")) {
                policy = OTHERS.resolve(text.substring(2));
            } else if (!text.startsWith("#") && !text.isBlank()) {
                String[] parts = text.split(" \\| ", 3);
                String[] verdicts = parts[0].split(",", -1);
                rows.add(
                        new Row(
                                line,
                                kind,
                                policy,
                                verdicts[0],
                                verdicts.length > 1 ? verdicts[1] : "",
                                dialects(parts[1]),
                                unescaped(parts[2])));
            }
        }
        return rows;
    }

    private static Set<Dialect> dialects(String names) {
        Set<Dialect> dialects = EnumSet.noneOf(Dialect.class);
        if (names.equals("*")) {
            return EnumSet.allOf(Dialect.class);
        }
        for (String name : names.split(",", -1)) {
            dialects.add(Dialect.valueOf(name));
        }
        return dialects;
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            i++;
            switch (text.charAt(i)) {
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case '0' -> out.append('\0');
                case 'u' -> {
                    out.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> out.append(text.charAt(i));
            }
        }
        return out.toString();
    }

    private static String text() throws IOException {
        try (InputStream in = BypassTable.class.getResourceAsStream("bypasses.txt")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
