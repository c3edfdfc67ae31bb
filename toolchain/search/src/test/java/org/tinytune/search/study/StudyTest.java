package org.tinytune.search.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.search.StudyException;
import org.tinytune.search.StudyException.Kind;
import org.tinytune.search.sampler.BayesSampler;
import org.tinytune.search.sampler.History;
import org.tinytune.search.sampler.RandomSampler;
import org.tinytune.search.space.IntDistribution;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;
import org.tinytune.search.storage.InMemoryStorage;
import org.tinytune.search.storage.Storage;
import org.tinytune.search.trial.FeasibilityCheck;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialResult;
import org.tinytune.search.trial.TrialState;

class StudyTest {
    private final TestStudies.Spy spy = new TestStudies.Spy();

    private StudySettings settings() {
        return StudySettings.of(TestStudies.SPACE, spy, 3);
    }

    private static Study open(StudySettings settings) {
        return Study.open(settings, new InMemoryStorage());
    }

    @Test
    void handsOutNoMoreThanTheLagAllows() {
        Study study = open(settings().withLag(2));
        for (int i = 0; i < 3; i++) {
            assertThat(study.ask().orElseThrow().number()).isEqualTo(i);
        }
        assertThat(study.ask()).isEmpty();
        study.tell(2, TrialResult.complete(1));
        assertThat(study.ask()).as("trial 3 must know trial 0").isEmpty();
        study.tell(0, TrialResult.complete(1));
        assertThat(study.ask().orElseThrow().number()).isEqualTo(3);
        assertThat(study.ask()).as("trial 4 must know trial 1").isEmpty();
        study.tell(1, TrialResult.complete(1));
        assertThat(study.ask().orElseThrow().number()).isEqualTo(4);
    }

    @Test
    void aProposalKnowsNothingOfTheNewestTrials() {
        Study study = open(settings().withLag(2));
        for (int i = 0; i < 5; i++) {
            int number = study.ask().orElseThrow().number();
            study.report(number, 0, 1);
            study.tell(number, TrialResult.complete(10 + number).withAttribute("a", "b"));
        }
        study.ask();
        History history = spy.last();
        assertThat(history.number()).isEqualTo(5);
        assertThat(history.finished()).isEqualTo(study.allTrials().subList(0, 3));
        assertThat(history.pending()).extracting(FrozenTrial::number).containsExactly(3, 4);
        for (FrozenTrial pending : history.pending()) {
            assertThat(pending.state()).isEqualTo(TrialState.RUNNING);
            assertThat(pending.values()).isEmpty();
            assertThat(pending.attributes()).isEmpty();
            assertThat(pending.intermediateValues()).isEmpty();
            assertThat(pending.parameters())
                    .isEqualTo(study.allTrials().get(pending.number()).parameters());
        }
    }

    /** The lag counts trials that passed the check; rejected ones are known at once. */
    @Test
    void rejectedTrialsAreKnownAtOnce() {
        Study study = open(settings().withLag(1).withConstraints(TestStudies.CHECK, "least n"));
        int started = 0;
        int rejected = 0;
        while (started < 6) {
            FrozenTrial trial = study.ask().orElseThrow();
            assertThat(spy.last().finished()).hasSize(Math.max(0, started - 1) + rejected);
            assertThat(spy.last().pending()).hasSize(Math.min(started, 1));
            if (trial.state() == TrialState.RUNNING) {
                study.tell(trial.number(), TrialResult.complete(1));
                started++;
                assertThat(study.infeasibleStreak()).isZero();
            } else {
                assertThat(trial.state()).isEqualTo(TrialState.INFEASIBLE);
                assertThat(trial.constraints().get(0)).isPositive();
                rejected++;
            }
        }
        assertThat(rejected).as("so that this tests something").isPositive();
        assertThat(study.startedTrials()).isEqualTo(6);
    }

    /** Whoever is faster, however many are at work: the trials of a study with lag 3 are the same. */
    @Test
    void trialsDoNotDependOnTheOrderOfResults() {
        StudySettings settings = settings().withConstraints(TestStudies.CHECK, "least n");
        List<FrozenTrial> expected = runInAnyOrder(settings, 1, 0);
        for (int workers = 1; workers <= 6; workers++) {
            for (long seed = 1; seed <= 5; seed++) {
                assertThat(runInAnyOrder(settings, workers, seed))
                        .as("%d workers, seed %d", workers, seed)
                        .isEqualTo(expected);
            }
        }
        assertThat(runInAnyOrder(settings.withLag(2), 1, 0)).isNotEqualTo(expected);
    }

