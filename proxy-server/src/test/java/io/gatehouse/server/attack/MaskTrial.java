package io.gatehouse.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Statements as the broker answers them, each held against what a direct client gets. */
final class MaskTrial {
    private static final String[] MARKS = {
        "secretmarker",
        "rekramterces",
        "5365637265744d61726b6572",
        "U2VjcmV0TWFya2Vy",
        "c2VjcmV0bWFya2Vy",
        "NlY3JldE1hcmtlc",
        "3a33d91",
        MaskStatements.SALARY,
        "918,273,645",
        MaskStatements.BORN,
        "1987-03-22",
        "555-12",
        "marked"
    };

    private static final Pattern CHANGE = Pattern.compile("\\b(insert|update|delete|merge) ");

    final List<String> leaks = new ArrayList<>();
    final List<String> differences = new ArrayList<>();
    int shown;
    int refused;

    void attack(Connection through, Connection direct, String sql, boolean prepared)
            throws SQLException {
        Got got = run(through, sql, prepared);
        String mark = leak(got);
        if (!mark.isEmpty()) {
            leaks.add(mark + " by " + sql + " -> " + got);
        }
        if (got.types().isEmpty()) {
            refused++;
            return;
        }
        shown++;
        Got real = run(direct, sql, prepared);
        // What was changed already cannot be changed once more.
        boolean same = CHANGE.matcher(sql).find() || real.rows().size() == got.rows().size();
        if (real.failure().isEmpty() && !(same && real.types().equals(got.types()))) {
            differences.add(sql + ": " + real.types() + " " + got);
        }
    }

    void clean(Connection through, Connection direct, String sql, boolean prepared) {
        Got real = run(direct, sql, prepared);
        Got got = run(through, sql, prepared);
        if (!real.failure().isEmpty() || !got.equals(real)) {
            differences.add(sql + ": " + real + " " + got);
        }
    }

    void pass(int most) {
        assertThat(leaks).isEmpty();
        assertThat(differences).isEmpty();
        // A test in which all is refused would show nothing.
        assertThat(shown).as("refused: " + refused).isGreaterThan(most);
    }

    /** What a client got: everything that it could read. */
    record Got(List<String> types, List<String> rows, String failure) {}

    static Got run(Connection c, String sql, boolean prepared) {
        try (Statement s = prepared ? c.prepareStatement(sql) : c.createStatement()) {
            boolean rows = s instanceof PreparedStatement p ? p.execute() : s.execute(sql);
            Got got = rows ? read(s.getResultSet()) : new Got(List.of(), List.of(), "");
            return new Got(got.types(), got.rows(), warnings(s.getWarnings()));
        } catch (SQLException e) {
            StringBuilder text = new StringBuilder(e.getSQLState() + " ");
            for (Throwable t = e; t != null; t = t.getCause()) {
                text.append(t).append('\n');
            }
            for (SQLException n = e.getNextException(); n != null; n = n.getNextException()) {
                text.append(n).append('\n');
            }
            return new Got(List.of(), List.of(), text.toString());
        }
    }

    private static String warnings(SQLWarning first) {
        StringBuilder text = new StringBuilder();
        for (SQLWarning w = first; w != null; w = w.getNextWarning()) {
            text.append(w).append('\n');
        }
        return text.toString();
    }

    static Got read(ResultSet rs) throws SQLException {
        ResultSetMetaData meta = rs.getMetaData();
        List<String> types = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            types.add(meta.getColumnLabel(i) + " " + meta.getColumnType(i));
        }
        List<String> rows = new ArrayList<>();
        while (rs.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= types.size(); i++) {
                row.add(rs.getString(i));
            }
            rows.add(row.toString());
        }
        return new Got(types, rows, "");
    }

    static String leak(Got got) {
        String all = (got.rows() + got.failure()).toLowerCase(Locale.ROOT);
        for (String mark : MARKS) {
            if (all.contains(mark.toLowerCase(Locale.ROOT))) {
                return mark;
            }
        }
        return "";
    }
}
