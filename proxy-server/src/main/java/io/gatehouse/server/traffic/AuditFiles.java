package io.gatehouse.server.traffic;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Files of audit records in the order in which they were written. */
public final class AuditFiles {
    private static final int BUFFER = 64 * 1024;

    /**
     * {@code audit.jsonl}, and what was set aside: {@code audit.jsonl.1} is the newest of these.
     */
    private static final Pattern NAME = Pattern.compile("(.+\\.jsonl)(?:\\.(\\d{1,5}))?(?:\\.gz)?");

    private final List<Path> files;

    private AuditFiles(List<Path> files) {
        this.files = files;
    }

    /** Takes records and what is not one. */
    public interface Reader {
        void record(Recorded entry);

        /**
         * @param place file and line
         * @param why what is wrong with it
         */
        void bad(String place, String why);
    }

    /**
     * Files, and of folders those that are called {@code *.jsonl}, {@code *.jsonl.1} and so on,
     * each perhaps with {@code .gz} behind that.
     *
     * @throws IOException when a folder cannot be read, or holds no such file
     */
    public static AuditFiles of(List<Path> paths) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                files.addAll(in(path));
            } else {
                files.add(path);
            }
        }
        return new AuditFiles(List.copyOf(files));
    }

    private static List<Path> in(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry) && NAME.matcher(name(entry)).matches()) {
                    found.add(entry);
                }
            }
        }
        if (found.isEmpty()) {
            throw new IOException("no audit file (*.jsonl, *.jsonl.1, …) is in " + folder);
        }
        found.sort(
                Comparator.comparing(AuditFiles::stem)
                        .thenComparing(AuditFiles::number, Comparator.reverseOrder())
                        .thenComparing(AuditFiles::name));
        return found;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String stem(Path file) {
        Matcher matcher = NAME.matcher(name(file));
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static int number(Path file) {
        Matcher matcher = NAME.matcher(name(file));
        boolean aside = matcher.matches() && matcher.group(2) != null;
        return aside ? Integer.parseInt(matcher.group(2)) : 0;
    }

    /** In the order in which they are read. */
    public List<Path> files() {
        return files;
    }

    /**
     * Reads all of them, one line at a time.
     *
     * @throws IOException when a file cannot be read to its end
     */
    public void read(Reader reader) throws IOException {
        for (Path file : files) {
            try (InputStream in = open(file)) {
                Lines lines = new Lines(in);
                while (lines.next()) {
                    String place = file + ":" + lines.number();
                    switch (lines.line()) {
                        case Lines.Line.Whole whole -> one(whole, place, reader);
                        case Lines.Line.TooLong tooLong ->
                                reader.bad(place, "the line is longer than any record");
                    }
                }
            }
        }
    }

    private static void one(Lines.Line.Whole line, String place, Reader reader) {
        if (line.blank()) {
            return;
        }
        switch (RecordReader.read(line)) {
            case RecordReader.Read.Entry entry -> reader.record(entry.recorded());
            case RecordReader.Read.Bad bad -> reader.bad(place, bad.why());
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        if (!name(file).endsWith(".gz")) {
            return raw;
        }
        try {
            return new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER);
        } catch (IOException e) {
            raw.close();
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
