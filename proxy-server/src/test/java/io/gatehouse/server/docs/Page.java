package io.gatehouse.server.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One page of the documentation.
 *
 * @param file below the repository
 */
record Page(Path file, String text) {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /**
     * A fenced block.
     *
     * @param line where it begins, from 1
     * @param language the first word behind the fence
     * @param name the rest of that line: the file that it shows, or empty
     */
    record Block(int line, String language, String name, String text) {}

    static Path root() {
        return ROOT;
    }

    static Page read(String file) {
        try {
            return new Page(Path.of(file), Files.readString(ROOT.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        String[] words = {};
        int begin = 0;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.startsWith("```")) {
                if (begin > 0) {
                    String name = words.length > 1 ? words[1] : "";
                    blocks.add(new Block(begin, words[0], name, body.toString()));
                    body.setLength(0);
                    begin = 0;
                } else {
                    words = line.substring(3).strip().split(" ", 2);
                    begin = number;
                }
            } else if (begin > 0) {
                body.append(line).append('\n');
            }
        }
        return blocks;
    }

    /** The blocks in one language. */
    List<Block> blocks(String language) {
        return blocks().stream().filter(b -> b.language().equals(language)).toList();
    }

    /** The words in code type that stand first in the rows of tables. */
    List<String> firstCells() {
        List<String> cells = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("| `")) {
                String cell = line.substring(2, line.indexOf('|', 2)).strip();
                for (String word : cell.split(", ", -1)) {
                    cells.add(word.replace("`", ""));
                }
            }
        }
        return cells;
    }
}
