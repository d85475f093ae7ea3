package io.gatehouse.server.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The master key in a file that only its owner may read. */
public final class MasterKeyFile {
    private static final long MAX_BYTES = 4096;

    private MasterKeyFile() {}

    /**
     * Reads a key.
     *
     * @throws SecretException when the file is missing, open to others than its owner, or no key
     */
    public static MasterKey read(Path file) throws SecretException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new SecretException(
                        "the master key file " + file + " is too large for a key");
            }
            PrivateFile.check(file);
            return MasterKey.parse(
                    Files.readString(file, StandardCharsets.US_ASCII), "file " + file);
        } catch (NoSuchFileException e) {
            throw SecretException.missingKey("file " + file);
        } catch (IOException e) {
            throw new SecretException("the master key file " + file + " cannot be read: " + e, e);
        }
    }

    /**
     * Writes a fresh random key into a new file that only its owner may read.
     *
     * @return the new key
     * @throws SecretException when the file exists already: sealed values depend on its key
     */
    public static MasterKey create(Path file) throws SecretException {
        String text = MasterKey.generate();
        try {
            PrivateFile.create(file, text + "\n");
        } catch (FileAlreadyExistsException e) {
            throw new SecretException(
                    "the file " + file + " exists already; a key in it is never overwritten");
        } catch (IOException e) {
            throw new SecretException("the file " + file + " cannot be written: " + e, e);
        }
        return MasterKey.parse(text, "file " + file);
    }
}
