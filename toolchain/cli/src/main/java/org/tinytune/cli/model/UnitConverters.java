package org.tinytune.cli.model;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads quantities with units from the command line. */
public final class UnitConverters {
    private static final Pattern QUANTITY = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([a-zA-Z]*)");
    private static final Map<String, Long> BYTES = Map.of(
            "", 1L, "b", 1L, "k", 1024L, "kb", 1024L, "kib", 1024L, "m", 1L << 20, "mb", 1L << 20, "mib", 1L << 20);
    private static final Map<String, Long> NANOS = Map.of(
            "us",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "min",
            60_000_000_000L,
            "h",
            3_600_000_000_000L);

    private UnitConverters() {}

    /** {@code 8KB}, {@code 2048}: a KB has 1,024 bytes, as memories do. */
    public static final class Bytes implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return positive(text, BYTES, "a size such as 8KB or 2048");
        }
    }

    /** {@code 20ms}, {@code 5m}: a number with its unit. */
    public static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Duration.ofNanos(positive(text, NANOS, "a time such as 20ms, 90s or 5m"));
        }
    }

    private static long positive(String text, Map<String, Long> units, String wanted) {
        Matcher matcher = QUANTITY.matcher(text.strip());
        Long unit = matcher.matches() ? units.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
        double value = unit == null ? 0 : Double.parseDouble(matcher.group(1)) * unit;
        if (!(value >= 1 && value < Long.MAX_VALUE)) {
            throw new TypeConversionException("'" + text + "' is not " + wanted);
        }
        return Math.round(value);
    }
}
