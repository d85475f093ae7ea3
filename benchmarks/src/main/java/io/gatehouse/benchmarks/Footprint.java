package io.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory that a process needs. A JVM's resident memory does not say so: its heap grows to what
 * it may take. What lives there is asked for after a full collection, and added to what is resident
 * outside of the heap.
 *
 * @param heap bytes of the JVM's live objects; 0 for a program without a JVM
 * @param outside bytes resident outside of the heap: all of them for a program without a JVM
 */
record Footprint(long heap, long outside) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A heap's or generation's line of {@code GC.heap_info}; its spaces have another form. */
    private static final Pattern HEAP =
            Pattern.compile("used \\d+K +\\[0x([0-9a-f]+), *(?:0x[0-9a-f]+, *)?0x([0-9a-f]+)\\)");

    /** The last line of {@code GC.class_histogram}, which collects first: objects and bytes. */
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    private static final Pattern MAPPING = Pattern.compile("^([0-9a-f]+)-[0-9a-f]+ .*");

    static Footprint of(long pid, boolean jvm) throws IOException, InterruptedException {
        if (!jvm) {
            return new Footprint(0, resident(pid, 0, 0));
        }
        // Not what GC.heap_info says is used: G1 counts regions of megabytes, full or not.
        Matcher total = TOTAL.matcher(jcmd(pid, "GC.class_histogram"));
        if (!total.find()) {
            throw new IOException("GC.class_histogram of process " + pid + " has no total");
        }
        Matcher part = HEAP.matcher(jcmd(pid, "GC.heap_info"));
        long low = Long.MAX_VALUE;
        long high = 0;
        while (part.find()) {
            low = Math.min(low, Long.parseLong(part.group(1), 16));
            high = Math.max(high, Long.parseLong(part.group(2), 16));
        }
        if (high == 0) {
            throw new IOException("GC.heap_info of process " + pid + " names no heap");
        }
        return new Footprint(Long.parseLong(total.group(1)), resident(pid, low, high));
    }

    /** What is resident in mappings that do not begin within these addresses. */
    private static long resident(long pid, long low, long high) throws IOException {
        long bytes = 0;
        boolean counts = true;
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps"))) {
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.matches()) {
                long start = Long.parseUnsignedLong(mapping.group(1), 16);
                counts = start < low || start >= high;
            } else if (counts && line.startsWith("Rss:")) {
                bytes += Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        return bytes;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return ChildProcess.answer(List.of(program, Long.toString(pid), command), "", PATIENCE);
    }

    /** The growth from an earlier one, as a row: all, heap, outside; KB for each of so many. */
    List<String> growthRow(String target, Footprint before, int clients) {
        double inHeap = (double) (heap - before.heap) / clients / 1024;
        double beside = (double) (outside - before.outside) / clients / 1024;
        return List.of(target, kilobytes(inHeap + beside), kilobytes(inHeap), kilobytes(beside));
    }

    private static String kilobytes(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
