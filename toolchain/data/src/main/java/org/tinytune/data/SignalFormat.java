package org.tinytune.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tinytune.core.DecimalText;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.SignalFacts;

/**
 * What the integers of a window of sensor data mean. A window is {@code [samples, 1, channels]}, a value an int16
 * count.
 *
 * @param rateHz moments a second, above 0
 * @param scale real units a count, above 0: 1/32768 for audio, whose unit is full scale
 * @param channels a name each
 * @param unit of the real quantity, such as {@code m/s2}; empty if nothing is known of it
 */
public record SignalFormat(double rateHz, double scale, List<String> channels, String unit) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is not finite and above 0, or there is no channel
     */
    public SignalFormat {
        channels = List.copyOf(channels);
        if (!(rateHz > 0 && scale > 0 && rateHz * scale < Double.POSITIVE_INFINITY) || channels.isEmpty()) {
            throw new IllegalArgumentException(
                    rateHz + " Hz, " + scale + " units a count, " + channels.size() + " channels");
        }
    }

    /** Names of channels that have none. */
    public static List<String> numberedChannels(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(c -> "channel" + c).toList();
    }

    /** What a model for such windows says of them beside its input's scale. */
    public Metadata describe(Metadata metadata) {
        return new SignalFacts(Optional.of(DecimalText.of(rateHz)), channels, unit).storedIn(metadata);
    }
}
