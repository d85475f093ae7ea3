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
        return ProcessHandle.of(pid).map(ProcessFigures::cpu).orElse(Duration.ZERO);
    }

    /** The same of the process and all that it started and that still run. */
    static Duration cpuOfTree(long pid) {
        return ProcessHandle.of(pid)
                .map(p -> p.descendants().map(ProcessFigures::cpu).reduce(cpu(p), Duration::plus))
                .orElse(Duration.ZERO);
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The most memory that was ever resident since {@link #forgetPeak}, in bytes. */
    static OptionalLong peakMemory(long pid) {
        return status(pid, "VmHWM:");
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
