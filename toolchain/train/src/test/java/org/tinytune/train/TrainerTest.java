package org.tinytune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.data.Samples;
import org.tinytune.data.augmentation.Augmentation;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.optimizer.Momentum;
import org.tinytune.train.optimizer.Schedule;
import org.tinytune.train.quantize.Calibration;
import org.tinytune.train.quantize.QatGraph;

class TrainerTest {
    private static final ListedSamples TRAINING = ListedSamples.bars(300, 1);
    private static final Optional<Samples> VALIDATION = Optional.of(ListedSamples.bars(90, 2));

    private static TrainingResult train(TrainingConfig config, Optional<Samples> validation) {
        return Trainer.fit(
                TrainedDigest.network(), TRAINING, validation, config, 1, TrainingListener.NONE, () -> false);
    }

    @Test
    void learnsWhatCanBeLearnt() {
        TrainingResult result = train(TrainingConfig.standard(25, 5, 16, 0.02, 1), VALIDATION);
        ListedSamples test = ListedSamples.bars(300, 3);
        assertThat(Evaluator.evaluate(result.floatGraph(), test, 1).accuracy()).isGreaterThan(0.95);
        assertThat(Evaluator.evaluate(result.int8Graph(), test, 1).accuracy()).isGreaterThan(0.95);
        assertThat(result.history()).hasSize(25 + 1 + 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theNumberOfThreadsDoesNotMatter(int threads) {
        TrainingResult one = TrainedDigest.train(1, 1);
        TrainingResult more = TrainedDigest.train(1, threads);
        assertThat(more.int8Graph()).isEqualTo(one.int8Graph());
        assertThat(more).isEqualTo(one);
        assertThat(TrainedDigest.of(more)).isEqualTo(TrainedDigest.of(one));
    }

    @Test
    void anotherSeedGivesAnotherNetwork() {
        assertThat(TrainedDigest.train(2, 1).int8Graph())
                .isNotEqualTo(TrainedDigest.train(1, 1).int8Graph());
    }

    /** In another JVM, in plain Java and on the Vector API. */
    @Test
    void loopsAndJvmsGiveTheSameBytes() throws IOException, InterruptedException {
        String expected = TrainedDigest.of(TrainedDigest.train(1, 1));
        assertThat(digest("-Dtinytune.vector=plain"))
                .isEqualTo(VectorProvider.plain().name() + " " + expected);
        assertThat(digest("-Dtinytune.vector=best"))
                .isEqualTo(VectorProvider.get().name() + " " + expected);
    }

    private static String digest(String property) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:TieredStopAtLevel=1",
                property,
                "-cp",
                System.getProperty("java.class.path"),
                TrainedDigest.class.getName());
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output.strip();
    }

    @Test
    void withoutInt8EpochsItIsLeftAtCalibration() {
        TrainingResult result = train(TrainingConfig.standard(3, 0, 16, 0.02, 1), VALIDATION);
        Graph folded = result.floatGraph();
        Graph calibrated = QatGraph.quantizeActivations(folded, Calibration.ranges(folded, TRAINING, 1, 1));
        assertThat(result.int8Graph()).isEqualTo(QatGraph.export(calibrated));
        assertThat(result.history())
                .extracting(epoch -> epoch.phase() + " " + epoch.number())
                .containsExactly("FLOAT 1", "FLOAT 2", "FLOAT 3", "INT8 0");
    }

    @Test
    void trainsWithoutValidation() {
        TrainingResult result = train(TrainingConfig.standard(2, 1, 16, 0.02, 1), Optional.empty());
        assertThat(result.history())
                .extracting(epoch -> epoch.phase() + " " + epoch.number())
                .containsExactly("FLOAT 1", "FLOAT 2", "INT8 1");
        assertThat(result.int8Graph())
                .isNotEqualTo(train(TrainingConfig.standard(2, 0, 16, 0.02, 1), Optional.empty())
                        .int8Graph());
    }

