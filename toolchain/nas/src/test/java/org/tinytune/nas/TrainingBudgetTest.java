package org.tinytune.nas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingBudgetTest {
    @ParameterizedTest
    @CsvSource({"1, 40, 8", "1500, 40, 8", "1501, 40, 8", "6000, 10, 2", "15000, 4, 1", "20000, 3, 1", "1000000, 3, 1"})
    void aCandidateSeesAboutSixtyThousandSamples(int samples, int floatEpochs, int int8Epochs) {
        assertThat(TrainingBudget.ofCandidate(samples)).isEqualTo(new TrainingBudget(floatEpochs, int8Epochs));
    }

    @ParameterizedTest
    @CsvSource({"1, 120, 24", "2000, 100, 20", "10000, 20, 4", "1000000, 14, 2"})
    void theLastTrainingSeesAboutTwoHundredThousand(int samples, int floatEpochs, int int8Epochs) {
        assertThat(TrainingBudget.ofFinal(samples)).isEqualTo(new TrainingBudget(floatEpochs, int8Epochs));
    }

    @Test
    void moreSamplesNeverMeanMoreEpochsAndNeverAreSeenLess() {
        TrainingBudget last = TrainingBudget.ofCandidate(1);
        for (int samples = 2; samples < 100_000; samples += 37) {
            TrainingBudget budget = TrainingBudget.ofCandidate(samples);
            assertThat(budget.epochs()).isLessThanOrEqualTo(last.epochs());
            assertThat(budget.epochs()).isEqualTo(budget.floatEpochs() + budget.int8Epochs());
            assertThat(TrainingBudget.ofFinal(samples).epochs()).isGreaterThan(budget.epochs());
            last = budget;
        }
    }
}
