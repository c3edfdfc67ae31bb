package org.tinytune.runtimegen;

import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.Metadata;

/**
 * What a model's metadata tell of the signal that its samples are of, for comments.
 *
 * @param rateHz moments a second, a decimal number; empty if they do not tell
 * @param unit of the real values; empty if they do not tell
 * @param channels by name; none if they do not tell
 */
public record SignalFacts(Optional<String> rateHz, String unit, List<String> channels) {
    private static final String RATE_KEY = "sampleRateHz";
    private static final String UNIT_KEY = "unit";
    private static final String CHANNELS_KEY = "channels";
    private static final String DECIMAL = "[0-9]{1,9}(\\.[0-9]{1,20})?(E-?[0-9]{1,2})?";

    /** Those of a model; a rate that is no plain number counts as none. */
    public static SignalFacts of(Metadata metadata) {
        String channels = metadata.extra().getOrDefault(CHANNELS_KEY, "");
        return new SignalFacts(
                Optional.ofNullable(metadata.extra().get(RATE_KEY)).filter(rate -> rate.matches(DECIMAL)),
                metadata.extra().getOrDefault(UNIT_KEY, ""),
                channels.isEmpty() ? List.of() : List.of(channels.split(",", -1)));
    }
}
