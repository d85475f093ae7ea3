package io.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** What the operating system says of a process. Memory is known on Linux only. */
final class ProcessFigures {
    private ProcessFigures() {}

    /** Processor time of user and system since the process started; on Linux in steps of 10 ms. */
    static Duration cpu(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(p -> p.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /** The most memory that was ever resident since {@link #forgetPeak}, in bytes. */
    static OptionalLong peakMemory(long pid) {
        return status(pid, "VmHWM:");
    }

    /** The memory that is resident now, in bytes. */
    static OptionalLong residentMemory(long pid) {
        return status(pid, "VmRSS:");
    }

    /** Starts a new peak; says whether the system let us. */
    static boolean forgetPeak(long pid) {
        try {
            Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), "5");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static OptionalLong status(long pid, String field) {
        Path file = Path.of("/proc", Long.toString(pid), "status");
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
