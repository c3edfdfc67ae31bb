package org.tinytune.search.sampler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;
import org.tinytune.search.trial.Feasibility;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialResult;
import org.tinytune.search.trial.TrialState;

/** Trials without a study. */
final class Trials {
    private Trials() {}

    /** What a sampler proposes one after the other, each result known to the next. */
    static List<FrozenTrial> run(
            Sampler sampler, SearchSpace space, long seed, int count, Function<Parameters, TrialResult> objective) {
        List<FrozenTrial> trials = new ArrayList<>();
        extend(trials, sampler, space, seed, count, objective);
        return trials;
    }

    /** Adds trials until there are so many. */
    static void extend(
            List<FrozenTrial> trials,
            Sampler sampler,
            SearchSpace space,
            long seed,
            int count,
            Function<Parameters, TrialResult> objective) {
        while (trials.size() < count) {
            Parameters parameters = sampler.sample(new History(space, seed, trials.size(), trials, List.of()));
            trials.add(FrozenTrial.proposed(trials.size(), parameters, Feasibility.UNCONSTRAINED)
                    .finished(objective.apply(parameters)));
        }
    }

    static FrozenTrial trial(
            int number, TrialState state, Parameters parameters, List<Double> values, List<Double> constraints) {
        return new FrozenTrial(number, state, parameters, values, constraints, Map.of(), new TreeMap<>());
    }

    static FrozenTrial complete(int number, Parameters parameters, double value, Double... constraints) {
        return trial(number, TrialState.COMPLETE, parameters, List.of(value), List.of(constraints));
    }

    static FrozenTrial running(int number, Parameters parameters) {
        return trial(number, TrialState.RUNNING, parameters, List.of(), List.of());
    }

    static Parameters at(String name, Object value) {
        return new Parameters(Map.of(name, value));
    }

    /** Of {@link TestSpaces#MIXED}: best at three wide blocks of width 40, rate 0.01, no dropout. */
    static TrialResult mixed(Parameters p) {
        double value = p.getInt("blocks") - 5 * p.getDouble("dropout");
        value -= Math.pow(StrictMath.log(p.getDouble("rate") / 0.01), 2) / 4;
        value += p.has("kind") && p.getString("kind").equals("wide") ? 1 : 0;
        value -= p.has("width") ? Math.abs(p.getInt("width") - 40) / 20.0 : 0.5;
        return TrialResult.complete(value);
    }
}
