package org.tinytune.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.search.ChildJvm;
import org.tinytune.search.space.FloatDistribution;
import org.tinytune.search.space.IntDistribution;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialResult;
import org.tinytune.search.trial.TrialState;

/** What every sampler must do. */
abstract class SamplerContract {
    private static final int TRIALS = 30;

    /** A new one, by the constructor without arguments. */
    abstract Sampler sampler();

    /** Encoding refuses what is out of bounds, off the step, missing, or present though inactive. */
    @Test
    void proposesParametersOfTheSpace() {
        for (long seed = 1; seed <= 3; seed++) {
            Set<String> kinds = new HashSet<>();
            for (FrozenTrial trial : Trials.run(sampler(), TestSpaces.MIXED, seed, TRIALS, Trials::mixed)) {
                Parameters p = trial.parameters();
                assertThat(TestSpaces.MIXED.encode(p))
                        .as("%s, seed %d", p, seed)
                        .hasSize(TestSpaces.MIXED.size());
                assertThat(p.getInt("blocks")).isBetween(1, 3);
                assertThat(p.getInt("units")).isBetween(1, 256);
                assertThat(p.getDouble("rate")).isBetween(1e-4, 1e-1);
                assertThat(p.has("kind")).as("%s, seed %d", p, seed).isEqualTo(p.getInt("blocks") >= 2);
                boolean hasWidth = p.has("kind") && !p.getString("kind").equals("plain");
                assertThat(p.has("width")).as("%s, seed %d", p, seed).isEqualTo(hasWidth);
                if (hasWidth) {
                    assertThat(p.getInt("width") % 8).isZero();
                    assertThat(p.getInt("width")).isBetween(8, 64);
                }
                kinds.add(p.has("kind") ? p.getString("kind") : "none");
            }
            assertThat(kinds).as("seed %d", seed).hasSizeGreaterThan(2);
        }
    }

    @Test
    void proposesTheOnlyPointOfASpace() {
        SearchSpace point = SearchSpace.builder()
                .add("x", FloatDistribution.uniform(2, 2))
                .add("n", IntDistribution.uniform(3, 3))
                .build();
        for (FrozenTrial trial : Trials.run(sampler(), point, 1, 12, p -> TrialResult.complete(1))) {
            assertThat(trial.parameters().getDouble("x")).isEqualTo(2);
            assertThat(trial.parameters().getInt("n")).isEqualTo(3);
        }
    }

    @Test
    void sameSeedGivesTheSameTrialsAndAnotherOthers() {
        List<FrozenTrial> one = Trials.run(sampler(), TestSpaces.MIXED, 5, TRIALS, Trials::mixed);
        assertThat(Trials.run(sampler(), TestSpaces.MIXED, 5, TRIALS, Trials::mixed))
                .isEqualTo(one);
        List<FrozenTrial> other = Trials.run(sampler(), TestSpaces.MIXED, 6, TRIALS, Trials::mixed);
        for (int i = 0; i < TRIALS; i++) {
            assertThat(other.get(i).parameters()).isNotEqualTo(one.get(i).parameters());
        }
    }

    /** One sampler for all, interrupted after each trial and used for other studies, or a new one each time. */
    @Test
    void keepsNoStateBetweenTrials() {
        List<FrozenTrial> expected = Trials.run(sampler(), TestSpaces.MIXED, 9, 14, Trials::mixed);
        Sampler used = sampler();
        List<FrozenTrial> trials = new ArrayList<>();
        while (trials.size() < expected.size()) {
            Trials.run(used, TestSpaces.SMALL, trials.size(), 3, p -> TrialResult.complete(1));
            Sampler next = trials.size() % 2 == 0 ? used : sampler();
            Trials.extend(trials, next, TestSpaces.MIXED, 9, trials.size() + 1, Trials::mixed);
        }
        assertThat(trials).isEqualTo(expected);
    }

