package io.gatehouse.server.execute;

import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Columns of large objects, of which the driver brings as much as is read. */
final class LobReading {
    private static final int PIECE = 32 * 1024;

    private LobReading() {}

    static int blob(ResultSet rs, int column, RowSink sink) throws SQLException {
        Blob blob = sink.wholeValue() == Integer.MAX_VALUE ? null : rs.getBlob(column);
        long size = blob == null ? 0 : blob.length();
        if (blob == null || size <= sink.wholeValue()) {
            return Readers.BYTES.read(rs, column, sink);
        }
        try (InputStream in = blob.getBinaryStream()) {
            sink.startPieces(size);
            byte[] piece = new byte[PIECE];
            int n = in.readNBytes(piece, 0, PIECE);
            while (n > 0 && sink.piece(piece, 0, n)) {
                n = in.readNBytes(piece, 0, PIECE);
            }
            sink.endPieces();
        } catch (IOException e) {
            throw unreadable(column, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return PIECE;
    }

    static int clob(ResultSet rs, int column, RowSink sink) throws SQLException {
        Clob clob = sink.wholeValue() == Integer.MAX_VALUE ? null : rs.getClob(column);
        long size = clob == null ? 0 : clob.length();
        if (clob == null || size <= sink.wholeValue()) {
            return Readers.TEXT.read(rs, column, sink);
        }
        try (Reader in = clob.getCharacterStream()) {
            sink.startPieces(size);
            char[] characters = new char[PIECE];
            int n = fill(in, characters, 0);
            boolean wanted = true;
            while (n > 0 && wanted) {
                // Both halves of a character go together.
                int kept = n == PIECE && Character.isHighSurrogate(characters[n - 1]) ? 1 : 0;
                String text = new String(characters, 0, n - kept);
                byte[] piece = text.getBytes(StandardCharsets.UTF_8);
                wanted = sink.piece(piece, 0, piece.length);
                characters[0] = characters[n - 1];
                n = fill(in, characters, kept);
            }
            sink.endPieces();
        } catch (IOException e) {
            throw unreadable(column, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return PIECE;
    }

    private static int fill(Reader in, char[] characters, int from) throws IOException {
        int at = from;
        int n = in.read(characters, at, characters.length - at);
        while (n > 0) {
            at += n;
            n = in.read(characters, at, characters.length - at);
        }
        return at;
    }

    private static SQLException unreadable(int column, IOException e) {
        return new SQLException("The value of column " + column + " cannot be read.", "22000", e);
    }

    private static GatehouseException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new GatehouseException(Faults.shuttingDown(), e);
    }
}
