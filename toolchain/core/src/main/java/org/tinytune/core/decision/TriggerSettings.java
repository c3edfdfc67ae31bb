package org.tinytune.core.decision;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Metadata;

/**
 * When results that follow each other are an event. Stored in a model's metadata; {@code model.h} prints it too.
 *
 * @param results that are averaged, in [1, 64]
 * @param threshold that a class's average probability has to reach, in [0, 1]; without meaning where outputs are logits
 * @param pause results after an event during which there is no other one, in [0, 32767]
 * @param ignored classes that are no event, such as noise
 */
public record TriggerSettings(int results, double threshold, int pause, BitSet ignored) {
    /** More are no longer a moment. */
    public static final int MAX_RESULTS = 64;

    private static final String RESULTS_KEY = "triggerResults";
    private static final String THRESHOLD_KEY = "triggerThreshold";
    private static final String PAUSE_KEY = "triggerPause";
    private static final String IGNORED_KEY = "triggerIgnored";

    private static final double USUAL_THRESHOLD = 0.7;
    private static final int USUAL_RESULTS = 8;

    /** What data sets call a class of nothing in particular. */
    private static final Set<String> NOTHING = Set.of(
            "background",
            "idle",
            "noise",
            "none",
            "nothing",
            "other",
            "rest",
            "silence",
            "unknown",
            "background noise");

    /**
     * Keeps a copy, and checks the ranges.
     *
     * @throws InvalidModelException naming what is out of its range
     */
    public TriggerSettings {
        ignored = (BitSet) ignored.clone();
        if (results < 1 || results > MAX_RESULTS) {
            throw new InvalidModelException("a trigger averages 1 to " + MAX_RESULTS + " results, not " + results);
        }
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new InvalidModelException("a trigger's threshold is a probability, not " + threshold);
        }
        if (pause < 0 || pause > Short.MAX_VALUE) {
            throw new InvalidModelException("a trigger pauses for 0 to 32767 results, not " + pause);
        }
    }

    /** A copy. */
    @Override
    public BitSet ignored() {
        return (BitSet) ignored.clone();
    }

    /**
     * Those that a model's metadata state, and what is usual for what they do not: half a window averaged, at most
     * eight results, a probability of 0.7, a pause of a window, and no event of a label that says nothing.
     *
     * @throws InvalidModelException if they are damaged
     */
    public static TriggerSettings of(Metadata metadata) {
        int steps = metadata.steps();
        return new TriggerSettings(
                number(metadata, RESULTS_KEY)
                        .map(Double::intValue)
                        .orElse(Math.max(1, Math.min(USUAL_RESULTS, steps / 2))),
                number(metadata, THRESHOLD_KEY).orElse(USUAL_THRESHOLD),
                number(metadata, PAUSE_KEY).map(Double::intValue).orElse(Math.min(Short.MAX_VALUE, steps)),
                stated(metadata).orElseGet(() -> sayingNothing(metadata.labels())));
    }

    private static Optional<Double> number(Metadata metadata, String key) {
        String stated = metadata.extra().get(key);
        if (stated == null) {
            return Optional.empty();
        }
        if (!stated.matches("[0-9]{1,6}(\\.[0-9]{1,17})?")) {
            throw new InvalidModelException("the model's metadata state '" + stated + "' as " + key);
        }
        return Optional.of(Double.parseDouble(stated));
    }

    private static Optional<BitSet> stated(Metadata metadata) {
        String stated = metadata.extra().get(IGNORED_KEY);
        if (stated == null) {
            return Optional.empty();
        }
        if (!stated.matches("([0-9]{1,4}(,[0-9]{1,4})*)?")) {
            throw new InvalidModelException("the model's metadata state '" + stated + "' as " + IGNORED_KEY);
        }
        BitSet classes = new BitSet();
        for (String index : stated.isEmpty() ? new String[0] : stated.split(",", -1)) {
            classes.set(Integer.parseInt(index));
        }
        return Optional.of(classes);
    }

    private static BitSet sayingNothing(List<String> labels) {
        BitSet classes = new BitSet();
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.get(i)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[_\\W]+", " ")
                    .strip();
            classes.set(i, NOTHING.contains(name));
        }
        return classes;
    }

    /** Metadata that state these. */
    public Metadata storedIn(Metadata metadata) {
        String classes = ignored.toString().replaceAll("[{} ]", "");
        return metadata.withExtra(RESULTS_KEY, Integer.toString(results))
                .withExtra(THRESHOLD_KEY, String.format(Locale.ROOT, "%.6f", threshold))
                .withExtra(PAUSE_KEY, Integer.toString(pause))
                .withExtra(IGNORED_KEY, classes);
    }
}
