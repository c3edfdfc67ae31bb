package org.tinytune.data.recording;

import java.util.List;
import java.util.Optional;
import org.tinytune.data.recording.RecordingSource.Take;
import org.tinytune.data.recording.RecordingSurvey.Facts;

/**
 * Chooses one scale for all recordings of a set: real units a count.
 *
 * <ul>
 *   <li>what the user says, if nothing is out of its range;
 *   <li>that of the files, if they hold counts of one scale;
 *   <li>1, if all readings are integers that an int16 can hold;
 *   <li>for sound, 1/32768, or the next power of two that holds the largest reading;
 *   <li>otherwise the smallest of 1, 2 and 5 times a power of ten that holds it.
 * </ul>
 */
public final class RecordingScale {
    private static final double FULL_SCALE = 1.0 / 32768;

    private static final int MIN_EXPONENT = -30;
    private static final int MAX_EXPONENT = 38;

    private RecordingScale() {}

    /**
     * The scale of readings that come from nowhere else.
     *
     * @param all at least one
     * @param declared by the user
     */
    public static double of(List<Readings> all, Optional<Double> declared) {
        return choose(
                all.stream()
                        .map(r -> Facts.of(new Take("the data set", "", Optional.empty(), Optional.empty(), r)))
                        .toList(),
                declared);
    }

    /** @param recordings at least one, of one kind */
    static double choose(List<Facts> recordings, Optional<Double> declared) {
        if (declared.isPresent()) {
            requireRange(recordings, declared.get());
            return declared.get();
        }
        Facts first = recordings.get(0);
        if (first.scale() > 0 && recordings.stream().allMatch(r -> r.scale() == first.scale())) {
            return first.scale();
        }
        double peak = recordings.stream().mapToDouble(Facts::peak).max().orElseThrow();
        if (first.kind() == Readings.Kind.AUDIO) {
            double scale = FULL_SCALE;
            while (peak * FULL_SCALE > scale) {
                scale *= 2;
            }
            return scale;
        }
        return recordings.stream().allMatch(Facts::integers) ? 1 : decimalStep(peak);
    }

    private static double decimalStep(double peak) {
        for (int exponent = MIN_EXPONENT; exponent < MAX_EXPONENT && peak > 0; exponent++) {
            for (int digit : new int[] {1, 2, 5}) {
                double step = Double.parseDouble(digit + "e" + exponent);
                if (peak <= step * Short.MAX_VALUE) {
                    return step;
                }
            }
        }
        return 1;
    }

    private static void requireRange(List<Facts> recordings, double scale) {
        for (Facts recording : recordings) {
            if (recording.peak() > -scale * Short.MIN_VALUE) {
                throw RecordingSurvey.invalid(recording.source() + " holds a reading of magnitude " + recording.peak()
                        + ", more than the scale " + scale + " can say in 16 bits, " + scale * Short.MAX_VALUE
                        + ": give a larger one, or none");
            }
        }
    }
}