    @Test
    void asksAgainAndGetsTheSame() {
        List<FrozenTrial> trials = Trials.run(sampler(), TestSpaces.MIXED, 4, 12, Trials::mixed);
        List<FrozenTrial> pending = List.of(Trials.running(12, trials.get(0).parameters()));
        History history = new History(TestSpaces.MIXED, 4, 13, trials, pending);
        assertThat(sampler().sample(history)).isEqualTo(sampler().sample(history));
    }

    @Test
    void anotherProcessProposesTheSame(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("proposals.txt");
        Process child = ChildJvm.start(
                ProposalsMain.class, file.toString(), sampler().getClass().getName());
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).as("the child ended").isTrue();
        assertThat(child.exitValue()).isZero();
        assertThat(Files.readAllLines(file, StandardCharsets.UTF_8)).isEqualTo(ProposalsMain.proposals(sampler()));
    }

    @Test
    void survivesTrialsWithoutAValue() {
        assertProposesOn("all failed", p -> TrialResult.failed("diverged"));
        assertProposesOn("all pruned without a value", p -> TrialResult.pruned());
        assertProposesOn(
                "some failed", p -> p.getInt("blocks") == 2 ? TrialResult.failed("diverged") : Trials.mixed(p));
    }

    @Test
    void survivesExtremeValues() {
        assertProposesOn("equal", p -> TrialResult.complete(0.1));
        assertProposesOn("huge", p -> TrialResult.complete(p.getInt("blocks") == 1 ? -1e308 : 1e308));
        assertProposesOn("tiny", p -> TrialResult.complete(p.getInt("blocks") * Double.MIN_VALUE));
        assertProposesOn(
                "both", p -> TrialResult.complete(p.getInt("units") < 8 ? -1e300 : 1e-300 * p.getInt("units")));
    }

    @Test
    void survivesExtremeConstraints() {
        assertProposesOn("equal", p -> Trials.mixed(p).withConstraints(0.1));
        assertProposesOn("huge", p -> Trials.mixed(p).withConstraints(p.getInt("blocks") == 1 ? -1e308 : 1e308));
        assertProposesOn("both", p -> Trials.mixed(p).withConstraints(p.getInt("units") < 8 ? 1e300 : -1e-300));
        assertProposesOn("never met", p -> Trials.mixed(p).withConstraints(p.getInt("blocks"), 1e9));
    }

    /** Proposals stay in the space and, on such results too, do not get stuck at one point. */
    private void assertProposesOn(String what, Function<Parameters, TrialResult> objective) {
        Set<Parameters> different = new HashSet<>();
        List<FrozenTrial> trials = Trials.run(sampler(), TestSpaces.MIXED, 3, 16, objective);
        for (FrozenTrial trial : trials) {
            assertThat(TestSpaces.MIXED.encode(trial.parameters())).as(what).doesNotContain(Double.NaN);
            different.add(trial.parameters());
        }
        assertThat(different).as(what).hasSize(trials.size());
    }

    /** Rejected and pending trials, and nothing else to go by. */
    @Test
    void proposesWithoutAnEvaluatedTrial() {
        List<FrozenTrial> rejected = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Parameters parameters =
                    sampler().sample(new History(TestSpaces.MIXED, 8, i, rejected, Collections.emptyList()));
            rejected.add(Trials.trial(i, TrialState.INFEASIBLE, parameters, List.of(), List.of(1.0 + i % 3)));
        }
        List<FrozenTrial> pending = List.of(Trials.running(10, rejected.get(0).parameters()));
        Parameters next = sampler().sample(new History(TestSpaces.MIXED, 8, 11, rejected, pending));
        assertThat(TestSpaces.MIXED.encode(next)).hasSize(TestSpaces.MIXED.size());
    }

    @Test
    void describesItselfInOneLine() {
        assertThat(sampler().describe())
                .isNotBlank()
                .doesNotContain("\n")
                .isEqualTo(sampler().describe());
    }
}
