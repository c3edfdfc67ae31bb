package org.tinytune.search.trial;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What can be said of parameters without evaluating them.
 *
 * @param constraints one for each constraint of the study, at most 0 where it is met; empty if there is none, or if
 *     only an evaluation can tell
 * @param attributes to be kept with the trial
 */
public record Feasibility(List<Double> constraints, Map<String, String> attributes) {
    /** Nothing speaks against it. */
    public static final Feasibility UNCONSTRAINED = new Feasibility(List.of(), Map.of());

    /** Copies the collections; a constraint value must be finite. */
    public Feasibility {
        constraints = List.copyOf(constraints);
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        if (!constraints.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("constraint values " + constraints + " are not all finite");
        }
    }

    /** Whether no constraint is violated. */
    public boolean isFeasible() {
        return isMet(constraints);
    }

    static boolean isMet(List<Double> constraints) {
        return constraints.stream().allMatch(value -> value <= 0);
    }
}
