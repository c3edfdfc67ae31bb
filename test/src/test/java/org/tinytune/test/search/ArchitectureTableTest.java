package org.tinytune.test.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tinytune.core.board.Boards;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.search.sampler.BayesSampler;
import org.tinytune.search.sampler.RandomSampler;
import org.tinytune.search.sampler.Sampler;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.storage.InMemoryStorage;
import org.tinytune.search.study.RunLimits;
import org.tinytune.search.study.Study;
import org.tinytune.search.study.StudyListener;
import org.tinytune.search.study.StudyRunner;
import org.tinytune.search.study.StudySettings;
import org.tinytune.search.trial.Feasibility;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialResult;
import org.tinytune.test.search.ArchitectureTable.Laboratory;
import org.tinytune.test.search.ArchitectureTable.Row;

/**
 * Samplers on a recorded table of trained architectures. With the system property {@code tinytune.update=true} the
 * table is recorded anew first.
 */
class ArchitectureTableTest {
    private static final int TRIALS = 20;
    private static final int SEEDS = 20;
    private static final double SIGNIFICANCE = 0.05;
    private static final int RETRAINED = 3;
    /** What another version of the compiler may change. */
    private static final long CODE_BYTES = 600;

    private static ArchitectureTable table;

    @BeforeAll
    static void read() throws IOException {
        if (Boolean.getBoolean("tinytune.update")) {
            ArchitectureTable.record();
        }
        table = ArchitectureTable.read();
    }

    @Test
    void theTableIsWhatTrainingGives() {
        Laboratory laboratory = new Laboratory();
        for (Parameters parameters : table.some(RETRAINED)) {
            Row recorded = table.row(parameters);
            Row now = laboratory.row(parameters);
            assertThat(now.accuracy()).as("accuracy of %s", parameters).isEqualTo(recorded.accuracy(), within(1e-6));
        }
    }

    @Test
    void theTableIsWhatTheLinkerGives() {
        InstalledTools.assumeCompilerOf(Boards.byId("arduino-uno"));
        Parameters parameters = table.some(1).get(0);
        assertThat(new Laboratory().row(parameters).flashBytes())
                .as("flash of %s", parameters)
                .isCloseTo(table.row(parameters).flashBytes(), within(CODE_BYTES));
    }

    @Test
    void someOfItsNetworksFitAndSomeDoNot() {
        long fitting = table.rows().values().stream()
                .filter(row -> row.over().stream().allMatch(over -> over <= 0))
                .count();
        assertThat(fitting).isBetween(table.rows().size() / 10L, table.rows().size() * 9L / 10);
    }

    @Test
    void bayesFindsBetterNetworksThanRandom() {
        List<String> results = new ArrayList<>();
        int wins = 0;
        int losses = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            double bayes = best(new BayesSampler(), seed);
            double random = best(new RandomSampler(), seed);
            results.add(seed + ": " + bayes + " against " + random);
            wins += bayes > random ? 1 : 0;
            losses += bayes < random ? 1 : 0;
        }
        assertThat(signTest(wins, losses))
                .as("%d wins, %d losses in %s; %s", wins, losses, table, results)
                .isLessThan(SIGNIFICANCE);
    }

    @Test
    void theSignTestIsThatOfTheTextbook() {
        assertThat(signTest(9, 1)).isEqualTo(11 / 1024.0, within(1e-15));
        assertThat(signTest(1, 1)).isEqualTo(0.75, within(1e-15));
        assertThat(signTest(0, 0)).isEqualTo(1);
    }

    /** The probability of at least so many wins if both were equally good, ties left out. */
    private static double signTest(int wins, int losses) {
        int n = wins + losses;
        double binomial = 1;
        double sum = 0;
        for (int k = 0; k <= n; k++) {
            sum += k >= wins ? binomial : 0;
            binomial = binomial * (n - k) / (k + 1);
        }
        return sum / Math.pow(2, n);
    }

    /** The accuracy of the best of 20 trained candidates, proposed as a search would: with constraints and lag. */
    private static double best(Sampler sampler, long seed) {
        StudySettings settings = StudySettings.of(ArchitectureTable.SPACE, sampler, seed)
                .withObjectives("accuracy")
                .withConstraints(
                        parameters -> new Feasibility(table.row(parameters).over(), Map.of()),
                        "ramBytes",
                        "flashBytes");
        try (Study study = Study.open(settings, new InMemoryStorage())) {
            new StudyRunner(
                            study,
                            trial -> TrialResult.complete(
                                    table.row(trial.parameters()).accuracy()),
                            RunLimits.ofTrials(TRIALS),
                            StudyListener.NONE)
                    .run();
            return study.trials().stream()
                    .filter(FrozenTrial::isCandidate)
                    .map(trial -> trial.values().get(0))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }
}
