package org.tinytune.search.sampler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.tinytune.search.gp.GaussianProcess;
import org.tinytune.search.gp.Geometry;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;
import org.tinytune.search.trial.FrozenTrial;

/**
 * Bayesian optimisation: a Gaussian process with a Matérn-5/2 kernel, one lengthscale a parameter, models the
 * objective, one more each constraint that has been violated; the next trial maximises expected improvement times the
 * probability of being feasible.
 *
 * <p>The first trials are a Latin hypercube, redrawn where a point is likely not feasible. Trials whose results must
 * not be known yet count with their parameters alone: they make the model surer of itself around them, so that it looks
 * elsewhere. What has been proposed is not proposed again while anything else is left.
 *
 * <p>Source: Snoek, Larochelle and Adams, Practical Bayesian optimization of machine learning algorithms, NIPS 2012;
 * Gardner et al., Bayesian optimization with inequality constraints, ICML 2014. Checked by: BayesSamplerTest.
 */
public final class BayesSampler implements Sampler {
    /** Trials before the model is asked. */
    public static final int DEFAULT_STARTUP_TRIALS = 8;

    private static final int MAX_OBJECTIVE_OBSERVATIONS = 200;
    private static final int MAX_CONSTRAINT_OBSERVATIONS = 120;
    private static final int STARTUP_DRAWS = 200;
    private static final int BEST_TRIALS = 5;

    private final int startupTrials;

    /** With the usual number of trials before the model is asked. */
    public BayesSampler() {
        this(DEFAULT_STARTUP_TRIALS);
    }

    /** @param startupTrials trials before the model is asked, at least 1 */
    public BayesSampler(int startupTrials) {
        if (startupTrials < 1) {
            throw new IllegalArgumentException("a Bayes sampler needs a startup trial");
        }
        this.startupTrials = startupTrials;
    }

    @Override
    public String describe() {
        return "bayes, " + startupTrials + " startup trials";
    }

    @Override
    public Parameters sample(History history) {
        SearchSpace space = history.space();
        SplittableRandom random = history.random();
        Geometry geometry = geometry(space);
        Set<Parameters> known = new HashSet<>();
        Stream.concat(history.finished().stream(), history.pending().stream())
                .forEach(trial -> known.add(trial.parameters()));
        List<GaussianProcess> constraints = constraints(history, geometry);
        Observations observations = Observations.ofObjective(space, history.finished(), MAX_OBJECTIVE_OBSERVATIONS);
        if (observations.size() < 2 || observations.size() + history.pending().size() < startupTrials) {
            return startup(history, random, constraints, known);
        }
        GaussianProcess objective = observations.fit(geometry);
        List<FrozenTrial> feasible = history.finished().stream()
                .filter(FrozenTrial::isCandidate)
                .sorted(Comparator.comparingDouble(
                        (FrozenTrial trial) -> -trial.values().get(0)))
                .toList();
        OptionalDouble best = feasible.stream()
                .mapToDouble(trial ->
                        objective.predict(space.encode(trial.parameters())).mean())
                .max();
        double[][] pending = history.pending().stream()
                .map(trial -> space.encode(trial.parameters()))
                .toArray(double[][]::new);
        Acquisition acquisition = new Acquisition(objective.withPending(pending), best, constraints);
        return new CandidateSearch(space, random, acquisition::value, known)
                .best(feasible.stream()
                        .limit(BEST_TRIALS)
                        .map(FrozenTrial::parameters)
                        .toList())
                .or(() -> UntriedParameters.find(space, known, random))
                .orElseGet(() -> space.decode(RandomSampler.uniformPoint(space, random)));
    }

    private static Geometry geometry(SearchSpace space) {
        boolean[] ordered = new boolean[space.size()];
        for (int j = 0; j < ordered.length; j++) {
            ordered[j] = space.distribution(j).isOrdered();
        }
        return new Geometry(ordered);
    }

    private static List<GaussianProcess> constraints(History history, Geometry geometry) {
        int count = history.finished().stream()
                .mapToInt(trial -> trial.constraints().size())
                .max()
                .orElse(0);
        List<GaussianProcess> processes = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            Observations.ofConstraint(history.space(), history.finished(), c, MAX_CONSTRAINT_OBSERVATIONS)
                    .ifPresent(observations -> processes.add(observations.fit(geometry)));
        }
        return processes;
    }

    /** A new point, accepted with the probability that it is feasible; the likeliest if none is accepted. */
    private Parameters startup(
            History history, SplittableRandom random, List<GaussianProcess> constraints, Set<Parameters> known) {
        SearchSpace space = history.space();
        double[] point = new LatinHypercube(startupTrials, space.size(), history.seed()).point(history.number());
        Optional<Parameters> likeliest = Optional.empty();
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < STARTUP_DRAWS; i++) {
            Parameters parameters = space.decode(point);
            if (!known.contains(parameters)) {
                double feasibility = Acquisition.logFeasibility(space.encode(parameters), constraints);
                if (random.nextDouble() < StrictMath.exp(feasibility)) {
                    return parameters;
                }
                if (feasibility > greatest) {
                    greatest = feasibility;
                    likeliest = Optional.of(parameters);
                }
            }
            point = RandomSampler.uniformPoint(space, random);
        }
        Parameters last = space.decode(point);
        return likeliest.or(() -> UntriedParameters.find(space, known, random)).orElse(last);
    }
}
