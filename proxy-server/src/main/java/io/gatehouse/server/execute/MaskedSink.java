package io.gatehouse.server.execute;

import io.gatehouse.policy.MaskPlan;
import io.gatehouse.policy.Treatment;
import io.gatehouse.policy.rule.Algorithm;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.fault.PolicyFaults;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Masks values on their way to the client. Every row of a statement that comes near a masked column
 * passes here, whatever driver method or message it came by.
 */
final class MaskedSink implements ForwardingSink {
    private final RowSink to;
    private final MaskPlan plan;
    private final MaskedValues values;
    private final Withheld withheld;
    private List<Masked> columns;
    private int at;
    private boolean swallows;

    /**
     * A column.
     *
     * @param algorithm {@code null} where it is shown
     */
    private record Masked(@Nullable Algorithm algorithm, Column column) {}

    MaskedSink(RowSink to, MaskPlan plan, MaskedValues values, Withheld withheld) {
        this(to, plan, values, withheld, List.of());
    }

    private MaskedSink(
            RowSink to,
            MaskPlan plan,
            MaskedValues values,
            Withheld withheld,
            List<Masked> columns) {
        this.to = to;
        this.plan = plan;
        this.values = values;
        this.withheld = withheld;
        this.columns = columns;
    }

    /** The same result, for another sink. */
    MaskedSink over(RowSink other) {
        return new MaskedSink(other, plan, values, withheld, columns);
    }

    @Override
    public RowSink to() {
        return to;
    }

    Withheld withheld() {
        return withheld;
    }

    @Override
    public boolean needsDetail() {
        return true;
    }

