package io.gatehouse.server;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The classes that a class file names in its constant pool (JVMS 4.4). */
final class ClassNames {
    private static final int UTF8 = 1;
    private static final int CLASS = 7;
    private static final int MAGIC_AND_VERSION = 8;

    private ClassNames() {}

    static List<String> in(byte[] classFile) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile))) {
            in.skipNBytes(MAGIC_AND_VERSION);
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> read(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        Map<Integer, String> texts = new HashMap<>();
        List<Integer> classes = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case UTF8 -> texts.put(i, in.readUTF());
                case CLASS -> classes.add(in.readUnsignedShort());
                case 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++;
                }
                default -> throw new IOException("constant pool tag " + tag);
            }
        }
        return classes.stream().map(texts::get).map(ClassNames::element).toList();
    }

    /** The class of an array's elements; primitive ones count as the JDK's. */
    private static String element(String name) {
        if (!name.startsWith("[")) {
            return name;
        }
        String type = name.replaceFirst("^\\[+", "");
        return type.startsWith("L") ? type.substring(1, type.length() - 1) : "java/lang/Object";
    }
}
