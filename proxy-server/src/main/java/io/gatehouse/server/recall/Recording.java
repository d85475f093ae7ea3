package io.gatehouse.server.recall;

import io.gatehouse.server.execute.Column;
import io.gatehouse.server.execute.ForwardingSink;
import io.gatehouse.server.execute.ParameterInfo;
import io.gatehouse.server.execute.RowSink;
import io.gatehouse.server.fault.Fault;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Passes a result on and writes it down, up to a size. What is more than one plain result is not
 * written down. Used by one worker at a time.
 */
final class Recording implements ForwardingSink {
    private final RowSink to;
    private final long most;
    private @Nullable ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable List<Column> columns;
    private boolean fullDetail;
    private boolean ended;
    private boolean complete;
    private long rows;

    /** Writes one value. */
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    /**
     * @param most bytes above which nothing is kept
     */
    Recording(RowSink to, long most) {
        this.to = to;
        this.most = most;
    }

    /** What was told, if that can be told again. */
    Optional<Answer> answer() {
        return bytes == null || columns == null || !ended
                ? Optional.empty()
                : Optional.of(new Answer(columns, fullDetail, bytes.toByteArray(), rows, complete));
    }

    @Override
    public RowSink to() {
        return to;
    }

    private void drop() {
        bytes = null;
    }

    private void write(Writing value) {
        if (bytes == null) {
            return;
        }
        try {
            value.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        if (bytes.size() > most) {
            drop();
        }
    }

    /** One of as many bytes, of which nothing is written where it is too large anyway. */
    private void write(long size, Writing value) {
        if (size > most) {
            drop();
        } else {
            write(value);
        }
    }

    @Override
    public void columns(Kind kind, boolean detail, List<Column> all) {
        if (kind != Kind.RESULT || columns != null) {
            drop();
        }
        columns = all;
        fullDetail = detail;
        to.columns(kind, detail, all);
    }

    @Override
    public void nul() {
        write(out -> out.writeByte('n'));
        to.nul();
    }

    @Override
    public void bool(boolean value) {
        write(out -> {
            out.writeByte('b');
            out.writeBoolean(value);
        });
        to.bool(value);
    }

    @Override
    public void int2(short value) {
        write(out -> {
            out.writeByte('2');
            out.writeShort(value);
        });
        to.int2(value);
    }

    @Override
    public void int4(int value) {
        write(out -> {
            out.writeByte('4');
            out.writeInt(value);
        });
        to.int4(value);
    }

    @Override
    public void int8(long value) {
        write(out -> {
            out.writeByte('8');
            out.writeLong(value);
        });
        to.int8(value);
    }

    @Override
    public void float4(float value) {
        write(out -> {
            out.writeByte('f');
            out.writeFloat(value);
        });
        to.float4(value);
    }

    @Override
    public void float8(double value) {
        write(out -> {
            out.writeByte('d');
            out.writeDouble(value);
        });
        to.float8(value);
    }

    @Override
    public void numeric(BigDecimal value) {
        write(out -> Values.numeric(out, value));
        to.numeric(value);
    }

    @Override
    public void numericSpecial(String value) {
        write(out -> Values.text(out, 'S', value));
        to.numericSpecial(value);
    }

    @Override
    public void noDay(String value) {
        write(out -> Values.text(out, 'y', value));
        to.noDay(value);
    }

    @Override
    public void text(String value) {
        write(value.length(), out -> Values.text(out, 't', value));
        to.text(value);
    }

    @Override
    public void bytes(byte[] value) {
        write(
                value.length,
                out -> {
                    out.writeByte('x');
                    Values.bytes(out, value);
                });
        to.bytes(value);
    }

    @Override
    public void startPieces(long size) {
        drop();
        to.startPieces(size);
    }

    @Override
    public boolean piece(byte[] value, int offset, int length) throws InterruptedException {
        return to.piece(value, offset, length);
    }

    @Override
    public void endPieces() {
        to.endPieces();
    }

    @Override
    public void uuid(UUID value) {
        write(out -> {
            out.writeByte('u');
            out.writeLong(value.getMostSignificantBits());
            out.writeLong(value.getLeastSignificantBits());
        });
        to.uuid(value);
    }

    @Override
    public void date(LocalDate value) {
        write(out -> {
            out.writeByte('D');
            Values.date(out, value);
        });
        to.date(value);
    }

    @Override
    public void time(LocalTime value) {
        write(out -> {
            out.writeByte('T');
            Values.time(out, value);
        });
        to.time(value);
    }

    @Override
    public void timeWithZone(OffsetTime value) {
        write(out -> {
            out.writeByte('Z');
            Values.time(out, value.toLocalTime());
            Values.offset(out, value.getOffset());
        });
        to.timeWithZone(value);
    }

    @Override
    public void timestamp(LocalDateTime value) {
        write(out -> {
            out.writeByte('s');
            Values.date(out, value.toLocalDate());
            Values.time(out, value.toLocalTime());
        });
        to.timestamp(value);
    }

    @Override
    public void timestampWithZone(OffsetDateTime value) {
        write(out -> {
            out.writeByte('z');
            Values.date(out, value.toLocalDate());
            Values.time(out, value.toLocalTime());
            Values.offset(out, value.getOffset());
        });
        to.timestampWithZone(value);
    }

    @Override
    public boolean endRow() {
        rows++;
        return to.endRow();
    }

    @Override
    public void endRows(boolean all) {
        ended = true;
        complete = all;
        to.endRows(all);
    }

    @Override
    public void count(long updateCount) {
        drop();
        to.count(updateCount);
    }

    @Override
    public void batchCounts(long[] counts) {
        drop();
        to.batchCounts(counts);
    }

    @Override
    public void parameters(List<ParameterInfo> parameters) {
        drop();
        to.parameters(parameters);
    }

    @Override
    public void warning(Fault warning) {
        drop();
        to.warning(warning);
    }
}
