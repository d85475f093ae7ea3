package io.gatehouse.server.traffic;

import io.gatehouse.server.traffic.Learning.Subject;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes proposals as a policy file. */
final class AllowList {
    /** An expression has up to 4,096 characters. */
    private static final int FINGERPRINTS = 100;

    private static final int NAME = 48;

    /** Drivers give these at login, where they are judged as SET and leave no record. */
    private static final List<String> AT_LOGIN =
            List.of(
                    "set datestyle to ?",
                    "set extra_float_digits to ?",
                    "set idle_in_transaction_session_timeout to ?",
                    "set intervalstyle to ?",
                    "set lock_timeout to ?",
                    "set statement_timeout to ?");

    private final Map<Subject, Map<Deed, Proposal>> named;
    private final Map<Subject, Map<String, Span>> exact;
    private final Span all;
    private final StringBuilder out = new StringBuilder();
    private int number;

    AllowList(
            Map<Subject, Map<Deed, Proposal>> named,
            Map<Subject, Map<String, Span>> exact,
            Span all) {
        this.named = named;
        this.exact = exact;
        this.all = all;
    }

    String text() {
        line(
                "# Proposed by \"gatehouse policy learn\" for review: what was allowed to whom, and"
                        + " no more.");
        line("# " + said(all));
        line("policy: 1");
        line("default: deny");
        if (!named.isEmpty() || !exact.isEmpty()) {
            line("rules:");
            login();
        }
        named.forEach((subject, deeds) ->
                deeds.forEach((deed, proposal) -> rule(subject, deed, proposal)));
        exact.forEach(this::texts);
        return out.toString();
    }

    private void login() {
        Set<String> connections = new TreeSet<>();
        named.keySet().forEach(subject -> connections.add(subject.connection()));
        exact.keySet().forEach(subject -> connections.add(subject.connection()));
        line("  # what drivers of PostgreSQL set at login; it leaves no record");
        line("  - name: learned-login");
        line("    match:");
        line("      connections: " + list(connections));
        line("      doors: [postgresql]");
        line("      verbs: [set]");
        line("      when: " + quoted("statement in " + strings(AT_LOGIN)));
        line("    decide: allow");
    }

    private void rule(Subject subject, Deed deed, Proposal proposal) {
        int texts = proposal.fingerprints();
        line("");
        line("  # " + said(proposal.span()) + ", " + texts + (texts == 1 ? " text" : " texts"));
        begin(subject, String.join("-", deed.verbs()));
        line("      verbs: " + list(deed.verbs()));
        line("      relations: " + list(proposal.relations()));
        boolean mixed = proposal.reads() && !deed.writes().isEmpty();
        if (!mixed) {
            line("      access: " + (proposal.reads() ? "read" : "write"));
        }
        List<String> conditions = new ArrayList<>();
        if (deed.calls()) {
            line("      functions: " + list(proposal.functions()));
        } else {
            conditions.add("functions.size() == 0");
        }
        if (mixed) {
            conditions.add("writes.all(w, w in " + strings(deed.writes()) + ")");
        }
        if (!conditions.isEmpty()) {
            line("      when: " + quoted(String.join(" && ", conditions)));
        }
        if (!proposal.guards().isEmpty()) {
            line("    unless:");
            line("      facts: " + list(proposal.guards()));
        }
        line("    decide: allow");
    }

    /** What cannot be named by what it does. */
    private void texts(Subject subject, Map<String, Span> texts) {
        List<String> fingerprints = new ArrayList<>(texts.keySet());
        for (int i = 0; i < fingerprints.size(); i += FINGERPRINTS) {
            int end = Math.min(fingerprints.size(), i + FINGERPRINTS);
            List<String> some = fingerprints.subList(i, end);
            line("");
            line("  # texts without tables, of several statements, or that were not looked into");
            for (String fingerprint : some) {
                line("  # " + fingerprint + ": " + said(texts.getOrDefault(fingerprint, all)));
            }
            begin(subject, "texts");
            line("      when: " + quoted("fingerprint in " + strings(some)));
            line("    decide: allow");
        }
    }

    private void begin(Subject subject, String deed) {
        number++;
        String words = subject.name() + "-" + subject.connection() + "-" + deed;
        String plain =
                words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+", "");
        String cut = plain.length() > NAME ? plain.substring(0, NAME) : plain;
        line("  - name: learned-" + number + "-" + cut);
        line("    match:");
        line("      " + (subject.group() ? "groups" : "users") + ": " + list(subject.name()));
        line("      connections: " + list(subject.connection()));
    }

    private static String said(Span span) {
        String many = String.format(Locale.ROOT, "%,d", span.count());
        String users = String.join(", ", span.users()) + (span.more() ? " and others" : "");
        String plain = users.replaceAll("[\\p{Cntrl}\u2028\u2029]", "?");
        return many
                + (span.count() == 1 ? " statement" : " statements")
                + (span.count() == 0 ? "" : " by " + plain)
                + (span.count() == 0 ? "" : ", " + span.first() + " to " + span.last());
    }

    private static String list(String word) {
        return list(List.of(word));
    }

    private static String list(Collection<String> words) {
        return words.stream().map(AllowList::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String strings(Collection<String> words) {
        return words.stream().map(w -> "'" + w + "'").collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || (c >= 0x7f && c <= 0xa0) || c == '\u2028' || c == '\u2029') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
