package io.gatehouse.server.session;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.gate.Verdict;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is found out of a text before it runs: whether it may, what it does, and whether it is the
 * broker's. It is decided on again when it runs. Owned by the event loop.
 */
final class FirstLook {
    /** Above this many characters a text is looked at off the event loop. */
    private static final int QUICK_TEXT = 4_096;

    private final SessionContext session;
    private final PlainRunner runner;
    private final Runnable goOn;

    /**
     * @param goOn takes the next message after a look that took time
     */
    FirstLook(SessionContext session, PlainRunner runner, Runnable goOn) {
        this.session = session;
        this.runner = runner;
        this.goOn = goOn;
    }

    /** Tells what the gate says of a text, now or later; nothing else is started before. */
    void at(String sql, Consumer<Verdict> then) {
        if (sql.length() <= QUICK_TEXT) {
            then.accept(session.foresee(sql));
            return;
        }
        Verdict[] verdict = new Verdict[1];
        runner.aside(
                () -> verdict[0] = session.foresee(sql),
                () -> {
                    then.accept(verdict[0]);
                    goOn.run();
                });
    }

    /** Records a refusal and tells the client. */
    void refused(Verdict.Refused refused) {
        session.journal().refused(session.nanoTime(), refused);
        runner.output()
                .sayError(ForeignCatalog.explained(session.kind(), refused.sql(), refused.fault()));
    }

    /** The command of the broker's that a text is; empty where the backend knows them itself. */
    Optional<BrokerCommand> command(String sql) {
        return session.kind().dialect() == Dialect.POSTGRESQL
                ? Optional.empty()
                : BrokerCommand.parse(sql, ServerParameters.names());
    }
}
