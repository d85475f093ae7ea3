package io.gatehouse.server.execute;

import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;

/** A tapped row that is too long to be held: its large values go on to the sink as they come. */
final class LongRow {
    private static final int PIECE = 32 * 1024;

    /** Each byte of a bytea is two digits, behind two characters that say so. */
    private static final int DIGITS = 2;

    private final InputStream body;
    private final RowSink sink;
    private final long largestValue;
    private int left;
    private boolean wanted = true;

    /**
     * @param size of the whole body
     * @param largestValue bytes of text that may be held for a value which cannot go in pieces
     */
    LongRow(InputStream body, int size, RowSink sink, long largestValue) {
        this.body = body;
        this.left = size;
        this.sink = sink;
        this.largestValue = largestValue;
    }

    /**
     * Gives all values, up to but without the end of the row, or as many as are wanted.
     *
     * @return false where the row is not what its columns say
     */
    boolean give(List<TextDecoder> decoders)
            throws IOException, SQLException, InterruptedException {
        int count = left < Short.BYTES ? -1 : (short) number(Short.BYTES);
        if (count != decoders.size()) {
            return false;
        }
        sink.startRow();
        for (TextDecoder decoder : decoders) {
            if (!wanted) {
                return true;
            }
            int size = left < Integer.BYTES ? Integer.MAX_VALUE : number(Integer.BYTES);
            if (size == -1) {
                sink.nul();
            } else if (size < 0 || size > left) {
                return false;
            } else {
                value(decoder, size);
            }
        }
        return !wanted || left == 0;
    }

    /** Whether the client has not given up in the middle of the row. */
    boolean wanted() {
        return wanted;
    }

    private void value(TextDecoder decoder, int size)
            throws IOException, SQLException, InterruptedException {
        if (size > sink.wholeValue() && decoder.equals(TextDecoder.AS_IT_IS)) {
            text(size);
        } else if (size > sink.wholeValue() && decoder.equals(TextDecoder.BYTEA)) {
            bytea(size);
        } else {
            decoder.decode(held(size), 0, size, sink);
        }
    }

    private byte[] held(int size) throws IOException {
        if (size > largestValue) {
            throw new GatehouseException(Faults.rowTooLarge(size, sink.largestRow()));
        }
        byte[] bytes = new byte[size];
        fill(bytes, size);
        return bytes;
    }

    private void text(int size) throws IOException, InterruptedException {
        sink.startPieces(-1);
        byte[] piece = new byte[PIECE];
        int rest = size;
        while (wanted && rest > 0) {
            int n = Math.min(rest, PIECE);
            fill(piece, n);
            rest -= n;
            wanted = sink.piece(piece, 0, n);
        }
        sink.endPieces();
    }

    private void bytea(int size) throws IOException, SQLException, InterruptedException {
        byte[] digits = new byte[DIGITS * PIECE];
        fill(digits, DIGITS);
        if (digits[0] != '\\' || digits[1] != 'x') {
            escaped(digits, size);
            return;
        }
        sink.startPieces(size / DIGITS - 1);
        int rest = size - DIGITS;
        while (wanted && rest > 0) {
            int n = Math.min(rest, digits.length);
            fill(digits, n);
            rest -= n;
            wanted = sink.piece(digits, 0, decode(digits, n));
        }
        sink.endPieces();
    }

    /** A session may have asked for the old form, of which no part stands for itself. */
    private void escaped(byte[] first, int size) throws IOException, SQLException {
        if (size > largestValue) {
            throw new GatehouseException(Faults.rowTooLarge(size, sink.largestRow()));
        }
        byte[] all = new byte[size];
        System.arraycopy(first, 0, all, 0, DIGITS);
        byte[] rest = held(size - DIGITS);
        System.arraycopy(rest, 0, all, DIGITS, rest.length);
        TextDecoder.BYTEA.decode(all, 0, size, sink);
    }

    /** Digits to bytes, in place; how many bytes that gives. */
    private static int decode(byte[] digits, int count) {
        int bytes = count / DIGITS;
        for (int i = 0; i < bytes; i++) {
            digits[i] = (byte) (digit(digits[DIGITS * i]) << 4 | digit(digits[DIGITS * i + 1]));
        }
        return bytes;
    }

    /** Letters lie nine places behind their digit's low bits, in both cases. */
    private static int digit(byte character) {
        return (character & 0xF) + (character >> 6) * 9;
    }

    private int number(int bytes) throws IOException {
        byte[] read = new byte[bytes];
        fill(read, bytes);
        int value = 0;
        for (byte b : read) {
            value = value << Byte.SIZE | (b & 0xFF);
        }
        return value;
    }

    private void fill(byte[] into, int count) throws IOException {
        if (body.readNBytes(into, 0, count) < count) {
            throw new EOFException("the server closed the connection in the middle of a row");
        }
        left -= count;
    }
}
