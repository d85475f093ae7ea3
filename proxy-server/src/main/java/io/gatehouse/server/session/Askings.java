package io.gatehouse.server.session;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Asker;
import io.gatehouse.server.auth.Principal;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.gate.Asking;
import io.gatehouse.server.pool.CarriedState;

import org.jspecify.annotations.Nullable;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the gate is told of a session; made anew only when connection or settings have changed. It
 * may be asked by any thread.
 */
final class Askings {
    private final Principal principal;
    private final String address;
    private final String door;
    private final Supplier<CarriedState> carried;
    private final BooleanSupplier namesInDoubt;
    private volatile @Nullable Known known;

    private record Known(
            LogicalConnection target, CarriedState carried, boolean doubt, Asking asking) {
        boolean holds(LogicalConnection otherTarget, CarriedState now, boolean otherDoubt) {
            return target.equals(otherTarget) && carried.equals(now) && doubt == otherDoubt;
        }
    }

    /**
     * @param namesInDoubt whether code that nobody looked into may have changed role or search path
     */
    Askings(
            Principal principal,
            String address,
            String door,
            Supplier<CarriedState> carried,
            BooleanSupplier namesInDoubt) {
        this.principal = principal;
        this.address = address;
        this.door = door;
        this.carried = carried;
        this.namesInDoubt = namesInDoubt;
    }

    String door() {
        return door;
    }

    Asking of(LogicalConnection target) {
        CarriedState now = carried.get();
        boolean doubt = namesInDoubt.getAsBoolean();
        Known last = known;
        if (last == null || !last.holds(target, now, doubt)) {
            last = new Known(target, now, doubt, make(target, now, doubt));
            known = last;
        }
        return last.asking;
    }

    private Asking make(LogicalConnection target, CarriedState now, boolean doubt) {
        Asker asker =
                new Asker(
                        principal.user(),
                        principal.groups(),
                        doubt ? "" : role(target, now),
                        address,
                        ServerParameters.application(now),
                        door,
                        target.name(),
                        target.labels());
        return new Asking(
                asker,
                target.kind().dialect(),
                doubt ? SearchPath.UNKNOWN : SearchPaths.of(target, now));
    }

    /** The role that the session took, or else the broker's own at the database. */
    private static String role(LogicalConnection target, CarriedState now) {
        String taken =
                target.kind().dialect() == Dialect.POSTGRESQL ? now.settings().get("role") : null;
        if (taken == null) {
            return target.backendUser();
        }
        SearchPath name = SearchPaths.list(taken);
        String one = name.schemas().size() == 1 ? name.schemas().getFirst() : "";
        return one.equals("none") ? target.backendUser() : one;
    }
}
