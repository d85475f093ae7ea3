package io.gatehouse.server.session;

import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.Parameter;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.wire.Backend;
import io.gatehouse.server.wire.Frontend;
import io.gatehouse.server.wire.TransactionStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A session of the Gatehouse driver (docs/protocol/PROTOCOL.md, sections 3 to 5). */
final class ExtendedSession extends LiveSession {
    /** Batches of which the last part has not come yet. */
    private static final int MOST_BATCHES = 1_000;

    private final DriverStatements statements;
    private final Map<Integer, Parts> batches = new HashMap<>();
    private long incoming;
    private List<Upload> uploads = List.of();
    private Request.Fails fails = Request.Fails.NONE;
    private @Nullable Fault parked;

    ExtendedSession(Opening opening, Rooms rooms, Consumer<LiveSession> onClose) {
        super(opening, rooms, "driver", onClose);
        statements =
                new DriverStatements(context().limits().statements(), context().limits().frame());
    }

    /** Whether a part of a batch has failed, so that the rest of it is dropped. */
    private static final class Parts {
        boolean failed;
    }

    @Override
    void greet() {
        opening().client().send(DriverWelcome.of(opening(), context()));
    }

    @Override
    void farewell(Fault why) {
        opening().client().send(List.of(new Backend.ExtFailed(0, TransactionStatus.NONE, why)));
    }

    @Override
    void announceDrain(Duration patience) {
        // None at all means more: see announceRest.
        goAway(Math.clamp(patience.toMillis(), 1, Integer.MAX_VALUE));
    }

    @Override
    void announceRest() {
        goAway(0);
    }

    private void goAway(int millis) {
        opening()
                .client()
                .send(List.of(new Backend.ExtGoAway(millis, "the broker is shutting down")));
    }

    @Override
    boolean midway() {
        return !batches.isEmpty();
    }

    @Override
    public void on(Frontend message) {
        if (ending()) {
            return;
        }
        incoming = Weight.of(message);
        uploads = List.of();
        fails = Request.Fails.of(context().kind(), message);
        switch (message) {
            case Frontend.ExtPrepare m -> park(statements.put(m));
            case Frontend.ExtSignature m -> park(statements.sign(m));
            case Frontend.ExtExecute m -> execute(m);
            case Frontend.ExtBatch m -> batch(m);
            case Frontend.ExtBatchTexts m -> batchTexts(m);
            case Frontend.ExtDescribe m -> describe(m);
            case Frontend.ExtTransact m -> transact(m);
            case Frontend.ExtBranch m -> branch(m);
            case Frontend.ExtCatalog m -> catalog(m);
            case Frontend.ExtPing m -> ping(m);
            case Frontend.ExtSettings m -> settings(m);
            case Frontend.ExtClose m -> close(m);
            case Frontend.ExtCredit m -> credit(m);
            case Frontend.ExtPiece m -> piece(m);
            case Frontend.ExtCancel m -> walk().unfinished(m.request()).ifPresent(walk()::cancel);
            case Frontend.Terminate m -> opening().client().hangUp();
            default -> end(Faults.protocolViolation(message + " in an extended session"));
        }
    }

    private void park(@Nullable Fault fault) {
        if (fault != null) {
            parked = fault;
        }
    }

    private void execute(Frontend.ExtExecute m) {
        DriverStatements.Prepared prepared = prepared(m.request(), m.statement());
        if (prepared == null) {
            return;
        }
        List<Parameter> values = uploading(m.request(), List.of(m.parameters())).getFirst();
        Call.Expect expect = DriverStatements.expect(m.expect());
        Duration timeout = Duration.ofMillis(m.timeoutMillis());
        String trace = state().commentedTrace();
        submit(
                m.request(),
                m.credit(),
                prepared.columns(),
                List.of(prepared.as().sql()),
                timeout,
                (permitted, in) ->
                        new Call.Run(
                                prepared.text(permitted.get(0), trace),
                                values,
                                expect,
                                in,
                                m.maxRows(),
                                m.fetchRows(),
                                timeout));
    }

