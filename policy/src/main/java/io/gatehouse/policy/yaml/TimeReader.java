package io.gatehouse.policy.yaml;

import io.gatehouse.policy.rule.TimeWindow;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one window of time. */
final class TimeReader {
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final Pattern DAYS =
            Pattern.compile("(mon|tue|wed|thu|fri|sat|sun)(?:-(mon|tue|wed|thu|fri|sat|sun))?");
    private static final int LETTERS = 3;

    private final Places places;

    TimeReader(Places places) {
        this.places = places;
    }

    @Nullable TimeWindow read(Node node) {
        Map<String, Node> entries = places.mapping(node, "a time", Words.TIME);
        ZoneId zone = zone(node, entries.get("zone"));
        LocalTime from = time(entries.get("from"), "from");
        LocalTime to = time(entries.get("to"), "to");
        Set<DayOfWeek> days = days(entries.get("days"));
        boolean whole = !entries.containsKey("from") && !entries.containsKey("to");
        if (whole && !entries.containsKey("days")) {
            places.complain(node, "a time needs days, or from and to");
        } else if (entries.containsKey("from") != entries.containsKey("to")) {
            places.complain(node, "from and to come together");
        } else if (!whole && from.equals(to)) {
            places.complain(node, "from and to are the same, so no time is between them");
        }
        return zone == null ? null : new TimeWindow(days, from, to, zone);
    }

    private @Nullable ZoneId zone(Node window, @Nullable Node node) {
        if (node == null) {
            places.complain(window, "a time needs a zone, such as Europe/Berlin or UTC");
            return null;
        }
        String text = places.text(node, "zone");
        try {
            return text == null ? null : ZoneId.of(text);
        } catch (DateTimeException e) {
            places.complain(node, "there is no time zone \"" + text + "\"");
            return null;
        }
    }

    private LocalTime time(@Nullable Node node, String what) {
        String text = places.text(node, what);
        if (node == null || text == null) {
            return LocalTime.MIDNIGHT;
        }
        if (!TIME.matcher(text).matches()) {
            places.complain(node, what + " is written \"08:00\", from \"00:00\" to \"23:59\"");
            return LocalTime.MIDNIGHT;
        }
        return LocalTime.parse(text);
    }

    private Set<DayOfWeek> days(@Nullable Node node) {
        if (node == null) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (Node item : places.sequence(node, "days")) {
            String text = places.text(item, "an item of days");
            Matcher matcher = DAYS.matcher(text == null ? "" : text);
            if (matcher.matches()) {
                DayOfWeek day = day(matcher.group(1));
                DayOfWeek last = matcher.group(2) == null ? day : day(matcher.group(2));
                days.add(day);
                while (day != last) {
                    day = day.plus(1);
                    days.add(day);
                }
            } else if (text != null) {
                places.complain(item, "a day is one of mon to sun, and a range mon-fri");
            }
        }
        return days;
    }

    private static DayOfWeek day(String text) {
        return List.of(DayOfWeek.values()).stream()
                .filter(d -> text.equals(d.name().substring(0, LETTERS).toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
    }
}