    private static List<FrozenTrial> runInAnyOrder(StudySettings settings, int workers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Study study = open(settings);
        List<FrozenTrial> running = new ArrayList<>();
        while (study.trials().size() < 25) {
            if (running.size() < workers) {
                Optional<FrozenTrial> trial = study.ask();
                trial.filter(t -> t.state() == TrialState.RUNNING).ifPresent(running::add);
                if (trial.isPresent()) {
                    continue;
                }
            }
            FrozenTrial done = running.remove(random.nextInt(running.size()));
            study.tell(done.number(), TrialResult.complete(done.parameters().getDouble("x")));
        }
        return study.trials().subList(0, 25);
    }

    @Test
    void handsOutInterruptedTrialsFirstAndFromTheirStart() {
        InMemoryStorage storage = new InMemoryStorage();
        Study study = Study.open(settings(), storage);
        FrozenTrial first = study.ask().orElseThrow();
        FrozenTrial second = study.ask().orElseThrow();
        study.report(0, 0, 0.5);
        study.report(1, 0, 0.5);
        study.tell(1, TrialResult.complete(1));

        Study resumed = Study.open(settings(), storage);

        assertThat(resumed.hasInterrupted()).isTrue();
        assertThat(resumed.trials()).isEmpty();
        assertThat(resumed.allTrials()).hasSize(2);
        assertThat(resumed.ask()).contains(first);
        assertThat(storage.trials().get(0).intermediateValues()).isEmpty();
        assertThat(resumed.hasInterrupted()).isFalse();
        assertThat(resumed.ask().orElseThrow().number()).isEqualTo(2);
        resumed.tell(0, TrialResult.complete(2));
        assertThat(resumed.trials()).hasSize(2);
        assertThat(resumed.trials().get(1).parameters()).isEqualTo(second.parameters());
        assertThat(resumed.trials().get(1).intermediateValues()).isEqualTo(Map.of(0, 0.5));
    }

    @Test
    void aReleasedTrialIsHandedOutAgain() {
        Study study = open(settings());
        FrozenTrial trial = study.ask().orElseThrow();
        study.release(0);
        assertThat(study.hasInterrupted()).isTrue();
        assertThatThrownBy(() -> study.tell(0, TrialResult.complete(1))).isInstanceOf(IllegalStateException.class);
        assertThat(study.ask()).contains(trial);
    }

    @Test
    void valuesThatAreNotFiniteMakeATrialFail() {
        Study study = open(settings()
                .withLag(9)
                .withObjectives("accuracy", "energy")
                .withConstraints(FeasibilityCheck.NONE, "ram"));
        for (int i = 0; i < 4; i++) {
            study.ask();
        }
        FrozenTrial nan = study.tell(0, TrialResult.complete(1, Double.NaN).withAttribute("log", "kept"));
        assertThat(nan.state()).isEqualTo(TrialState.FAILED);
        assertThat(nan.values()).isEmpty();
        assertThat(nan.attributes()).isEqualTo(Map.of("failure", "objective energy is NaN", "log", "kept"));
        FrozenTrial infinite = study.tell(1, TrialResult.pruned(Double.NEGATIVE_INFINITY, 1));
        assertThat(infinite.state()).isEqualTo(TrialState.FAILED);
        FrozenTrial constraint = study.tell(2, TrialResult.complete(1, 1).withConstraints(Double.POSITIVE_INFINITY));
        assertThat(constraint.attributes()).containsEntry("failure", "constraint ram is Infinity");
        assertThat(constraint.constraints()).isEmpty();
        assertThat(study.tell(3, TrialResult.pruned()).state()).isEqualTo(TrialState.PRUNED);
        assertThat(study.best()).isEmpty();
    }