    /** The parameters of each row; those of a single one may come while it runs. */
    private List<List<Parameter>> uploading(int request, List<List<Frontend.Value>> rows) {
        Uploads all = Uploads.of(request, rows, opening().client(), context().limits());
        uploads = all.arriving();
        return all.rows();
    }

    /** The statement that a request is for; null where the request was refused. */
    private DriverStatements.@Nullable Prepared prepared(int request, int statement) {
        DriverStatements.Prepared prepared = statements.find(statement);
        if (prepared == null) {
            // Its preparation may have been refused, with a better reason.
            String name = Integer.toString(statement);
            Fault why = parked == null ? Faults.unknownStatement(name) : parked;
            parked = null;
            refuse(request, why);
        }
        return prepared;
    }

    private void batch(Frontend.ExtBatch m) {
        DriverStatements.Prepared prepared = prepared(m.request(), m.statement());
        if (prepared == null) {
            return;
        }
        List<List<Parameter>> rows = uploading(m.request(), m.rows());
        Duration timeout = Duration.ofMillis(m.timeoutMillis());
        String trace = state().commentedTrace();
        part(
                m.request(),
                m.last(),
                prepared.columns(),
                List.of(prepared.as().sql()),
                timeout,
                (permitted, in) ->
                        new Call.Batch(prepared.text(permitted.get(0), trace), rows, in, timeout));
    }

    private void batchTexts(Frontend.ExtBatchTexts m) {
        Duration timeout = Duration.ofMillis(m.timeoutMillis());
        part(
                m.request(),
                m.last(),
                new LastColumns(),
                m.statements(),
                timeout,
                (permitted, in) -> new Call.BatchTexts(permitted, in, timeout));
    }

    private void part(
            int id,
            boolean last,
            LastColumns columns,
            List<String> texts,
            Duration timeout,
            Request.Plan plan) {
        if (batches.size() >= MOST_BATCHES && !batches.containsKey(id)) {
            end(Faults.protocolViolation("too many batches without their last part"));
            return;
        }
        Parts parts = batches.computeIfAbsent(id, k -> new Parts());
        if (last) {
            batches.remove(id);
        }
        if (takeParked(id, parts)) {
            return;
        }
        Request request =
                request(
                        id,
                        Integer.MAX_VALUE,
                        columns,
                        texts,
                        timeout,
                        plan,
                        reply -> {
                            if (!last) {
                                reply.quietly(() -> parts.failed = true);
                            }
                        });
        request.discard = () -> parts.failed;
        enqueue(request);
    }

    private boolean takeParked(int id, Parts parts) {
        Fault fault = parked;
        if (fault == null) {
            return false;
        }
        parked = null;
        parts.failed = true;
        refuse(id, fault);
        return true;
    }

    private void describe(Frontend.ExtDescribe m) {
        DriverStatements.Prepared prepared = prepared(m.request(), m.statement());
        if (prepared == null) {
            return;
        }
        submit(
                m.request(),
                Integer.MAX_VALUE,
                new LastColumns(),
                List.of(prepared.as().sql()),
                Duration.ZERO,
                (permitted, in) -> new Call.Describe(prepared.text(permitted.get(0), "")));
    }

    private void transact(Frontend.ExtTransact m) {
        Call.Action action =
                switch (m.action()) {
                    case COMMIT -> Call.Action.COMMIT;
                    case ROLLBACK -> Call.Action.ROLLBACK;
                    case SAVEPOINT -> Call.Action.SAVEPOINT;
                    case RELEASE -> Call.Action.RELEASE;
                    case ROLLBACK_TO -> Call.Action.ROLLBACK_TO;
                };
        submit(
                m.request(),
                Integer.MAX_VALUE,
                new LastColumns(),
                List.of(),
                Duration.ZERO,
                (permitted, in) -> new Call.Transact(action, m.savepoint()));
    }

