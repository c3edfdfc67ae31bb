package org.tinytune.data.recording;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tinytune.data.recording.RecordingSource.Take;
import org.tinytune.data.recording.RecordingSurvey.Facts;

/**
 * One scale for all recordings of a set, as the range of a sensor is set once. How large it is, recordings of the test
 * part do not say: what they hold beyond it saturates, as it would in the sensor.
 *
 * <ul>
 *   <li>what the user says, if nothing is out of its range;
 *   <li>that of the files, if they hold counts of one scale;
 *   <li>1, if all readings are integers that an int16 can hold;
 *   <li>for sound, 1/32768, or the next power of two that holds the largest reading;
 *   <li>otherwise the smallest of 1, 2 and 5 times a power of ten that holds it.
 * </ul>
 *
 * @param scale real units a count
 * @param note what a user should know of it
 */
public record RecordingScale(double scale, Optional<String> note) {
    private static final double FULL_SCALE = 1.0 / 32768;

    private static final int MIN_EXPONENT = -30;
    private static final int MAX_EXPONENT = 38;

    /**
     * The scale of readings that come from nowhere else.
     *
     * @param training at least one
     * @param test of the same kind
     * @param declared by the user
     */
    public static RecordingScale of(List<Readings> training, List<Readings> test, Optional<Double> declared) {
        return of(
                Stream.concat(
                                training.stream().map(r -> facts(r, DataPart.TRAINING)),
                                test.stream().map(r -> facts(r, DataPart.TEST)))
                        .toList(),
                declared);
    }

    private static Facts facts(Readings readings, DataPart part) {
        return Facts.of(new Take("the data set", "", Optional.empty(), Optional.empty(), Optional.of(part), readings));
    }

    /** @param recordings at least one, of one kind */
    static RecordingScale of(List<Facts> recordings, Optional<Double> declared) {
        if (declared.isPresent()) {
            requireRange(recordings, declared.get());
            return new RecordingScale(declared.get(), Optional.empty());
        }
        double scale = choose(recordings);
        List<Facts> beyond =
                recordings.stream().filter(r -> !isInRange(r, scale)).toList();
        return new RecordingScale(
                scale,
                beyond.isEmpty()
                        ? Optional.empty()
                        : Optional.of("the test part holds readings up to " + RecordingWindows.number(peak(beyond))
                                + ", as in " + beyond.get(0).source() + ", beyond the "
                                + RecordingWindows.number(scale * Short.MAX_VALUE)
                                + " that counts can say by the other recordings: they saturate (scale = ..., or"
                                + " --scale, says another range)"));
    }

    /** The recordings that a scale follows from: those of the test part only if there are no others. */
    static List<Facts> deciding(List<Facts> recordings) {
        List<Facts> others = recordings.stream()
                .filter(r -> !r.part().equals(Optional.of(DataPart.TEST)))
                .toList();
        return others.isEmpty() ? recordings : others;
    }

    /** In which form numbers are written is no matter of their part, and all are asked for it. */
    private static double choose(List<Facts> recordings) {
        Facts first = recordings.get(0);
        if (first.scale() > 0 && recordings.stream().allMatch(r -> r.scale() == first.scale())) {
            return first.scale();
        }
        double peak = peak(deciding(recordings));
        if (first.kind() == Readings.Kind.AUDIO) {
            double scale = FULL_SCALE;
            while (peak * FULL_SCALE > scale) {
                scale *= 2;
            }
            return scale;
        }
        return recordings.stream().allMatch(Facts::integers) ? 1 : decimalStep(peak);
    }

    /** The largest magnitude in some recordings. */
    static double peak(List<Facts> recordings) {
        return recordings.stream().mapToDouble(Facts::peak).max().orElseThrow();
    }

    /** Whether counts can say all that is in a recording, the positive end of their range to a count. */
    private static boolean isInRange(Facts recording, double scale) {
        return recording.peak() <= -scale * Short.MIN_VALUE;
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
            if (!isInRange(recording, scale)) {
                throw RecordingSurvey.invalid(recording.source() + " holds a reading of magnitude " + recording.peak()
                        + ", more than the scale " + scale + " can say in 16 bits, " + scale * Short.MAX_VALUE
                        + ": give a larger one, or none");
            }
        }
    }
}