    @Test
    void refusesResultsOfAnotherShape() {
        Study study = open(settings().withConstraints(FeasibilityCheck.NONE, "ram"));
        study.ask();
        assertThatThrownBy(() -> study.tell(0, TrialResult.complete(1, 2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> study.tell(0, TrialResult.complete())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> study.tell(0, TrialResult.complete(1).withConstraints(1, 2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> study.tell(0, new TrialResult(TrialState.RUNNING, List.of(), List.of(), Map.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> study.tell(1, TrialResult.complete(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> study.report(0, -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(study.tell(0, TrialResult.complete(1)).state()).isEqualTo(TrialState.COMPLETE);
        assertThatThrownBy(() -> study.tell(0, TrialResult.complete(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> study.report(0, 0, 1)).isInstanceOf(IllegalStateException.class);
    }

    /** A check that throws, or a sampler, leaves the study as it was. */
    @Test
    void aFailedProposalIsNoTrial() {
        boolean[] fails = {true};
        FeasibilityCheck check = parameters -> {
            if (fails[0]) {
                throw new IllegalStateException("no compiler");
            }
            return FeasibilityCheck.NONE.check(parameters);
        };
        Study study = open(settings().withConstraints(check));
        assertThatThrownBy(study::ask).hasMessage("no compiler");
        assertThat(study.allTrials()).isEmpty();
        fails[0] = false;
        assertThat(study.ask().orElseThrow().number()).isZero();
    }

    @Test
    void bestIsTheFirstOfTheBestFeasible() {
        Study study = open(settings().withLag(0).withConstraints(FeasibilityCheck.NONE, "latency"));
        double[][] results = {{1, -1}, {5, 0.1}, {3, -1}, {3, -2}, {2, 0}};
        for (double[] result : results) {
            int number = study.ask().orElseThrow().number();
            study.tell(number, TrialResult.complete(result[0]).withConstraints(result[1]));
        }
        assertThat(study.best().orElseThrow().number()).isEqualTo(2);
    }

    @Test
    void seedsBelongToATrialAndAPurpose() {
        Study study = open(settings());
        assertThat(study.seed(0, "weights"))
                .isEqualTo(open(settings()).seed(0, "weights"))
                .isNotEqualTo(study.seed(1, "weights"))
                .isNotEqualTo(study.seed(0, "dropout"))
                .isNotEqualTo(open(TestStudies.random(4)).seed(0, "weights"));
    }

    @Test
    void isResumedWithTheSameSettings() {
        InMemoryStorage storage = new InMemoryStorage();
        Study.open(TestStudies.bayes(1), storage).ask();
        Study resumed = Study.open(TestStudies.bayes(1), storage);
        assertThat(resumed.allTrials()).hasSize(1);
        assertThat(resumed.settings().metadata()).isEqualTo(storage.metadata());
    }

    @Test
    void refusesChangedSettingsAndNamesThem() {
        StudySettings before = TestStudies.random(1).withFingerprint("data", "0123");
        assertRefused(before, TestStudies.random(2).withFingerprint("data", "0123"), "seed was 1, is 2");
        assertRefused(before, before.withLag(0), "lag was 3, is 0");
        assertRefused(before, before.withObjectives("loss"), "objectives was value, is loss");
        assertRefused(before, before.withConstraints(TestStudies.CHECK, "ram"), "constraints was , is ram");
        assertRefused(before, before.withFingerprint("data", "4567"), "data was 0123, is 4567");
        assertRefused(before, before.withFingerprint("board", "nano"), "board was absent, is nano");
        assertRefused(before, TestStudies.random(1), "data was 0123, is absent");
        assertRefused(
                before,
                StudySettings.of(TestStudies.SPACE, new BayesSampler(4), 1).withFingerprint("data", "0123"),
                "sampler was random, is bayes, 4 startup trials");
        SearchSpace wider = SearchSpace.builder()
                .add("n", IntDistribution.uniform(0, 10))
                .add("x", TestStudies.SPACE.distribution(1))
                .build();
        assertRefused(before, in(wider), "parameter n was int [0, 9], is int [0, 10]");
        SearchSpace swapped = SearchSpace.builder()
                .add("x", TestStudies.SPACE.distribution(1))
                .add("n", TestStudies.SPACE.distribution(0))
                .build();
        assertRefused(before, in(swapped), "space was " + TestStudies.SPACE.fingerprint());
    }

    private static StudySettings in(SearchSpace space) {
        return StudySettings.of(space, new RandomSampler(), 1).withFingerprint("data", "0123");
    }

    private static void assertRefused(StudySettings before, StudySettings after, String difference) {
        Storage storage = new InMemoryStorage();
        Study.open(before, storage);
        StudyException e = catchThrowableOfType(StudyException.class, () -> Study.open(after, storage));
        assertThat(e).as(difference).isNotNull();
        assertThat(e.kind()).isEqualTo(Kind.CHANGED);
        assertThat(e.getMessage())
                .startsWith("study in memory: ")
                .contains(difference)
                .doesNotContain("\n");
        assertThat(storage.metadata()).isEqualTo(before.metadata());
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 20})
    void namesAFewOfManyDifferences(int count) {
        StudySettings before = TestStudies.random(1);
        StudySettings after = before;
        for (int i = 0; i < count; i++) {
            before = before.withFingerprint("key" + i, "a");
            after = after.withFingerprint("key" + i, "b");
        }
        Storage storage = new InMemoryStorage();
        Study.open(before, storage);
        StudySettings changed = after;
        assertThatThrownBy(() -> Study.open(changed, storage))
                .hasMessageContaining("key5 was a, is b" + (count == 6 ? " (" : "; and " + (count - 6) + " more ("));
    }

    @Test
    void closesItsStorage() {
        InMemoryStorage storage = new InMemoryStorage();
        Study.open(settings(), storage).close();
        assertThatThrownBy(storage::trials).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void parametersAreThoseOfTheSampler() {
        Study study = open(settings());
        Parameters parameters = study.ask().orElseThrow().parameters();
        assertThat(parameters).isEqualTo(spy.sample(spy.last()));
    }
}
