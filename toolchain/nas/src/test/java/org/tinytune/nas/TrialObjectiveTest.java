package org.tinytune.nas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.trial.Feasibility;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialContext;
import org.tinytune.search.trial.TrialResult;
import org.tinytune.search.trial.TrialState;
import org.tinytune.search.trial.TrialStoppedException;

class TrialObjectiveTest {
    private static final SearchTask TASK = new SearchTask(SyntheticData.vectors(20, 1), 1);
    private static final TrialObjective OBJECTIVE = new TrialObjective(TASK, 1);

    private static final Map<String, String> FIGURES =
            Map.of("ramBytes", "300", "flashBytes", "5000", "latencyMicros", "12.5");

    /** A trial of one dense layer. */
    private static final class Context implements TrialContext {
        final SortedMap<Integer, Double> reported = new TreeMap<>();
        final FrozenTrial trial;
        int stopAt = Integer.MAX_VALUE;

        Context(double learningRate) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("dense_layers", 0);
            values.put("dropout", 0.0);
            values.put("learning_rate", learningRate);
            values.put("batch_size", 16);
            trial = FrozenTrial.proposed(5, new Parameters(values), new Feasibility(List.of(), FIGURES));
        }

        @Override
        public FrozenTrial trial() {
            return trial;
        }

        @Override
        public long seed(String purpose) {
            return purpose.length();
        }

        @Override
        public void report(int epoch, double value) {
            reported.put(epoch, value);
        }

        @Override
        public boolean isStopRequested() {
            return reported.size() >= stopAt;
        }
    }

    @Test
    void scoresOnTheValidationPartAndKeepsTheFiguresOfTheCheck() {
        Context context = new Context(0.01);
        TrialResult result = OBJECTIVE.evaluate(context);

        assertThat(result.state()).isEqualTo(TrialState.COMPLETE);
        assertThat(result.values().subList(1, 4)).containsExactly(300.0, 5000.0, 12.5);
        assertThat(result.values().get(0)).isGreaterThan(0.7);
        assertThat(result.attributes())
                .containsEntry(
                        TrialFigures.INT8_ACCURACY,
                        Double.toString(result.values().get(0)))
                .containsKeys(TrialFigures.FLOAT_ACCURACY, TrialFigures.INT8_LOSS);
        int epochs =
                TrainingBudget.ofCandidate(TASK.searchData().training().size()).epochs() + 1;
        assertThat(context.reported).hasSize(epochs).containsKeys(0, epochs - 1);
    }

    @Test
    void givesUpWhenAskedTo() {
        Context context = new Context(0.01);
        context.stopAt = 3;

        assertThatThrownBy(() -> OBJECTIVE.evaluate(context)).isInstanceOf(TrialStoppedException.class);
        assertThat(context.reported).hasSize(3);
    }

    @Test
    void aTrainingThatDivergesFailsItsTrialAlone() {
        TrialResult result = OBJECTIVE.evaluate(new Context(1e30));

        assertThat(result.state()).isEqualTo(TrialState.FAILED);
        assertThat(result.attributes().get(FrozenTrial.FAILURE)).contains("training diverged in epoch 1");
    }
}
