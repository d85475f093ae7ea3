package io.gatehouse.server.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Collection;

/**
 * One member of every record. Most records say in most members what others said shortly before: it
 * remembers how a few texts are written. Used by one thread at a time.
 */
final class JsonMember {
    /** A power of two. */
    private static final int REMEMBERED = 64;

    /** Longer texts are not remembered, which bounds what is. */
    private static final int LONGEST = 512;

    private final SerializableString start;
    private final SerializableString none;
    private final @Nullable String[] texts = new String[REMEMBERED];
    private final @Nullable SerializableString[] written = new SerializableString[REMEMBERED];

    JsonMember(String name) {
        start = new SerializedString(",\"" + name + "\":");
        none = new SerializedString(start.getValue() + "[]");
    }

    void text(JsonGenerator json, String text) throws IOException {
        SerializableString known = text.length() > LONGEST ? null : known(text);
        if (known != null) {
            json.writeRaw(known);
        } else {
            json.writeRaw(start);
            json.writeString(text);
        }
    }

    /** The member with that text, from the second time on that it is asked for. */
    private @Nullable SerializableString known(String text) {
        int place = text.hashCode() & (REMEMBERED - 1);
        if (!text.equals(texts[place])) {
            texts[place] = text;
            written[place] = null;
            return null;
        }
        if (written[place] == null && isPlain(text)) {
            written[place] = new SerializedString(start.getValue() + '"' + text + '"');
        }
        return written[place];
    }

    /** Whether nothing in it is written as anything else. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    void texts(JsonGenerator json, Collection<String> all) throws IOException {
        if (all.isEmpty()) {
            json.writeRaw(none);
            return;
        }
        json.writeRaw(start);
        json.writeStartArray();
        for (String text : all) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    void number(JsonGenerator json, long number) throws IOException {
        json.writeRaw(start);
        json.writeNumber(number);
    }

    /** To the microsecond. */
    void millis(JsonGenerator json, double millis) throws IOException {
        long micros = Math.round(millis * 1000);
        int rest = (int) (micros % 1000);
        number(json, micros / 1000);
        json.writeRaw('.');
        json.writeRaw((char) ('0' + rest / 100));
        json.writeRaw((char) ('0' + rest / 10 % 10));
        json.writeRaw((char) ('0' + rest % 10));
    }
}
