package org.tinytune.search.trial;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tinytune.search.space.Parameters;

/**
 * What is known of a trial at one moment.
 *
 * @param number 0, 1, 2 … in the order of proposal
 * @param state where it is in its life
 * @param parameters the active parameters
 * @param values one for each objective, the first is maximised; all finite; empty unless {@code COMPLETE} or, maybe,
 *     {@code PRUNED}
 * @param constraints one for each constraint, at most 0 where it is met; all finite; may be empty
 * @param attributes whatever else the check and the objective had to say: plain text or JSON, not looked into
 * @param intermediateValues by epoch; may hold NaN
 */
public record FrozenTrial(
        int number,
        TrialState state,
        Parameters parameters,
        List<Double> values,
        List<Double> constraints,
        Map<String, String> attributes,
        SortedMap<Integer, Double> intermediateValues) {

    /** The attribute that says in one line why a trial is {@code FAILED}. */
    public static final String FAILURE = "failure";

    /** Copies the collections. */
    public FrozenTrial {
        values = List.copyOf(values);
        constraints = List.copyOf(constraints);
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        intermediateValues = Collections.unmodifiableSortedMap(new TreeMap<>(intermediateValues));
    }

    /** A trial as the feasibility check leaves it: {@code RUNNING}, or {@code INFEASIBLE}. */
    public static FrozenTrial proposed(int number, Parameters parameters, Feasibility feasibility) {
        return new FrozenTrial(
                number,
                feasibility.isFeasible() ? TrialState.RUNNING : TrialState.INFEASIBLE,
                parameters,
                List.of(),
                feasibility.constraints(),
                feasibility.attributes(),
                new TreeMap<>());
    }

    /**
     * This trial with a result: its attributes are added, its constraint values, if any, replace those of the check.
     */
    public FrozenTrial finished(TrialResult result) {
        Map<String, String> merged = new LinkedHashMap<>(attributes);
        merged.putAll(result.attributes());
        List<Double> measured = result.constraints().isEmpty() ? constraints : result.constraints();
        return new FrozenTrial(
                number, result.state(), parameters, result.values(), measured, merged, intermediateValues);
    }

    /** This trial with one more intermediate value, or another one for an epoch. */
    public FrozenTrial reported(int epoch, double value) {
        SortedMap<Integer, Double> extended = new TreeMap<>(intermediateValues);
        extended.put(epoch, value);
        return new FrozenTrial(number, state, parameters, values, constraints, attributes, extended);
    }

    /** This trial with one more attribute, or another text of one. */
    public FrozenTrial withAttribute(String name, String text) {
        Map<String, String> extended = new LinkedHashMap<>(attributes);
        extended.put(name, text);
        return new FrozenTrial(number, state, parameters, values, constraints, extended, intermediateValues);
    }

    /** This trial without an attribute, if it has that. */
    public FrozenTrial withoutAttribute(String name) {
        Map<String, String> rest = new LinkedHashMap<>(attributes);
        rest.remove(name);
        return new FrozenTrial(number, state, parameters, values, constraints, rest, intermediateValues);
    }

    /** This trial without what an interrupted evaluation reported. */
    public FrozenTrial restarted() {
        return new FrozenTrial(number, state, parameters, values, constraints, attributes, new TreeMap<>());
    }

    /** Whether no constraint is violated. */
    public boolean isFeasible() {
        return Feasibility.isMet(constraints);
    }

    /** Whether it may be the best trial or on a Pareto front: {@code COMPLETE} and within all constraints. */
    public boolean isCandidate() {
        return state == TrialState.COMPLETE && isFeasible();
    }
}
