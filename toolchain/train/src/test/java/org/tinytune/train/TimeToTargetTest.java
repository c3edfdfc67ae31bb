package org.tinytune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.Activation;
import org.tinytune.train.TimeToTarget.Outcome;
import org.tinytune.train.TimeToTarget.Run;
import org.tinytune.train.optimizer.ConstantSchedule;
import org.tinytune.train.optimizer.Optimizers;

class TimeToTargetTest {
    private static final ListedSamples TRAINING = ListedSamples.bars(300, 1);
    private static final ListedSamples VALIDATION = ListedSamples.bars(90, 2);

    private static Graph graph() {
        return new FloatNetwork(6, 6, 1)
                .conv("conv", 6, 3)
                .relu("relu")
                .mean()
                .dense("dense", 3)
                .softmax()
                .build();
    }

    private static Run measure(double target, String optimizer, double learningRate, int epochs, int threads) {
        TrainingConfig config = TrainingConfig.standard(epochs, 0, 16, 1e-3, threads)
                .with(Optimization.of(Optimizers.ALL.get(optimizer), learningRate, new ConstantSchedule()));
        return TimeToTarget.measure(graph(), TRAINING, VALIDATION, target, config, 7);
    }

    @Test
    void stopsAtTheEndOfTheEpochThatReachesTheTarget() {
        Run run = measure(0.8, "adam", 0.02, 50, 1);

        assertThat(run.outcome()).isEqualTo(Outcome.REACHED);
        assertThat(run.epochs()).isBetween(2, 49);
        assertThat(run.steps()).isEqualTo(19 * run.epochs());
        assertThat(run.scores().get(run.epochs() - 1)).isEqualTo(run.best()).isGreaterThanOrEqualTo(0.8);
        assertThat(run.scores().subList(0, run.epochs() - 1))
                .allSatisfy(score -> assertThat(score).isLessThan(0.8));
        assertThat(run.seconds()).isPositive();
    }

    @Test
    void theLastEpochMayReachIt() {
        int epochs = measure(0.8, "adam", 0.02, 50, 1).epochs();

        assertThat(measure(0.8, "adam", 0.02, epochs, 1).outcome()).isEqualTo(Outcome.REACHED);
        assertThat(measure(0.8, "adam", 0.02, epochs - 1, 1).outcome()).isEqualTo(Outcome.NOT_REACHED);
    }

    @Test
    void saysThatTheTargetWasNotReached() {
        Run run = measure(1, "sgd", 1e-6, 3, 1);

        assertThat(run.outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(run.epochs()).isEqualTo(3);
        assertThat(run.steps()).isEqualTo(3 * 19);
    }

    @Test
    void saysThatTrainingDiverged() {
        assertThat(measure(0.99, "sgd", 1e30, 5, 1).outcome()).isEqualTo(Outcome.DIVERGED);
    }

    @Test
    void stepsAndScoresFollowFromTheSeed() {
        Run one = measure(0.9, "momentum", 0.03, 20, 1);
        Run two = measure(0.9, "momentum", 0.03, 20, 2);

        assertThat(two.steps()).isEqualTo(one.steps());
        assertThat(two.scores()).isEqualTo(one.scores());
    }

    /** Which of two pulses came first: not to be told from the last step alone. */
    @Test
    void sequencesAreTrainedStepByStep() {
        Graph graph = new FloatNetwork(3)
                .svdf("first", 6, 1, 6, Activation.RELU)
                .dense("dense", 2)
                .softmax()
                .build();
        TrainingConfig config = TrainingConfig.standard(40, 0, 16, 0.02, 1);

        Run run =
                TimeToTarget.measure(graph, ListedSamples.orders(200, 1), ListedSamples.orders(60, 2), 0.85, config, 1);

        assertThat(run.outcome()).isEqualTo(Outcome.REACHED);
    }

    @Test
    void aSampleThatIsNoNumberIsNoDivergence() {
        ListedSamples broken = ListedSamples.bars(30, 1).add(0, new float[36]);
        float[] values = new float[36];
        values[3] = Float.NaN;
        broken.add(1, values);
        TrainingConfig config = TrainingConfig.standard(1, 0, 16, 1e-3, 1);

        assertThatThrownBy(() -> TimeToTarget.measure(graph(), broken, VALIDATION, 0.9, config, 1))
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining("NaN");
    }
}
