package io.gatehouse.jdbc.transport;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.url.ConnectOptions;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The password of one connect, wherever it is kept. */
final class Passwords {
    /** Far above any token. */
    private static final int MOST_BYTES = 64 * 1024;

    private Passwords() {}

    static String read(ConnectOptions options, Deadline deadline) throws SQLException {
        String file = options.passwordFile();
        if (file != null) {
            String what = "the password in its first line.";
            String line = firstLine(SmallFile.read(file, "passwordFile", what));
            if (line.isEmpty()) {
                throw SmallFile.bad("passwordFile", what, null);
            }
            return line;
        }
        if (options.passwordCommand().isEmpty()) {
            return options.password();
        }
        try {
            int millis = deadline.within(options.passwordTimeout()).millisLeft();
            return printed(options.passwordCommand(), millis);
        } catch (SocketTimeoutException e) {
            throw noPassword("did not end in time.", e);
        }
    }

    private static String printed(List<String> command, int millis) throws SQLException {
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw noPassword("could not be started.", e);
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            byte[] bytes = output(process).get(millis, TimeUnit.MILLISECONDS);
            String line = bytes.length > MOST_BYTES ? "" : firstLine(bytes);
            if (bytes.length > MOST_BYTES) {
                throw noPassword("printed more than " + MOST_BYTES + " bytes.", null);
            }
            if (!process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw noPassword("did not end in time.", null);
            }
            if (process.exitValue() != 0) {
                throw noPassword("failed with status " + process.exitValue() + ".", null);
            }
            if (line.isEmpty()) {
                throw noPassword("printed nothing.", null);
            }
            return line;
        } catch (TimeoutException e) {
            throw noPassword("did not end in time.", e);
        } catch (ExecutionException e) {
            throw noPassword("could not be read.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw noPassword("was interrupted.", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Read on a thread of its own: a pipe's read knows no timeout. */
    private static CompletableFuture<byte[]> output(Process process) {
        CompletableFuture<byte[]> output = new CompletableFuture<>();
        Thread reader =
                new Thread(
                        () -> {
                            try (InputStream in = process.getInputStream()) {
                                output.complete(in.readNBytes(MOST_BYTES + 1));
                            } catch (IOException e) {
                                output.completeExceptionally(new UncheckedIOException(e));
                            }
                        },
                        "gatehouse-password");
        reader.setDaemon(true);
        reader.start();
        return output;
    }

    private static String firstLine(byte[] bytes) throws SQLException {
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
            end++;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, end))
                    .toString();
        } catch (CharacterCodingException e) {
            SQLException bad = Faults.refused("28000", "The password is not in UTF-8.");
            bad.initCause(e);
            throw bad;
        }
    }

    private static SQLException noPassword(String why, @Nullable Exception cause) {
        SQLException e = Faults.refused("28000", "The program of 'passwordCommand' " + why);
        if (cause != null) {
            e.initCause(cause);
        }
        return e;
    }
}
