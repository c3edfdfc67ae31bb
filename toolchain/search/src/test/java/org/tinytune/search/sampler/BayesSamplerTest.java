package org.tinytune.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.tinytune.search.space.IntDistribution;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialResult;
import org.tinytune.search.trial.TrialState;

class BayesSamplerTest extends SamplerContract {
    private static final int SEEDS = 20;
    /** Of 20 fair coins, 16 or more show heads with a probability of 0.6 %. */
    private static final int WINS = 16;

    @Override
    Sampler sampler() {
        return new BayesSampler();
    }

    @Test
    void beatsRandomSearchOnASmoothFunction() {
        assertBeatsRandom(TestSpaces.SQUARE, 20, p -> TrialResult.complete(-branin(p)));
    }

    @Test
    void beatsRandomSearchOnAMixedSpace() {
        assertBeatsRandom(TestSpaces.MIXED, 24, Trials::mixed);
    }

    /** The two best of Branin's three minima are forbidden. */
    @Test
    void beatsRandomSearchUnderAConstraint() {
        assertBeatsRandom(
                TestSpaces.SQUARE,
                20,
                p -> TrialResult.complete(-branin(p)).withConstraints(0.7 - p.getDouble("x") + p.getDouble("y")));
    }

    private void assertBeatsRandom(SearchSpace space, int count, Function<Parameters, TrialResult> objective) {
        int wins = 0;
        List<String> results = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            double bayes = best(Trials.run(sampler(), space, seed, count, objective));
            double random = best(Trials.run(new RandomSampler(), space, seed, count, objective));
            wins += bayes > random ? 1 : 0;
            results.add("seed " + seed + ": " + bayes + " and at random " + random);
        }
        assertThat(wins).as("wins\n%s", String.join("\n", results)).isGreaterThanOrEqualTo(WINS);
    }

    private static double best(List<FrozenTrial> trials) {
        return trials.stream()
                .filter(FrozenTrial::isCandidate)
                .mapToDouble(trial -> trial.values().get(0))
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    /** Source: Dixon and Szegö 1978; x1 from −5 to 10, x2 from 0 to 15; three minima of 0.397887. */
    private static double branin(Parameters p) {
        double x1 = 15 * p.getDouble("x") - 5;
        double x2 = 15 * p.getDouble("y");
        double a = x2 - 5.1 / (4 * Math.PI * Math.PI) * x1 * x1 + 5 / Math.PI * x1 - 6;
        return a * a + 10 * (1 - 1 / (8 * Math.PI)) * StrictMath.cos(x1) + 10;
    }

    @Test
    void triesEveryPointOfASmallSpaceBeforeItRepeatsOne() {
        for (int startup : new int[] {1, 3, 8, 40}) {
            for (long seed = 0; seed < 5; seed++) {
                List<FrozenTrial> trials = Trials.run(
                        new BayesSampler(startup),
                        TestSpaces.SMALL,
                        seed,
                        TestSpaces.SMALL_SIZE + 2,
                        p -> TrialResult.complete(p.getString("a").equals("x") ? 1 : 0));
                Set<Parameters> different = new HashSet<>();
                trials.forEach(trial -> different.add(trial.parameters()));
                assertThat(different)
                        .as("%d startup trials, seed %d", startup, seed)
                        .hasSize(TestSpaces.SMALL_SIZE);
            }
        }
    }

    /** What is left is drawn once in ten thousand times: neither 200 startup draws nor 1000 candidates find it. */
    @Test
    void proposesTheUnlikelyPointThatIsLeft() {
        SearchSpace space =
                SearchSpace.builder().add("n", IntDistribution.log(1, 1000)).build();
        List<FrozenTrial> rejected = new ArrayList<>();
        for (int n = 1; n < 1000; n++) {
            rejected.add(Trials.trial(n - 1, TrialState.INFEASIBLE, Trials.at("n", n), List.of(), List.of(1.0)));
        }
        assertThat(sampler().sample(new History(space, 1, 999, rejected, List.of())))
                .as("at startup")
                .isEqualTo(Trials.at("n", 1000));
        List<FrozenTrial> evaluated = new ArrayList<>();
        for (int n = 1; n < 1000; n++) {
            evaluated.add(
                    n > 20
                            ? Trials.trial(n - 1, TrialState.INFEASIBLE, Trials.at("n", n), List.of(), List.of(1.0))
                            : Trials.complete(n - 1, Trials.at("n", n), n, -1.0));
        }
        assertThat(sampler().sample(new History(space, 1, 999, evaluated, List.of())))
                .as("by the model")
                .isEqualTo(Trials.at("n", 1000));
    }

    @Test
    void pendingTrialsCountAsKnown() {
        List<FrozenTrial> finished = new ArrayList<>();
        List<FrozenTrial> pending = new ArrayList<>();
        Set<Parameters> known = new HashSet<>();
        for (int i = 0; i < TestSpaces.SMALL_SIZE; i++) {
            Parameters next = new BayesSampler(2).sample(new History(TestSpaces.SMALL, 3, i, finished, pending));
            assertThat(known.add(next)).as("trial %d: %s", i, next).isTrue();
            if (i < 4) {
                finished.add(Trials.complete(i, next, i));
            } else {
                pending.add(Trials.running(i, next));
            }
        }
    }

    /** Four proposals, none of which knows the others' results, are not one proposal four times. */
    @Test
    void keepsAwayFromPendingTrials() {
        double together = 0;
        double apart = 0;
        for (long seed = 1; seed <= 10; seed++) {
            List<FrozenTrial> finished =
                    Trials.run(sampler(), TestSpaces.SQUARE, seed, 12, p -> TrialResult.complete(-branin(p)));
            together += leastDistance(finished, seed, false);
            apart += leastDistance(finished, seed, true);
        }
        assertThat(apart).as("sum of distances").isGreaterThan(3 * together);
    }

    private double leastDistance(List<FrozenTrial> finished, long seed, boolean arePending) {
        List<Parameters> proposals = new ArrayList<>();
        List<FrozenTrial> pending = new ArrayList<>();
        double least = Double.POSITIVE_INFINITY;
        for (int number = 12; number < 16; number++) {
            Parameters next = sampler().sample(new History(TestSpaces.SQUARE, seed, number, finished, pending));
            for (Parameters other : proposals) {
                double distance = Math.hypot(
                        next.getDouble("x") - other.getDouble("x"), next.getDouble("y") - other.getDouble("y"));
                least = Math.min(least, distance);
            }
            proposals.add(next);
            if (arePending) {
                pending.add(Trials.running(number, next));
            }
        }
        return least;
    }

    /** What is rejected costs nothing, but must not be most of what is proposed. */
    @Test
    void learnsWhatIsFeasible() {
        int feasible = 0;
        int atRandom = 0;
        for (long seed = 1; seed <= 5; seed++) {
            feasible += feasible(sampler(), seed);
            atRandom += feasible(new RandomSampler(), seed);
        }
        assertThat(feasible).as("of 150, and %d at random", atRandom).isGreaterThan(3 * atRandom);
    }

    /** One point in eight is feasible. */
    private static int feasible(Sampler sampler, long seed) {
        List<FrozenTrial> trials = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Parameters p = sampler.sample(new History(TestSpaces.SQUARE, seed, i, trials, List.of()));
            double over = p.getDouble("x") + p.getDouble("y") - 0.5;
            trials.add(
                    over > 0
                            ? Trials.trial(i, TrialState.INFEASIBLE, p, List.of(), List.of(over))
                            : Trials.complete(i, p, p.getDouble("x"), over));
        }
        return (int) trials.stream().filter(FrozenTrial::isCandidate).count();
    }

    @Test
    void namesItsSettings() {
        assertThat(new BayesSampler(5).describe()).isNotEqualTo(new BayesSampler(6).describe());
        assertThatThrownBy(() -> new BayesSampler(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
