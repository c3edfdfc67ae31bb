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
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.data.Samples;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.loss.BinaryCrossEntropy;
import org.tinytune.train.loss.Losses;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.optimizer.ConstantSchedule;
import org.tinytune.train.optimizer.Momentum;
import org.tinytune.train.prune.PruningSettings;
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
        assertThat(TrainedDigest.of(TrainedDigest.trainQuantization(1, threads)))
                .isEqualTo(TrainedDigest.of(TrainedDigest.trainQuantization(1, 1)));
    }

    @Test
    void anotherSeedGivesAnotherNetwork() {
        assertThat(TrainedDigest.train(2, 1).int8Graph())
                .isNotEqualTo(TrainedDigest.train(1, 1).int8Graph());
    }

    /** In another JVM, in plain Java and on the Vector API. */
    @Test
    void loopsAndJvmsGiveTheSameBytes() throws IOException, InterruptedException {
        String expected = TrainedDigest.of(TrainedDigest.train(1, 1)) + " "
                + TrainedDigest.of(TrainedDigest.trainQuantization(1, 1));
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
                .max(Comparator.comparingDouble(Epoch::validationScore)
                        .thenComparing(Comparator.comparingDouble(Epoch::validationLoss)
                                .reversed()))
                .orElseThrow();
        SimulatedScore score = SimulatedScore.of(result.int8Graph(), VALIDATION.orElseThrow(), config.loss());
        assertThat(best.validationLoss()).isEqualTo(score.loss());
        assertThat(best.validationScore()).isEqualTo(score.accuracy());
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
        return TrainingConfig.standard(2, 2, 300, learningRate, 1)
                .with(Optimization.of(Momentum.standard(), learningRate, new ConstantSchedule()))
                .with(new SoftmaxCrossEntropy(0))
                .with(new QatSettings(2, int8Factor));
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
        TrainingResult without = train(tooFast(0.1, 1).with(new QatSettings(0, 1)), VALIDATION);
        double accuracy = Evaluator.evaluate(without.int8Graph(), VALIDATION.orElseThrow(), 1)
                .accuracy();
        assertThat(Evaluator.evaluate(result.int8Graph(), VALIDATION.orElseThrow(), 1)
                        .accuracy())
                .isGreaterThanOrEqualTo(accuracy);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
    void samplesThatAreNoNumbersAreNamedBeforeTrainingBegins(float value) {
        float[] image = new float[36];
        image[7] = value;
        Optional<Samples> bad = Optional.of(ListedSamples.bars(5, 1).add(1, image));
        String message = "validation sample 6 of 6, number 6 of the data set, has " + value + " as value 8 of 36";
        TrainingConfig config = TrainingConfig.standard(1, 1, 16, 0.02, 1);
        assertThatThrownBy(() -> train(config, bad))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID_INPUT))
                .hasMessageContaining(message);
        assertThatThrownBy(() -> fit(bad.orElseThrow(), Optional.empty(), config, TrainingListener.NONE))
                .hasMessageContaining(message.replace("validation", "training"));
    }

    /** A batch that is larger than the set is a batch of the whole set, and the user is told. */
    @Test
    void aBatchLargerThanTheSetIsSaidInOneLine() {
        List<String> notices = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochEnded(Epoch epoch) {}

            @Override
            public void notice(String line) {
                notices.add(line);
            }
        };
        TrainingConfig config = TrainingConfig.standard(2, 1, 90, 0.02, 1);
        TrainingResult whole = fit(ListedSamples.bars(90, 1), VALIDATION, config, listener);
        assertThat(notices).isEmpty();
        TrainingConfig larger = TrainingConfig.standard(2, 1, 500, 0.02, 1);
        assertThat(fit(ListedSamples.bars(90, 1), VALIDATION, larger, listener)).isEqualTo(whole);
        assertThat(notices)
                .containsExactly("batch size 500 is more than the 90 training samples: every step takes all of them");
    }

    /** Behind a dense layer, a batch of one has one value of each channel, in an image it has many. */
    @Test
    void batchNormNeedsMoreThanOneValue() {
        FloatNetwork image = new FloatNetwork(6, 6, 1).encoding(new InputEncoding(List.of(0f), List.of(1f), 0, 1));
        Graph dense = image.dense("hidden", 4)
                .batchNorm("norm")
                .dense("logits", 3)
                .softmax()
                .build();
        ListedSamples bars = ListedSamples.bars(9, 1);
        TrainingConfig config = TrainingConfig.standard(1, 0, 1, 0.02, 1);
        assertThatThrownBy(() -> fit(dense, bars, config))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("'norm' normalizes a batch, but one sample has a single value of each channel: give a batch"
                        + " size of 2 or more, or leave batch norm out");
        assertThat(fit(dense, bars, TrainingConfig.standard(1, 0, 2, 0.02, 1)).history())
                .isNotEmpty();
        assertThat(fit(TrainedDigest.network(), bars, config).history()).isNotEmpty();
    }

    /** What has no room in an array is a mistake of the user, not of ours. */
    @Test
    void aBatchThatNoArrayHoldsIsRefusedInOneLine() {
        NetworkOptions options = NetworkOptions.training(NetworkOptions.Arithmetic.FLOAT32, 1 << 30, 1);
        assertThatThrownBy(() -> new Network(TrainedDigest.network(), options))
                .isInstanceOf(TinytuneException.class)
                .hasMessageEndingWith(" of which no array holds 1073741824: give a smaller batch, or smaller layers");
    }

    private static TrainingResult fit(Graph graph, Samples samples, TrainingConfig config) {
        return Trainer.fit(graph, samples, Optional.empty(), config, 1, TrainingListener.NONE, () -> false);
    }

    private static TrainingResult fit(
            Samples samples, Optional<Samples> validation, TrainingConfig config, TrainingListener listener) {
        return Trainer.fit(TrainedDigest.network(), samples, validation, config, 1, listener, () -> false);
    }

    /** Two classes on one output, yes or no, without probabilities at the end: the logit's sign decides. */
    @Test
    void oneOutputTellsTwoClassesApart() {
        ListedSamples training = upright(240, 1);
        ListedSamples test = upright(200, 2);
        TrainingConfig config = TrainingConfig.standard(20, 4, 16, 0.02, 1).with(new BinaryCrossEntropy());
        Graph graph = new FloatNetwork(6, 6, 1)
                .encoding(new InputEncoding(List.of(0f), List.of(0.5f), 0, 1))
                .conv("conv", 6, 3)
                .relu("relu")
                .mean()
                .dense("logit", 1)
                .build();
        TrainingResult result =
                Trainer.fit(graph, training, Optional.of(test), config, 1, TrainingListener.NONE, () -> false);
        assertThat(result.history().get(result.history().size() - 1).validationScore())
                .isGreaterThan(0.95);
    }

    /** The loss looks at logits behind a sigmoid: the training in float is the same as without one. */
    @Test
    void aSigmoidAtTheEndIsNotInTheWayOfTheLoss() {
        ListedSamples training = upright(240, 1);
        ListedSamples test = upright(200, 2);
        TrainingConfig config = TrainingConfig.standard(8, 2, 16, 0.02, 1).with(new BinaryCrossEntropy());
        List<TrainingResult> results = new ArrayList<>();
        for (boolean sigmoid : new boolean[] {false, true}) {
            FloatNetwork network = new FloatNetwork(6, 6, 1)
                    .encoding(new InputEncoding(List.of(0f), List.of(0.5f), 0, 1))
                    .conv("conv", 6, 3)
                    .relu("relu")
                    .mean()
                    .dense("logit", 1);
            Graph graph = (sigmoid ? network.node("yes", Logistic.INSTANCE, new NoParams()) : network).build();
            results.add(Trainer.fit(graph, training, Optional.of(test), config, 1, TrainingListener.NONE, () -> false));
        }
        assertThat(floatEpochs(results.get(1)))
                .isEqualTo(floatEpochs(results.get(0)))
                .hasSize(8);
        for (TrainingResult result : results) {
            Evaluation evaluation = Evaluator.evaluate(result.int8Graph(), test, 1);
            assertThat(evaluation.accuracy()).isGreaterThan(0.9);
            assertThat(result.history()).extracting(Epoch::validationLoss).contains(evaluation.loss());
        }
    }

    private static List<Epoch> floatEpochs(TrainingResult result) {
        return result.history().stream()
                .filter(epoch -> epoch.phase() == Phase.FLOAT)
                .toList();
    }

    /** A yes or no for each of three classes. */
    @Test
    void sigmoidsTellSeveralClassesApart() {
        Graph graph = new FloatNetwork(6, 6, 1)
                .encoding(new InputEncoding(List.of(0f), List.of(0.5f), 0, 1))
                .conv("conv", 8, 3)
                .relu("relu")
                .mean()
                .dense("logits", 3)
                .node("classes", Logistic.INSTANCE, new NoParams())
                .build();
        TrainingConfig config = TrainingConfig.standard(25, 4, 16, 0.03, 1).with(new BinaryCrossEntropy());
        TrainingResult result = Trainer.fit(graph, TRAINING, VALIDATION, config, 1, TrainingListener.NONE, () -> false);
        ListedSamples test = ListedSamples.bars(300, 3);
        Evaluation evaluation = Evaluator.evaluate(result.int8Graph(), test, 1);
        assertThat(evaluation.accuracy()).isGreaterThan(0.95);
        SimulatedScore simulated = SimulatedScore.of(result.int8Graph(), test, new BinaryCrossEntropy());
        assertThat(evaluation.predictions()).isEqualTo(simulated.predictions());
        assertThat(evaluation.loss()).isCloseTo(simulated.loss(), Offset.offset(1e-9));
    }

    /** Level bars are class 0, upright ones class 1. */
    private static ListedSamples upright(int count, long seed) {
        ListedSamples bars = ListedSamples.bars(count * 3 / 2, seed);
        ListedSamples two = new ListedSamples(2, 6, 6, 1);
        for (int i = 0; i < bars.size(); i++) {
            if (bars.target(i) < 2) {
                float[] image = new float[36];
                bars.read(i, image, 0);
                two.add(bars.target(i), image);
            }
        }
        return two;
    }

    /** Every loss that looks at outputs trains what it is told to: the probabilities themselves. */
    @ParameterizedTest
    @ValueSource(strings = {"mse", "mae", "huber"})
    void otherLossesLookAtTheOutput(String loss) {
        TrainingConfig config = TrainingConfig.standard(25, 0, 16, 0.02, 1).with(Losses.ALL.get(loss));
        TrainingResult result = train(config, VALIDATION);
        List<Epoch> history = result.history();
        // The mean distance of probabilities from targets, of which three that know nothing have 4 / 9.
        assertThat(history.get(24).trainingLoss()).isLessThan(0.3);
        assertThat(history.get(24).validationScore()).isGreaterThan(0.8);
    }

    @Test
    void itCanBeStoppedInEveryPhase() {
        TrainingConfig config =
                TrainingConfig.standard(2, 2, 100, 0.02, 2).with(Compression.NONE.with(PruningSettings.of(0.5, 1, 2)));
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
                            TrainedDigest.network(), TRAINING, VALIDATION, config, 1, listener, () -> steps.get() == 4))
                    .isInstanceOf(CancellationException.class);
            assertThat(heard).extracting(Epoch::phase).contains(phase);
        }
    }
}
