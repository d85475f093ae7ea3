package io.gatehouse.server.boot;

import io.gatehouse.server.secret.MasterKey;
import io.gatehouse.server.secret.MasterKeyFile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Makes a master key. */
@Command(
        name = "new-key",
        description = "Writes a fresh master key into a new file that only its owner may read.",
        mixinStandardHelpOptions = true)
final class NewKeyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The file; it must not exist yet.")
    private Path file = Path.of("");

    NewKeyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        MasterKey key = MasterKeyFile.create(file);
        terminal.out().println("wrote master key " + key.id() + " into " + file);
        return Main.OK;
    }
}
