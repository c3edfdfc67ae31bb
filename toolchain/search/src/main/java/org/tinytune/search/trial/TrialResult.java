package org.tinytune.search.trial;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an evaluation ended.
 *
 * @param state {@code COMPLETE}, {@code PRUNED} or {@code FAILED}
 * @param values one for each objective; empty if failed, and if pruned without a value
 * @param constraints measured values, at most 0 where a constraint is met; empty to keep those of the check
 * @param attributes to be kept with the trial
 */
public record TrialResult(
        TrialState state, List<Double> values, List<Double> constraints, Map<String, String> attributes) {

    /** Copies the collections. */
    public TrialResult {
        values = List.copyOf(values);
        constraints = List.copyOf(constraints);
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** The evaluation ran to its end. A value that is not finite makes the trial {@code FAILED}. */
    public static TrialResult complete(double... values) {
        return new TrialResult(TrialState.COMPLETE, boxed(values), List.of(), Map.of());
    }

    /** The evaluation was given up as not promising, with the values so far, or none. */
    public static TrialResult pruned(double... values) {
        return new TrialResult(TrialState.PRUNED, boxed(values), List.of(), Map.of());
    }

    /**
     * These parameters give no usable value.
     *
     * @param reason one line, kept as the attribute {@link FrozenTrial#FAILURE}
     */
    public static TrialResult failed(String reason) {
        return new TrialResult(TrialState.FAILED, List.of(), List.of(), Map.of(FrozenTrial.FAILURE, reason));
    }

    /** This result with measured constraint values, which replace those of the check. */
    public TrialResult withConstraints(double... measured) {
        return new TrialResult(state, values, boxed(measured), attributes);
    }

    /** This result with one more attribute. */
    public TrialResult withAttribute(String key, String value) {
        Map<String, String> extended = new LinkedHashMap<>(attributes);
        extended.put(key, value);
        return new TrialResult(state, values, constraints, extended);
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