    @Override
    public void columns(Kind kind, boolean fullDetail, List<Column> all) {
        List<Masked> masked = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            Column column = all.get(i);
            Algorithm algorithm =
                    switch (treatment(kind, i, all.size(), column)) {
                        case Treatment.Clear clear -> null;
                        case Treatment.Masked with -> with.algorithm();
                        case Treatment.Refused no ->
                                throw new GatehouseException(
                                        PolicyFaults.unproven(no.rule(), column.label(), no.why()));
                    };
            masked.add(new Masked(algorithm, column));
        }
        columns = List.copyOf(masked);
        at = 0;
        to.columns(kind, fullDetail, all);
    }

    private Treatment treatment(Kind kind, int index, int count, Column column) {
        // Where a database has no schemas its catalogs are what others call so.
        String schema = column.schema().isEmpty() ? column.catalog() : column.schema();
        MaskPlan.Shown shown =
                new MaskPlan.Shown(column.label(), schema, column.table(), column.name());
        return switch (kind) {
            case RESULT -> plan.of(index, count, shown);
            case GENERATED_KEYS -> plan.ofKey(index, count, shown);
            case OUT_PARAMETERS, CURSOR -> plan.ofUnknown("what a call gives back");
        };
    }

    private @Nullable Algorithm next() {
        return columns.get(at++).algorithm();
    }

    private Column column() {
        return columns.get(at - 1).column();
    }

    @Override
    public void startRow() {
        at = 0;
        to.startRow();
    }

    @Override
    public void nul() {
        at++;
        to.nul();
    }

    @Override
    public void bool(boolean value) {
        if (next() == null) {
            to.bool(value);
        } else {
            to.nul();
        }
    }

    @Override
    public void int2(short value) {
        Algorithm algorithm = next();
        if (algorithm == null) {
            to.int2(value);
        } else if (algorithm instanceof Algorithm.Constant constant) {
            to.int2((short) MaskedValues.whole(constant, Short.MIN_VALUE, Short.MAX_VALUE));
        } else {
            to.nul();
        }
    }

    @Override
    public void int4(int value) {
        Algorithm algorithm = next();
        if (algorithm == null) {
            to.int4(value);
        } else if (algorithm instanceof Algorithm.Constant constant) {
            to.int4((int) MaskedValues.whole(constant, Integer.MIN_VALUE, Integer.MAX_VALUE));
        } else {
            to.nul();
        }
    }

    @Override
    public void int8(long value) {
        Algorithm algorithm = next();
        if (algorithm == null) {
            to.int8(value);
        } else if (algorithm instanceof Algorithm.Constant constant) {
            to.int8(MaskedValues.whole(constant, Long.MIN_VALUE, Long.MAX_VALUE));
        } else {
            to.nul();
        }
    }

    @Override
    public void float4(float value) {
        Algorithm algorithm = next();
        if (algorithm == null) {
            to.float4(value);
        } else if (algorithm instanceof Algorithm.Constant constant) {
            to.float4(MaskedValues.number(constant).floatValue());
        } else {
            to.nul();
        }
    }

    @Override
    public void float8(double value) {
        Algorithm algorithm = next();
        if (algorithm == null) {
            to.float8(value);
        } else if (algorithm instanceof Algorithm.Constant constant) {
            to.float8(MaskedValues.number(constant).doubleValue());
        } else {
            to.nul();
        }
    }

    @Override
    public void numeric(BigDecimal value) {
        Algorithm algorithm = next();
        if (algorithm == null) {
            to.numeric(value);
        } else if (algorithm instanceof Algorithm.Constant constant) {
            to.numeric(MaskedValues.number(constant));
        } else {
            to.nul();
        }
    }

    @Override
    public void numericSpecial(String value) {
        Algorithm algorithm = next();
        if (algorithm == null) {
            to.numericSpecial(value);
        } else if (algorithm instanceof Algorithm.Constant constant) {
            to.numeric(MaskedValues.number(constant));
        } else {
            to.nul();
        }
    }

    @Override
    public void noDay(String value) {
        if (next() == null) {
            to.noDay(value);
        } else {
            to.nul();
        }
    }

    @Override
    public void text(String value) {
        Algorithm algorithm = next();
        String shown = algorithm == null ? value : values.text(algorithm, column(), value);
        if (shown == null) {
            to.nul();
        } else {
            to.text(shown);
        }
    }

    @Override
    public void bytes(byte[] value) {
        if (next() == null) {
            to.bytes(value);
        } else {
            to.nul();
        }
    }

    @Override
    public void startPieces(long size) {
        // No algorithm works on a part of a value.
        swallows = next() != null;
        if (swallows) {
            to.nul();
        } else {
            to.startPieces(size);
        }
    }

    @Override
    public boolean piece(byte[] bytes, int offset, int length) throws InterruptedException {
        return swallows || to.piece(bytes, offset, length);
    }

    @Override
    public void endPieces() {
        if (!swallows) {
            to.endPieces();
        }
    }

    @Override
    public void uuid(UUID value) {
        Algorithm algorithm = next();
        UUID shown = algorithm == null ? value : values.uuid(algorithm, value);
        if (shown == null) {
            to.nul();
        } else {
            to.uuid(shown);
        }
    }

    @Override
    public void date(LocalDate value) {
        Algorithm algorithm = next();
        if (algorithm == null) {
            to.date(value);
        } else if (algorithm instanceof Algorithm.Truncate truncate) {
            to.date(MaskedValues.truncated(truncate, value));
        } else {
            to.nul();
        }
    }

    @Override
    public void time(LocalTime value) {
        if (next() == null) {
            to.time(value);
        } else {
            to.nul();
        }
    }

    @Override
    public void timeWithZone(OffsetTime value) {
        if (next() == null) {
            to.timeWithZone(value);
        } else {
            to.nul();
        }
    }

    @Override
    public void timestamp(LocalDateTime value) {
        Algorithm algorithm = next();
        if (algorithm == null) {
            to.timestamp(value);
        } else if (algorithm instanceof Algorithm.Truncate truncate) {
            to.timestamp(MaskedValues.truncated(truncate, value));
        } else {
            to.nul();
        }
    }

    @Override
    public void timestampWithZone(OffsetDateTime value) {
        Algorithm algorithm = next();
        if (algorithm == null) {
            to.timestampWithZone(value);
        } else if (algorithm instanceof Algorithm.Truncate truncate) {
            to.timestampWithZone(MaskedValues.truncated(truncate, value));
        } else {
            to.nul();
        }
    }

    @Override
    public void warning(Fault warning) {
        to.warning(withheld.of(warning));
    }
}
