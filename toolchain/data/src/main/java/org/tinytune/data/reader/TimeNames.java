package org.tinytune.data.reader;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tinytune.data.recording.TimeUnits;

/** Names of columns that hold times, and the units that they say. */
final class TimeNames {
    /** Whole names, and their unit where the name says it. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("time", ""),
            Map.entry("timestamp", ""),
            Map.entry("timestamps", ""),
            Map.entry("time_stamp", ""),
            Map.entry("time stamp", ""),
            Map.entry("t", ""),
            Map.entry("ts", ""),
            Map.entry("datetime", ""),
            Map.entry("date_time", ""),
            Map.entry("date time", ""),
            Map.entry("epoc", ""),
            Map.entry("epoch", ""),
            Map.entry("elapsed", ""),
            Map.entry("elapsed_time", ""),
            Map.entry("zeit", ""),
            Map.entry("zeitstempel", ""),
            Map.entry("uhrzeit", ""),
            Map.entry("temps", ""),
            Map.entry("tiempo", ""),
            Map.entry("seconds", "s"),
            Map.entry("secs", "s"),
            Map.entry("sekunden", "s"),
            Map.entry("seconds_elapsed", "s"),
            Map.entry("millis", "ms"),
            Map.entry("milliseconds", "ms"),
            Map.entry("millisekunden", "ms"),
            Map.entry("micros", "us"),
            Map.entry("microseconds", "us"));

    /** Those of them that readings have as well: temperatures, in other languages, too. */
    private static final Set<String> OF_READINGS = Set.of("t", "temps");

    /** Words of a name that no reading has. */
    private static final Set<String> SURE_WORDS = Set.of("epoc", "epoch", "datetime");

    private static final Set<String> WORDS = Set.of("times", "elapsed", "since");

    private static final Pattern UNIT = Pattern.compile(
            "(.*?)[\\s_]*[(\\[_ ]\\s*(s|sec|seconds|sek|ms|msec|us|\u00b5s|\u03bcs|ns|(?<=[(\\[]\\s{0,3})(?:min|h))\\s*[)\\]]?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}]+|(?<=\\p{Ll})(?=\\p{Lu})");

    /** Spellings of units that are not those of {@link TimeUnits}. */
    private static final Map<String, String> SPELLINGS = Map.of(
            "sec", "s", "seconds", "s", "second", "s", "sek", "s", "msec", "ms", "\u00b5s", "us", "\u03bcs", "us");

    private TimeNames() {}

    /** Whether the whole name is one of times, but for a unit behind it. */
    static boolean isTime(String header) {
        String name = lower(header);
        Matcher matcher = UNIT.matcher(name);
        return NAMES.containsKey(name) || (matcher.matches() && NAMES.containsKey(matcher.group(1)));
    }

    /** Whether the whole name is one of times and of readings, so that only its numbers tell. */
    static boolean isTimeOrReading(String header) {
        return OF_READINGS.contains(lower(header));
    }

    /** Whether a word of the name is one that only times have, as in {@code sensorTimestamp}. */
    static boolean isSurelyTime(String header) {
        return words(header).anyMatch(word -> SURE_WORDS.contains(word) || word.matches(".*(timestamps?|zeitstempel)"));
    }

    /** Whether a word of the name is one of times, as in {@code time_since_start}, but also in {@code lifetime}. */
    static boolean isLikeTime(String header) {
        return isSurelyTime(header)
                || words(header).anyMatch(word -> WORDS.contains(word) || word.matches(".*(time|zeit)"));
    }

    /** Seconds of the unit that the name of a column states. */
    static Optional<Double> unitOf(String header) {
        String unit = NAMES.getOrDefault(lower(header), "");
        Matcher matcher = UNIT.matcher(header.strip());
        if (unit.isEmpty() && matcher.matches() && (isTime(header) || isLikeTime(matcher.group(1)))) {
            unit = matcher.group(2);
        }
        return unit(unit);
    }

    /** Seconds of a unit as people write it; empty if it is none. */
    static Optional<Double> unit(String spelling) {
        String lower = spelling.toLowerCase(Locale.ROOT);
        String unit = SPELLINGS.getOrDefault(lower, lower);
        return List.of("h", "min", "s", "ms", "us", "ns").contains(unit)
                ? Optional.of(TimeUnits.parse(unit))
                : Optional.empty();
    }

    private static String lower(String header) {
        return header.strip().toLowerCase(Locale.ROOT);
    }

    private static Stream<String> words(String header) {
        return BETWEEN_WORDS.splitAsStream(header).map(word -> word.toLowerCase(Locale.ROOT));
    }
}
