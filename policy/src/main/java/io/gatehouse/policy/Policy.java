package io.gatehouse.policy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Interner;
import com.github.benmanes.caffeine.cache.LoadingCache;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.rule.Asker;
import io.gatehouse.policy.rule.Moment;
import io.gatehouse.policy.rule.Rule;
import io.gatehouse.policy.sql.AnalysisLimits;
import io.gatehouse.policy.sql.Lineages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** One version of the rules. Immutable and safe for many threads; answers never change. */
public final class Policy {
    /** The name in decisions where no rule decided. */
    public static final String DEFAULT = "default";

    /** The name in refusals of texts that were not understood and that no rule allows. */
    public static final String NOT_UNDERSTOOD = "not-understood";

    /** The name in refusals of writes in a session that may only read. */
    public static final String READ_ONLY_SESSION = "read-only-session";

    private static final int ASKERS = 10_000;
    private static final long CACHE_BYTES = 64L << 20;

    private final List<Placed> placed;
    private final List<Rule> rules;
    private final boolean defaultAllow;
    private final String version;
    private final FactsCache cache;
    private final Lineages lineages = new Lineages(AnalysisLimits.DEFAULT);
    private final Interner<Standing> standings = Interner.newWeakInterner();
    private final LoadingCache<Asker, Standing> byAsker;

    /** A rule and where it stands. */
    record Placed(Rule rule, String file, int line, int column) {}

    Policy(List<Placed> placed, boolean defaultAllow, String version, long cacheBytes) {
        this.placed = List.copyOf(placed);
        this.rules = placed.stream().map(Placed::rule).toList();
        this.defaultAllow = defaultAllow;
        this.version = version;
        this.cache = new FactsCache(cacheBytes);
        this.byAsker =
                Caffeine.newBuilder()
                        .maximumSize(ASKERS)
                        .executor(Runnable::run)
                        .build(asker -> standings.intern(Standing.of(rules, asker)));
    }

    /**
     * Reads files as one policy, in the given order.
     *
     * @throws PolicyProblems with everything that is wrong in all files
     */
    public static Policy load(Collection<Path> files) throws PolicyProblems {
        return load(files, CACHE_BYTES);
    }

    /**
     * Reads files as one policy, in the given order.
     *
     * @param cacheBytes what it remembers of texts, in bytes
     * @throws PolicyProblems with everything that is wrong in all files
     */
    public static Policy load(Collection<Path> files, long cacheBytes) throws PolicyProblems {
        return PolicyFiles.read(files).build(cacheBytes);
    }

    /**
     * Reads one file's text as a policy.
     *
     * @param fileName the name for problems
     * @throws PolicyProblems with everything that is wrong
     */
    public static Policy parse(String fileName, String yaml) throws PolicyProblems {
        return parse(fileName, yaml, CACHE_BYTES);
    }

    /** As {@link #parse(String, String)}, with so many bytes for what it remembers of texts. */
    static Policy parse(String fileName, String yaml, long cacheBytes) throws PolicyProblems {
        return PolicyFiles.of(Map.of(fileName, yaml)).build(cacheBytes);
    }

    /** A short hash of the files' contents, in hexadecimal digits. */
    public String version() {
        return version;
    }

    /** The names of all rules, in their order. */
    public List<String> ruleNames() {
        return rules.stream().map(Rule::name).toList();
    }

    /**
     * Answers a question. The same question always gets the same answer, except as far as a rule
     * looks at the clock.
     */
    public Decision decide(Question question) {
        Analysis analysis = cache.of(question.dialect(), question.sql());
        Standing standing = byAsker.get(question.asker());
        if (standing.live()) {
            return judged(question, analysis, standing);
        }
        Decision known = analysis.remembered(standing, question);
        if (known != null) {
            return known;
        }
        Decision decision = judged(question, analysis, standing);
        analysis.remember(standing, question, decision);
        return decision;
    }

    /**
     * Answers the question of a text that is not there any more.
     *
     * @param question whose text does not count
     * @param facts what the text did
     */
    public Decision decide(Question question, Facts facts) {
        return judged(question, Analysis.of(facts), byAsker.get(question.asker()));
    }

    private Decision judged(Question question, Analysis analysis, Standing standing) {
        return new Judge(
                        defaultAllow,
                        moment(question, analysis),
                        question.readOnlySession(),
                        () -> lineages.of(question.dialect(), question.sql()))
                .judge(standing);
    }

    private static Moment moment(Question question, Analysis analysis) {
        return new Moment(
                question.asker(),
                analysis.facts(),
                analysis.holding(),
                analysis.path(question.path()),
                question.clock());
    }

    /** Everything that a text does, by the same cached analysis that {@link #decide} uses. */
    public Facts facts(Dialect dialect, String sql) {
        return cache.of(dialect, sql).facts();
    }

    /** Answers a question and tells of every rule how it came into it. */
    public Explanation explain(Question question) {
        Analysis analysis = cache.of(question.dialect(), question.sql());
        Moment moment = moment(question, analysis);
        List<Explanation.Look> looks =
                placed.stream().map(p -> Explanation.look(p, question.asker(), moment)).toList();
        return new Explanation(decide(question), looks, columns(question, moment));
    }

    private List<Explanation.ResultColumn> columns(Question question, Moment moment) {
        List<Rule> masking = new ArrayList<>();
        for (Standing.Candidate candidate : byAsker.get(question.asker()).candidates()) {
            Rule rule = candidate.rule();
            boolean masks = rule.duty().masking() != null && !rule.observes();
            if (masks && rule.missing(moment, candidate.exempts()) == null) {
                masking.add(rule);
            }
        }
        if (masking.isEmpty()) {
            return List.of();
        }
        MaskFindings findings = new MaskFindings(masking, question.dialect(), moment.path());
        return new MaskSight(findings).columns(lineages.of(question.dialect(), question.sql()));
    }

    /** What is likely not meant in the rules; empty where all is well. */
    public List<Problem> lint() {
        return Lint.of(placed);
    }
}
