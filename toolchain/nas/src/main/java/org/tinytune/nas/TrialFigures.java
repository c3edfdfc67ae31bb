package org.tinytune.nas;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tinytune.core.DecimalText;
import org.tinytune.search.trial.FrozenTrial;

/** The figures of a trial as its attributes hold them: decimal text by name. */
public final class TrialFigures {
    /** Accuracy of the float model on the validation part. */
    public static final String FLOAT_ACCURACY = "floatValidationAccuracy";
    /** Accuracy of the INT8 model on the validation part: what the search maximises. */
    public static final String INT8_ACCURACY = "int8ValidationAccuracy";

    /** Mean cross-entropy of the INT8 model on the validation part. */
    public static final String INT8_LOSS = "int8ValidationLoss";

    private TrialFigures() {}

    /** What a footprint adds to a trial's attributes. */
    static Map<String, String> attributes(Footprint footprint) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("ramBytes", Long.toString(footprint.ramBytes()));
        attributes.put("arenaBytes", Long.toString(footprint.arenaBytes()));
        attributes.put("flashBytes", Long.toString(footprint.flashBytes()));
        attributes.put("latencyMicros", DecimalText.of(footprint.latency().micros()));
        attributes.put(
                "latencyDeviationMicros", DecimalText.of(footprint.latency().deviationMicros()));
        attributes.put("energyMicrojoules", DecimalText.of(footprint.energyMicrojoules()));
        attributes.put("macs", Long.toString(footprint.macs()));
        return attributes;
    }

    /**
     * A figure of a trial.
     *
     * @throws IllegalArgumentException if the trial does not have it
     */
    public static double of(FrozenTrial trial, String name) {
        String text = trial.attributes().get(name);
        if (text == null) {
            throw new IllegalArgumentException("trial " + trial.number() + " has no figure " + name);
        }
        return Double.parseDouble(text);
    }
}
