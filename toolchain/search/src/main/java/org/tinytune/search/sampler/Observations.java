package org.tinytune.search.sampler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tinytune.search.gp.GaussianProcess;
import org.tinytune.search.gp.Geometry;
import org.tinytune.search.space.SearchSpace;
import org.tinytune.search.trial.FrozenTrial;

/** Points of the unit cube with a value each, for a Gaussian process. */
final class Observations {
    private final SearchSpace space;
    private final List<double[]> points = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();

    private Observations(SearchSpace space) {
        this.space = space;
    }

    /**
     * The first objective of the trials that were evaluated, as {@code -log(1 + r)} of their regret r in units of the
     * median's: what matters is told apart best near the top, and a few hopeless trials do not stretch the scale. One
     * that failed, or was pruned without a value, counts as the worst seen: it tells to keep away.
     *
     * @param trials finished
     * @param limit on the number of observations: half of them are the best, half the newest
     */
    static Observations ofObjective(SearchSpace space, List<FrozenTrial> trials, int limit) {
        List<FrozenTrial> evaluated =
                trials.stream().filter(Observations::isEvaluated).toList();
        double worst = evaluated.stream()
                .filter(trial -> !trial.values().isEmpty())
                .mapToDouble(trial -> trial.values().get(0))
                .min()
                .orElse(0);
        List<FrozenTrial> chosen = evaluated;
        if (evaluated.size() > limit) {
            int newest = evaluated.size() - limit / 2;
            chosen = new ArrayList<>(evaluated.subList(0, newest).stream()
                    .sorted(Comparator.comparingDouble((FrozenTrial trial) -> -value(trial, worst)))
                    .limit(limit - limit / 2)
                    .toList());
            chosen.addAll(evaluated.subList(newest, evaluated.size()));
        }
        Observations observations = new Observations(space);
        chosen.forEach(trial -> observations.add(trial, value(trial, worst)));
        observations.spreadTop();
        return observations;
    }

    private void spreadTop() {
        if (values.isEmpty()) {
            return;
        }
        List<Double> sorted = values.stream().sorted().toList();
        double top = sorted.get(sorted.size() - 1);
        double regretOfMedian = top - sorted.get(sorted.size() / 2);
        double unit = regretOfMedian > 0 ? regretOfMedian : 1;
        values.replaceAll(value -> -log1p((top - value) / unit));
    }

    /**
     * A constraint of all trials whose values are known, the nearest to its limit first, on a scale that is linear
     * there and logarithmic far away.
     *
     * @param limit on the number of observations
     * @return empty if no trial violates it: then nothing has to be learned
     */
    static Optional<Observations> ofConstraint(SearchSpace space, List<FrozenTrial> trials, int index, int limit) {
        List<FrozenTrial> known = trials.stream()
                .filter(trial -> !trial.constraints().isEmpty())
                .sorted(Comparator.comparingDouble(
                        trial -> Math.abs(trial.constraints().get(index))))
                .toList();
        if (known.stream().noneMatch(trial -> trial.constraints().get(index) > 0)) {
            return Optional.empty();
        }
        double median = Math.abs(known.get(known.size() / 2).constraints().get(index));
        double unit = median > 0 ? median : 1;
        Observations observations = new Observations(space);
        for (FrozenTrial trial : known.subList(0, Math.min(limit, known.size()))) {
            double value = trial.constraints().get(index) / unit;
            observations.add(trial, Math.signum(value) * log1p(Math.abs(value)));
        }
        return Optional.of(observations);
    }

    /** log(1 + x), finite for infinite x too: a quotient of finite numbers that overflowed. */
    private static double log1p(double x) {
        return StrictMath.log1p(Math.min(x, Double.MAX_VALUE));
    }

    private void add(FrozenTrial trial, double value) {
        points.add(space.encode(trial.parameters()));
        values.add(value);
    }

    private static boolean isEvaluated(FrozenTrial trial) {
        return switch (trial.state()) {
            case COMPLETE, PRUNED, FAILED -> true;
            case RUNNING, INFEASIBLE -> false;
        };
    }

    private static double value(FrozenTrial trial, double worst) {
        return trial.values().isEmpty() ? worst : trial.values().get(0);
    }

    int size() {
        return points.size();
    }

    /** [n][d]. */
    double[][] points() {
        return points.toArray(double[][]::new);
    }

    /** [n]. */
    double[] values() {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** A Gaussian process conditioned on them. */
    GaussianProcess fit(Geometry geometry) {
        return GaussianProcess.fit(geometry, points(), values());
    }
}
