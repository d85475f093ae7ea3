package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Trait;

import java.util.List;
import java.util.Set;

/** What T-SQL can do from the middle of a statement: lock, reach other servers, run text. */
final class TransactReach {
    private static final Set<String> LOCKING =
            Set.of(
                    "UPDLOCK",
                    "XLOCK",
                    "TABLOCK",
                    "TABLOCKX",
                    "HOLDLOCK",
                    "PAGLOCK",
                    "SERIALIZABLE",
                    "REPEATABLEREAD");
    private static final Set<String> RUNS_TEXT =
            Set.of(
                    "sp_prepare",
                    "sp_prepexec",
                    "sp_prepexecrpc",
                    "sp_cursoropen",
                    "sp_cursorprepare",
                    "sp_cursorprepexec",
                    "sp_msforeachtable",
                    "sp_msforeachdb",
                    "sp_msforeach_worker",
                    "sp_execute_remote",
                    "sp_add_jobstep",
                    "sp_update_jobstep",
                    "sp_send_dbmail");
    private static final Set<String> OUTWARD =
            Set.of(
                    "sp_addlinkedserver",
                    "sp_addlinkedsrvlogin",
                    "sp_serveroption",
                    "sp_invoke_external_rest_endpoint",
                    "sp_attach_db",
                    "sp_attach_single_file_db",
                    "sp_detach_db",
                    "sp_create_openrowset_statistics");
    private static final Set<String> PROGRAMS = Set.of("sp_addextendedproc", "sp_start_job");
    private static final List<String> BEFORE_NAMES =
            List.of("FROM", "JOIN", "APPLY", "INTO", "UPDATE", "USING", "MERGE", "DELETE", "EXEC");
    private static final int PARTS_OF_OTHER_SERVERS = 4;

    private TransactReach() {}

    static void check(List<Token> tokens, int i, Draft draft) {
        Token token = tokens.get(i);
        String name = Letters.lower(token.text());
        if (RUNS_TEXT.contains(name)) {
            draft.traits.add(Trait.RUNS_TEXT);
        } else if (OUTWARD.contains(name)) {
            draft.traits.add(Trait.FILE_ACCESS);
        } else if (PROGRAMS.contains(name)) {
            draft.traits.add(Trait.PROGRAM_ACCESS);
        } else if (locks(tokens, i)) {
            draft.traits.add(Trait.LOCKS_ROWS);
        }
        boolean execute = token.is("EXEC") || token.is("EXECUTE");
        if (execute && namedByVariable(tokens, i + 1)) {
            draft.traits.add(Trait.RUNS_TEXT);
        }
        boolean named = execute || BEFORE_NAMES.stream().anyMatch(token::is);
        if (named && parts(tokens, i + 1) >= PARTS_OF_OTHER_SERVERS) {
            draft.traits.add(Trait.FILE_ACCESS);
        }
    }

    private static boolean locking(Token token) {
        return token.kind() == Token.Kind.WORD && LOCKING.contains(token.upper());
    }

    /** A table hint, which stands in parentheses behind the table. */
    private static boolean locks(List<Token> tokens, int i) {
        if (!locking(tokens.get(i)) || i == 0 || i + 1 >= tokens.size()) {
            return false;
        }
        Token before = tokens.get(i - 1);
        Token after = tokens.get(i + 1);
        boolean begins = before.mark('(') || before.mark(',') || before.mark(')');
        boolean ends = after.mark(')') || after.mark(',');
        return (begins || locking(before)) && (ends || locking(after));
    }

    /** {@code EXEC @p}, and {@code EXEC @result = @p}: nobody sees which procedure that is. */
    private static boolean namedByVariable(List<Token> tokens, int i) {
        if (i >= tokens.size() || tokens.get(i).kind() != Token.Kind.VARIABLE) {
            return false;
        }
        boolean result = i + 2 < tokens.size() && tokens.get(i + 1).text().equals("=");
        return !result || tokens.get(i + 2).kind() == Token.Kind.VARIABLE;
    }

    /** How many parts the name has that begins there; parts in the middle may be left out. */
    private static int parts(List<Token> tokens, int first) {
        int parts = 0;
        int i = first;
        while (i < tokens.size() && tokens.get(i).identifier()) {
            parts++;
            i++;
            while (i < tokens.size() && tokens.get(i).mark('.')) {
                boolean empty = i + 1 < tokens.size() && tokens.get(i + 1).mark('.');
                parts += empty ? 1 : 0;
                i++;
            }
            if (!tokens.get(i - 1).mark('.')) {
                break;
            }
        }
        return parts;
    }
}
