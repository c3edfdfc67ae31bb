package org.tinytune.nas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.data.Dataset;
import org.tinytune.data.SplitPlan;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.trial.Feasibility;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialResult;

class PlayOffTest {
    private static final long SEED = 2;
    private static final Dataset FIVE_GROUPS = SyntheticData.groupedVectors(20, 1, 5);

    /** Knows nothing, diverges, and has learnt; as if their one validation part had said the opposite. */
    private static final List<FrozenTrial> RANKED =
            List.of(trial(3, 1e-9, 0.9), trial(1, 1e12, 0.8), trial(2, 1e-2, 0.7), trial(0, 1e-2, 0.6));

    private static FrozenTrial trial(int number, double learningRate, double accuracy) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("dense_layers", 0);
        values.put("dropout", 0.0);
        values.put("learning_rate", learningRate);
        values.put("batch_size", 16);
        return trial(number, new Parameters(values), accuracy);
    }

    private static FrozenTrial trial(int number, Parameters parameters, double accuracy) {
        return FrozenTrial.proposed(number, parameters, Feasibility.UNCONSTRAINED)
                .finished(TrialResult.complete(accuracy));
    }

    private static PlayOff playOff(Dataset data) {
        return new PlayOff(new SearchTask(data, SEED), SEED);
    }

    @Test
    void whoeverDoesBestOverAllGroupsWins() {
        PlayOff playOff = playOff(FIVE_GROUPS);
        List<FrozenTrial> finalists = playOff.finalists(RANKED);
        assertThat(finalists).isEqualTo(RANKED.subList(0, 3));
        AtomicInteger trained = new AtomicInteger();

        List<PlayOff.Standing> standings =
                playOff.run(finalists, 1, PlayOff.Ledger.NONE, trained::incrementAndGet, () -> false);

        // The test part is one group of the five.
        assertThat(trained).hasValue(3 * 4);
        assertThat(standings).extracting(PlayOff.Standing::trial).containsExactly(2, 3, 1);
        assertThat(standings).extracting(PlayOff.Standing::folds).containsOnly(4);
        assertThat(standings.get(0).accuracy()).isGreaterThan(0.75);
        assertThat(standings.get(1).accuracy()).isBetween(0.05, 0.7);
        assertThat(standings.get(2).accuracy()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 40})
    void theNumberOfThreadsDoesNotMatter(int threads) {
        PlayOff playOff = playOff(FIVE_GROUPS);
        List<FrozenTrial> finalists = List.of(RANKED.get(0), RANKED.get(2));
        assertThat(playOff.run(finalists, threads, PlayOff.Ledger.NONE, () -> {}, () -> false))
                .isEqualTo(playOff.run(finalists, 1, PlayOff.Ledger.NONE, () -> {}, () -> false));
    }

    /** Of so many groups, one fifth is the test part, and of one group at least. */
    @ParameterizedTest
    @CsvSource({"3, false", "4, true", "5, true", "12, true", "14, false"})
    void isForFewGroups(int groups, boolean needed) {
        assertThat(playOff(SyntheticData.groupedVectors(4 * groups, 1, groups)).isNeeded())
                .isEqualTo(needed);
    }

    @Test
    void isNotForSamplesWithoutGroupsNorForTime() {
        assertThat(playOff(SyntheticData.vectors(20, 1)).isNeeded()).isFalse();
        assertThat(playOff(SyntheticData.vectors(20, 1)).passes()).isZero();
        assertThat(playOff(SyntheticData.groupedVectors(20, 1, 5, SplitPlan.forward(3, 1)))
                        .isNeeded())
                .isFalse();
    }

    @Test
    void needsAnOpponent() {
        assertThat(playOff(FIVE_GROUPS).finalists(RANKED.subList(0, 1))).isEmpty();
        assertThat(playOff(FIVE_GROUPS).finalists(List.of())).isEmpty();
    }

    @Test
    void whatASearchBeganWithAlwaysTakesPart() {
        SearchTask task = new SearchTask(FeatureSpaceTest.speakers(), SEED);
        List<FrozenTrial> ranked = new ArrayList<>();
        for (int number = 2; number < 8; number++) {
            ranked.add(trial(number, RandomNetworks.parameters(task.space(), number), 0.9));
        }
        List<Parameters> began = task.space().baselines().sizes().get(0);
        ranked.add(trial(0, began.get(0), 0.2));
        ranked.add(trial(1, began.get(1), 0.1));

        assertThat(new PlayOff(task, SEED).finalists(ranked))
                .extracting(FrozenTrial::number)
                .containsExactly(2, 3, 0, 1);
    }

    @Test
    void stopsWhenAsked() {
        assertThatThrownBy(() -> playOff(FIVE_GROUPS).run(RANKED, 2, PlayOff.Ledger.NONE, () -> {}, () -> true))
                .isInstanceOf(CancellationException.class);
    }
}
