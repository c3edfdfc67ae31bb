package org.tinytune.data;

import java.util.List;
import java.util.Optional;
import org.tinytune.core.DecimalText;
import org.tinytune.core.graph.Metadata;

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
    /** What a model's metadata call the moments a second. */
    public static final String RATE = "sampleRateHz";

    /** What a model's metadata call the names of the channels, between commas. */
    public static final String CHANNELS = "channels";

    /** What a model's metadata call the unit of readings. */
    public static final String UNIT = "unit";

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

    /** What a model for such windows says of them beside its input's scale; a comma in a name becomes a space. */
    public Metadata describe(Metadata metadata) {
        List<String> names =
                channels.stream().map(name -> name.replace(',', ' ')).toList();
        Metadata described =
                metadata.withExtra(RATE, DecimalText.of(rateHz)).withExtra(CHANNELS, String.join(",", names));
        return unit.isEmpty() ? described : described.withExtra(UNIT, unit);
    }

    /** The rate that a model's metadata tell of, if they tell of any that can be. */
    public static Optional<Double> rateHz(Metadata metadata) {
        String stated = metadata.extra().getOrDefault(RATE, "");
        if (!stated.matches("[0-9.E-]{1,32}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Double.parseDouble(stated)).filter(rate -> rate > 0 && rate < Double.POSITIVE_INFINITY);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
