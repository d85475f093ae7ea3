package io.gatehouse.server.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Lines into a file that is set aside when it is full; only its owner may read it. */
final class FileSink implements Sink {
    private final Path file;
    private final long rotateBytes;
    private final int keep;
    private FileChannel channel;
    private long size;

    private FileSink(Path file, long rotateBytes, int keep, FileChannel channel, long size) {
        this.file = file;
        this.rotateBytes = rotateBytes;
        this.keep = keep;
        this.channel = channel;
        this.size = size;
    }

    static FileSink open(Path file, long rotateBytes, int keep) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        FileChannel channel = append(file);
        return new FileSink(file, rotateBytes, keep, channel, channel.size());
    }

    @Override
    public void write(byte[] lines) throws IOException {
        if (lines.length == 0) {
            return;
        }
        if (!channel.isOpen()) {
            channel = append(file);
            size = channel.size();
        }
        if (size > 0 && size + lines.length > rotateBytes) {
            rotate();
        }
        ByteBuffer buffer = ByteBuffer.wrap(lines);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            size += lines.length;
        } catch (IOException e) {
            // A half-written batch would be there twice after the next attempt.
            channel.truncate(size);
            throw e;
        }
    }

    private void rotate() throws IOException {
        channel.close();
        Files.deleteIfExists(aside(keep));
        for (int number = keep - 1; number >= 1; number--) {
            if (Files.exists(aside(number))) {
                Files.move(aside(number), aside(number + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(file, aside(1), StandardCopyOption.REPLACE_EXISTING);
        channel = append(file);
        size = channel.size();
    }

    private Path aside(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private static FileChannel append(Path file) throws IOException {
        FileAttribute<?>[] mode =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        return FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND),
                mode);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
