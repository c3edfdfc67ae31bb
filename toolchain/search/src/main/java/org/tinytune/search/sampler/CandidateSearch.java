package org.tinytune.search.sampler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;

/**
 * Maximises an acquisition function over a mixed, conditional space: by random points, neighbours of the best trials,
 * and a few rounds of hill climbing from the most promising of both. Every point is decoded and encoded again before
 * the model sees it, so that integers, categories and inactive parameters are what they would be in a trial.
 */
final class CandidateSearch {
    private static final int RANDOM_POINTS = 1000;
    private static final int NEIGHBOURS_PER_TRIAL = 100;
    private static final int CLIMBERS = 8;
    private static final int CLIMBING_ROUNDS = 4;
    private static final int NEIGHBOURS_PER_ROUND = 16;
    private static final double FIRST_STEP = 0.2;
    /** On average so many coordinates change at once. */
    private static final double CHANGED_COORDINATES = 2;

    private final SearchSpace space;
    private final SplittableRandom random;
    private final ToDoubleFunction<double[]> acquisition;
    private final Set<Parameters> known;

    private record Candidate(Parameters parameters, double value) {}

    /**
     * @param acquisition of a point; larger is better
     * @param known parameters of all trials so far, not to be proposed again
     */
    CandidateSearch(
            SearchSpace space, SplittableRandom random, ToDoubleFunction<double[]> acquisition, Set<Parameters> known) {
        this.space = space;
        this.random = random;
        this.acquisition = acquisition;
        this.known = new HashSet<>(known);
    }

    /**
     * The most promising parameters found.
     *
     * @param bestTrials whose neighbourhoods are searched
     * @return empty if every candidate is known
     */
    Optional<Parameters> best(List<Parameters> bestTrials) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < RANDOM_POINTS; i++) {
            add(candidates, RandomSampler.uniformPoint(space, random));
        }
        for (Parameters trial : bestTrials) {
            for (int i = 0; i < NEIGHBOURS_PER_TRIAL; i++) {
                add(candidates, neighbour(trial, FIRST_STEP));
            }
        }
        candidates.sort(Comparator.comparingDouble((Candidate candidate) -> -candidate.value));
        List<Candidate> climbers = candidates.stream().limit(CLIMBERS).toList();
        Optional<Candidate> best = climbers.stream().findFirst();
        for (Candidate climber : climbers) {
            Candidate top = climb(climber);
            if (top.value > best.get().value) {
                best = Optional.of(top);
            }
        }
        return best.map(Candidate::parameters);
    }

    private void add(List<Candidate> candidates, double[] unit) {
        Parameters parameters = space.decode(unit);
        if (known.add(parameters)) {
            candidates.add(candidate(parameters));
        }
    }

    private Candidate candidate(Parameters parameters) {
        return new Candidate(parameters, acquisition.applyAsDouble(space.encode(parameters)));
    }

    private Candidate climb(Candidate start) {
        Candidate top = start;
        double step = FIRST_STEP;
        for (int round = 0; round < CLIMBING_ROUNDS; round++) {
            step /= 2;
            for (int i = 0; i < NEIGHBOURS_PER_ROUND; i++) {
                Parameters parameters = space.decode(neighbour(top.parameters, step));
                if (known.add(parameters)) {
                    Candidate next = candidate(parameters);
                    if (next.value > top.value) {
                        top = next;
                    }
                }
            }
        }
        return top;
    }

    /** A point that differs in some coordinates: by about a step along ordered axes, by any category along others. */
    private double[] neighbour(Parameters parameters, double step) {
        double[] unit = space.encode(parameters);
        List<String> names = space.names();
        double probability = CHANGED_COORDINATES / unit.length;
        int atLeast = random.nextInt(unit.length);
        for (int j = 0; j < unit.length; j++) {
            if (!parameters.has(names.get(j))) {
                unit[j] = random.nextDouble(); // in case the change makes it active
            } else if (j == atLeast || random.nextDouble() < probability) {
                unit[j] = space.distribution(j).isOrdered() ? reflected(unit[j] + step * bell()) : random.nextDouble();
            }
        }
        return unit;
    }

    /** Roughly normal, of deviation 1, by adding and multiplying only: the sum of three uniform numbers. */
    private double bell() {
        return 2 * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
    }

    private static double reflected(double x) {
        double positive = Math.abs(x);
        return positive > 1 ? Math.max(0, 2 - positive) : positive;
    }
}
