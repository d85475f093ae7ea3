package io.gatehouse.jdbc.type;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.sql.SQLException;

/** A text that an application puts together, two bytes for each of its characters. */
final class KeptText {
    private final KeptBytes bytes;

    KeptText(String start) {
        bytes = new KeptBytes(encoded(start));
    }

    long size() {
        return bytes.size() / Character.BYTES;
    }

    String read(long at, int most) throws SQLException {
        int characters = (int) Math.min(most, size() - at);
        byte[] encoded = bytes.read(at * Character.BYTES, characters * Character.BYTES);
        return ByteBuffer.wrap(encoded).asCharBuffer().toString();
    }

    void write(long at, String text) throws SQLException {
        byte[] encoded = encoded(text);
        bytes.write(at * Character.BYTES, encoded, 0, encoded.length);
    }

    void truncate(long left) {
        bytes.truncate(left * Character.BYTES);
    }

    Reader from(long at) {
        return new Reading(bytes.from(at * Character.BYTES));
    }

    void free() throws SQLException {
        bytes.free();
    }

    private static byte[] encoded(String text) {
        ByteBuffer encoded = ByteBuffer.allocate(Character.BYTES * text.length());
        encoded.asCharBuffer().put(text);
        return encoded.array();
    }

    private static final class Reading extends Reader {
        private final InputStream in;

        Reading(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(char[] into, int offset, int count) throws IOException {
            int most = Math.min(count, 32 * 1024);
            byte[] encoded = in.readNBytes(most * Character.BYTES);
            int n = encoded.length / Character.BYTES;
            ByteBuffer.wrap(encoded).asCharBuffer().get(into, offset, n);
            return n == 0 && count > 0 ? -1 : n;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