    private void branch(Frontend.ExtBranch m) {
        ask(m.request(), Integer.MAX_VALUE, BranchRequest.of(context().kind(), m));
    }

    private void catalog(Frontend.ExtCatalog m) {
        if (m.method().equals("connection.recover")) {
            ask(m.request(), m.credit(), BranchRequest.recovery(context().kind()));
            return;
        }
        submit(
                m.request(),
                m.credit(),
                new LastColumns(),
                List.of(),
                Duration.ZERO,
                (permitted, in) -> new Call.Catalog(m.method(), m.arguments(), in));
    }

    private void ask(int id, long credit, @Nullable BranchRequest what) {
        if (what == null) {
            refuse(id, Faults.notSupported("two-phase commit on this kind of database"));
            return;
        }
        submit(id, credit, new LastColumns(), what.texts(), Duration.ZERO, what.plan());
    }

    private void ping(Frontend.ExtPing m) {
        Duration timeout = Duration.ofMillis(m.timeoutMillis());
        if (walk().atRest()) {
            answer(m.request());
        } else {
            submit(
                    m.request(),
                    Integer.MAX_VALUE,
                    new LastColumns(),
                    List.of(),
                    timeout,
                    (permitted, in) -> new Call.Ping(timeout));
        }
    }

    private void submit(
            int id,
            long credit,
            LastColumns columns,
            List<String> texts,
            Duration timeout,
            Request.Plan plan) {
        Fault fault = parked;
        if (fault != null) {
            parked = null;
            refuse(id, fault);
            return;
        }
        enqueue(request(id, credit, columns, texts, timeout, plan, reply -> {}));
    }

    private Request request(
            int id,
            long credit,
            LastColumns columns,
            List<String> texts,
            Duration timeout,
            Request.Plan plan,
            Consumer<ExtendedReply> shape) {
        Client client = opening().client();
        Request[] self = new Request[1];
        ExtendedReply reply =
                new ExtendedReply(
                        id,
                        context(),
                        new Demand(credit, client::isWritable),
                        columns,
                        holdings(),
                        () -> client.execute(() -> walk().waits(self[0])));
        shape.accept(reply);
        Request request = new Request(id, texts, plan, reply, timeout);
        request.bytes = incoming;
        request.uploads = uploads;
        request.traceparent = state().traceparent();
        request.fails = fails;
        self[0] = request;
        return request;
    }

    /** In its turn, so that it fails the transaction that it stands in and no other. */
    private void refuse(int id, Fault fault) {
        Request refused =
                request(
                        id,
                        Integer.MAX_VALUE,
                        new LastColumns(),
                        List.of(),
                        Duration.ZERO,
                        (permitted, in) -> new Call.Ping(Duration.ZERO),
                        reply -> {});
        refused.refuse(fault);
        enqueue(refused);
    }

    private void answer(int request) {
        opening()
                .client()
                .send(
                        List.of(
                                new Backend.ExtDone(
                                        request, ExtendedReply.status(state().reported()))));
    }

    private void piece(Frontend.ExtPiece m) {
        if (walk().unfinished(m.request()).filter(request -> !request.take(m)).isPresent()) {
            end(Faults.protocolViolation("a piece that was not asked for"));
        }
    }

    private void credit(Frontend.ExtCredit m) {
        Optional<Request> request = walk().unfinished(m.request());
        if (request.isPresent()) {
            request.get().reply.demand().grant(m.bytes());
            walk().resume(request.get());
        }
    }

    private void close(Frontend.ExtClose m) {
        switch (m.what()) {
            case STATEMENT -> statements.remove(m.id());
            case REQUEST -> walk().unfinished(m.id()).ifPresent(walk()::abandon);
        }
    }

    private void settings(Frontend.ExtSettings m) {
        for (Frontend.Setting setting : m.settings()) {
            park(DriverSetting.apply(state(), setting.name(), setting.value()));
        }
    }
}
