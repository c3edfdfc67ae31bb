package org.tinytune.core.graph;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a model's metadata tell of the signal that its samples are of.
 *
 * @param statedRate moments a second as they state it, which need be no number; empty if they state none
 * @param channels by name; none if they do not tell
 * @param unit of the real values; empty if they do not tell
 */
public record SignalFacts(Optional<String> statedRate, List<String> channels, String unit) {
    private static final String RATE_KEY = "sampleRateHz";
    private static final String CHANNELS_KEY = "channels";
    private static final String UNIT_KEY = "unit";
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,20})?([eE]-?[0-9]{1,2})?");

    /** Keeps a copy. */
    public SignalFacts {
        channels = List.copyOf(channels);
    }

    /** Those of a model. */
    public static SignalFacts of(Metadata metadata) {
        String channels = metadata.extra().getOrDefault(CHANNELS_KEY, "");
        return new SignalFacts(
                Optional.ofNullable(metadata.extra().get(RATE_KEY)),
                channels.isEmpty() ? List.of() : List.of(channels.split(",", -1)),
                metadata.extra().getOrDefault(UNIT_KEY, ""));
    }

    /** The rate as text, a plain decimal number above 0; empty if the stated one is none. */
    public Optional<String> rate() {
        return statedRate.filter(text -> DECIMAL.matcher(text).matches() && Double.parseDouble(text) > 0);
    }

    /** The rate, above 0; empty if the stated one is no plain number. */
    public Optional<Double> rateHz() {
        return rate().map(Double::parseDouble);
    }

    /** Metadata that state these; a comma in the name of a channel becomes a space. */
    public Metadata storedIn(Metadata metadata) {
        Metadata stored = metadata;
        if (statedRate.isPresent()) {
            stored = stored.withExtra(RATE_KEY, statedRate.get());
        }
        if (!channels.isEmpty()) {
            List<String> names =
                    channels.stream().map(name -> name.replace(',', ' ')).toList();
            stored = stored.withExtra(CHANNELS_KEY, String.join(",", names));
        }
        return unit.isEmpty() ? stored : stored.withExtra(UNIT_KEY, unit);
    }
}