    /** What is reported of the best epoch is, to the last bit, what the simulator computes of what is exported. */
    @Test
    void theReportedScoreIsThatOfTheSimulator() {
        TrainingConfig config = TrainingConfig.standard(4, 4, 16, 0.02, 1);
        TrainingResult result = train(config, VALIDATION);
        Epoch best = result.history().stream()
                .filter(epoch -> epoch.phase() == Phase.INT8)
                .max(Comparator.comparingDouble(Epoch::validationAccuracy)
                        .thenComparing(Comparator.comparingDouble(Epoch::validationLoss)
                                .reversed()))
                .orElseThrow();
        SimulatedScore score = SimulatedScore.of(result.int8Graph(), VALIDATION.orElseThrow(), config.loss());
        assertThat(best.validationLoss()).isEqualTo(score.loss());
        assertThat(best.validationAccuracy()).isEqualTo(score.accuracy());
    }

    /** Names, shapes, types and operators, all that the size of a model depends on, are known before training. */
    @Test
    void theSkeletonHasTheFormOfTheTrainedNetwork() {
        Graph trained =
                train(TrainingConfig.standard(1, 1, 16, 0.02, 1), VALIDATION).int8Graph();
        Graph skeleton = Trainer.skeleton(TrainedDigest.network(), 7);
        assertThat(form(skeleton)).isEqualTo(form(trained));
        assertThat(skeleton.nodes()).isEqualTo(trained.nodes());
    }

    private static List<String> form(Graph graph) {
        return graph.tensors().stream()
                .map(tensor -> tensor.name() + " " + tensor.type() + tensor.shape() + " "
                        + tensor.quantization().channels() + " " + tensor.isConstant())
                .toList();
    }

    private static TrainingConfig tooFast(double learningRate, double int8Factor) {
        return new TrainingConfig(
                2,
                2,
                300,
                learningRate,
                int8Factor,
                new Momentum(0.9f, 0),
                Schedule.CONSTANT,
                new SoftmaxCrossEntropy(0),
                Augmentation.NONE,
                100,
                1);
    }

    /** One step an epoch: the loss is a number still when the first epoch ends, and the weights are beyond help. */
    @ParameterizedTest
    @ValueSource(doubles = {1e25, 1e30, 1e38, 1e300})
    void aLearningRateFarTooHighIsSaidInOneLine(double learningRate) {
        for (Optional<Samples> validation : List.of(VALIDATION, Optional.<Samples>empty())) {
            assertThatThrownBy(() -> train(tooFast(learningRate, 1), validation))
                    .isInstanceOfSatisfying(
                            TinytuneException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID_INPUT))
                    .hasMessageContaining("diverged")
                    .hasMessageNotContaining("\n");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e18, 1e30, 1e38, 1e300})
    void integersThatDivergeKeepWhatTheyBeganWith(double factor) {
        TrainingResult result = train(tooFast(0.1, factor), VALIDATION);
        TrainingResult without = train(
                new TrainingConfig(
                        2,
                        0,
                        300,
                        0.1,
                        1,
                        new Momentum(0.9f, 0),
                        Schedule.CONSTANT,
                        new SoftmaxCrossEntropy(0),
                        Augmentation.NONE,
                        100,
                        1),
                VALIDATION);
        double accuracy = Evaluator.evaluate(without.int8Graph(), VALIDATION.orElseThrow(), 1)
                .accuracy();
        assertThat(Evaluator.evaluate(result.int8Graph(), VALIDATION.orElseThrow(), 1)
                        .accuracy())
                .isGreaterThanOrEqualTo(accuracy);
    }

    @Test
    void itCanBeStoppedInEitherPhase() {
        for (Phase phase : Phase.values()) {
            AtomicInteger steps = new AtomicInteger();
            List<Epoch> heard = new ArrayList<>();
            TrainingListener listener = new TrainingListener() {
                @Override
                public void epochEnded(Epoch epoch) {
                    heard.add(epoch);
                }

                @Override
                public void stepEnded(Phase running, long samples, long total) {
                    steps.addAndGet(running == phase ? 1 : 0);
                }
            };
            assertThatThrownBy(() -> Trainer.fit(
                            TrainedDigest.network(),
                            TRAINING,
                            VALIDATION,
                            TrainingConfig.standard(2, 2, 100, 0.02, 2),
                            1,
                            listener,
                            () -> steps.get() == 4))
                    .isInstanceOf(CancellationException.class);
            assertThat(heard).extracting(Epoch::phase).contains(phase);
        }
    }
}
