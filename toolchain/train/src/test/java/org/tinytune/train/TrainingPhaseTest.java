package org.tinytune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Samples;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.loss.ClassWeights;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.network.ParameterRange;
import org.tinytune.train.optimizer.Adam;
import org.tinytune.train.optimizer.Clipping;
import org.tinytune.train.optimizer.ConstantSchedule;
import org.tinytune.train.optimizer.Optimizer;
import org.tinytune.train.optimizer.OptimizerSettings;
import org.tinytune.train.optimizer.Penalty;
import org.tinytune.train.optimizer.ReduceOnPlateau;
import org.tinytune.train.optimizer.ScheduleSettings;
import org.tinytune.train.optimizer.Sgd;
import org.tinytune.train.quantize.QatGraph;
import org.tinytune.train.range.RealRange;

class TrainingPhaseTest {
    private static final int PATIENT = Integer.MAX_VALUE;

    private static final ScheduleSettings ONE = new ConstantSchedule();

    /** One input x and two logits, x and a threshold: the threshold alone decides how many are right. */
    private static final Graph THRESHOLD = threshold();

    private static final String NAME = "threshold";

    private static Graph threshold() {
        FloatNetwork network = new FloatNetwork(1).encoding(new InputEncoding(List.of(0f), List.of(1f), 0, 9));
        return network.node(
                        "logits",
                        FullyConnected.INSTANCE,
                        new FullyConnectedParams(Activation.NONE),
                        network.constant("weights", Shape.of(2, 1), 1, 0),
                        network.constant(NAME, Shape.of(2), 0, 0.5f))
                .build();
    }

    /**
     * 0 to 9, of which those below 5 are of class 1: a threshold between 4 and 5 has all right, and 4.5 the least loss.
     */
    private static ListedSamples numbers() {
        ListedSamples samples = new ListedSamples(2, 1);
        for (int x = 0; x < 10; x++) {
            samples.add(x < 5 ? 1 : 0, x);
        }
        return samples;
    }

    /** Does not look at gradients: after step i, the threshold is number i. */
    private static OptimizerSettings script(float... thresholds) {
        return parameters -> new Optimizer() {
            private int step = -1;

            @Override
            public void begin(double learningRate) {
                step++;
            }

            @Override
            public void update(ParameterRange range, int pass) {
                if (!range.weights()) {
                    parameters.values()[range.begin() + 1] = thresholds[step];
                }
            }
        };
    }

    private static OptimizerSettings failingAfter(int steps) {
        return parameters -> {
            Optimizer adam = Adam.standard().over(parameters);
            return new Optimizer() {
                private int step;

                @Override
                public void begin(double learningRate) {
                    step++;
                    adam.begin(learningRate);
                }

                @Override
                public void update(ParameterRange range, int pass) {
                    if (step <= steps) {
                        adam.update(range, pass);
                    } else {
                        Arrays.fill(parameters.values(), range.begin(), range.end(), 0);
                    }
                }
            };
        };
    }

    private static TrainingConfig config(OptimizerSettings optimizer, int epochs, int batch, int patience) {
        return TrainingConfig.standard(epochs, epochs, batch, 0.1, 1)
                .with(Optimization.of(optimizer, 0.1, new ConstantSchedule()))
                .with(Regularization.NONE.with(new EarlyStopping(patience, 0)))
                .with(new SoftmaxCrossEntropy(0))
                .with(new QatSettings(epochs, 1));
    }

    /** A phase of a network, and what was heard of it. */
    private static final class Run implements TrainingListener {
        private final List<Epoch> heard = new ArrayList<>();
        private final List<Graph> weights = new ArrayList<>();
        private final List<String> steps = new ArrayList<>();
        private final List<String> notices = new ArrayList<>();
        private List<Epoch> history = List.of();
        private Graph trained = THRESHOLD;
        private Optional<Network> network = Optional.empty();

        Run of(Phase phase, Graph graph, TrainingConfig config, Samples training, Optional<Samples> validation) {
            return of(phase, graph, config, training, validation, () -> false);
        }

        Run of(
                Phase phase,
                Graph graph,
                TrainingConfig config,
                Samples training,
                Optional<Samples> validation,
                BooleanSupplier stop) {
            Arithmetic arithmetic = phase == Phase.FLOAT ? Arithmetic.FLOAT32 : Arithmetic.INT8;
            try (Network n = new Network(graph, NetworkOptions.training(arithmetic, config.batchSize(), 1))) {
                network = Optional.of(n);
                history = new TrainingPhase(phase, n, config, training, validation, 1, this, stop).run();
                trained = n.trainedGraph();
            }
            return this;
        }

        @Override
        public void epochEnded(Epoch epoch) {
            heard.add(epoch);
            weights.add(network.orElseThrow().trainedGraph());
        }

        @Override
        public void stepEnded(Phase phase, long samples, long total) {
            steps.add(samples + "/" + total);
        }

        @Override
        public void notice(String line) {
            notices.add(line);
        }

        float threshold() {
            return FloatNetwork.values(trained, NAME)[1];
        }

        List<Double> accuracies() {
            return history.stream().map(Epoch::validationScore).toList();
        }
    }

    private static Run scripted(int patience, float... thresholds) {
        TrainingConfig config = config(script(thresholds), thresholds.length, 10, patience);
        return new Run().of(Phase.FLOAT, THRESHOLD, config, numbers(), Optional.of(numbers()));
    }

    @Test
    void theBestWeightsAreLeftAtTheEnd() {
        Run run = scripted(PATIENT, 1.5f, 4.5f, 3.5f, 2.5f);
        assertThat(run.accuracies()).containsExactly(0.7, 1.0, 0.9, 0.8);
        assertThat(run.threshold()).isEqualTo(4.5f);
        assertThat(run.heard).isEqualTo(run.history);
    }

    @Test
    void patienceEndsAPhaseThatGetsNoBetter() {
        Run run = scripted(2, 1.5f, 4.5f, 3.5f, 2.5f, 4.5f);
        assertThat(run.accuracies()).containsExactly(0.7, 1.0, 0.9, 0.8);
        assertThat(run.threshold()).isEqualTo(4.5f);
    }

    @Test
    void everythingBetterRenewsPatience() {
        Run run = scripted(2, 1.5f, 0.5f, 2.5f, 0.5f, 3.5f, 0.5f, 0.5f, 4.5f);
        assertThat(run.accuracies()).containsExactly(0.7, 0.6, 0.8, 0.6, 0.9, 0.6, 0.6);
        assertThat(run.threshold()).isEqualTo(3.5f);
    }

    @Test
    void ofEqualAccuraciesTheLowerLossIsBetter() {
        Run run = scripted(2, 4.9f, 4.5f, 4.1f, 4.9f, 4.5f);
        assertThat(run.accuracies()).containsExactly(1.0, 1.0, 1.0, 1.0);
        assertThat(run.threshold()).isEqualTo(4.5f);
    }

    /** Of 10 samples, one more that is right is a gain of 0.1, and renews no patience that wants more. */
    @Test
    void smallGainsDoNotRenewPatience() {
        float[] thresholds = {1.5f, 2.5f, 3.5f, 4.5f};
        assertThat(stopping(2, 0.15, thresholds).accuracies()).containsExactly(0.7, 0.8, 0.9, 1.0);
        assertThat(stopping(2, 0.25, thresholds).accuracies()).containsExactly(0.7, 0.8, 0.9);
        // What is best is kept all the same.
        assertThat(stopping(2, 0.25, thresholds).threshold()).isEqualTo(3.5f);
        assertThat(stopping(2, 0.05, 0.5f, 1.5f, 1.4f, 2.5f, 2.4f, 2.3f, 4.5f).accuracies())
                .containsExactly(0.6, 0.7, 0.7, 0.8, 0.8, 0.8);
    }

    /** All are right from the first epoch on; the loss falls by less than a hundredth. */
    @Test
    void smallFallsOfTheLossDoNotRenewPatience() {
        float[] thresholds = {4.6f, 4.56f, 4.53f, 4.52f, 4.51f, 4.5f};
        assertThat(stopping(3, 0, thresholds).accuracies()).hasSize(6);
        assertThat(stopping(3, 0.01, thresholds).accuracies()).hasSize(4);
    }

    /** Nothing gets better where nothing changes, as in a network that is dead. */
    @Test
    void anEpochLikeTheOneBeforeRenewsNoPatience() {
        assertThat(stopping(2, 0, 4.5f, 4.5f, 4.5f, 4.5f, 4.5f).accuracies()).hasSize(3);
        assertThat(stopping(2, 0.1, 4.5f, 4.5f, 4.5f, 4.5f, 4.5f).accuracies()).hasSize(3);
    }

    private static Run stopping(int patience, double minDelta, float... thresholds) {
        TrainingConfig config = config(script(thresholds), thresholds.length, 10, PATIENT)
                .with(Regularization.NONE.with(new EarlyStopping(patience, minDelta)));
        return new Run().of(Phase.FLOAT, THRESHOLD, config, numbers(), Optional.of(numbers()));
    }

    /** The losses of these thresholds rise after the second epoch; patience 0 halves the rate with each. */
    @Test
    void theScheduleHearsOfValidationLosses() {
        List<Double> rates = new ArrayList<>();
        OptimizerSettings script = script(3.5f, 4.5f, 2.5f, 1.5f);
        OptimizerSettings listening = parameters -> {
            Optimizer optimizer = script.over(parameters);
            return new Optimizer() {
                @Override
                public void begin(double learningRate) {
                    rates.add(learningRate);
                    optimizer.begin(learningRate);
                }

                @Override
                public void update(ParameterRange range, int pass) {
                    optimizer.update(range, pass);
                }
            };
        };
        TrainingConfig config = config(listening, 4, 10, PATIENT)
                .with(Optimization.of(listening, 0.8, new ReduceOnPlateau(0.5, 0, 0, 0)));
        new Run().of(Phase.FLOAT, THRESHOLD, config, numbers(), Optional.of(numbers()));
        assertThat(rates).containsExactly(0.8, 0.8, 0.8, 0.4);
    }

    /** The gradient that the optimizer sees: clipped, with the penalty. */
    @Test
    void gradientsAreRegularizedBeforeTheOptimizerSeesThem() {
        TrainingConfig plain = config(new Sgd(0), 1, 10, PATIENT).with(Optimization.of(new Sgd(0), 1, ONE));
        float before = 0.5f;
        float change = before - thresholdAfter(plain);
        assertThat(Math.abs(change)).isGreaterThan(0.1f);
        float clipped = before - thresholdAfter(plain.with(plain.optimization().with(Clipping.byValue(0.01))));
        assertThat(clipped).isCloseTo(Math.signum(change) * 0.01f, Offset.offset(1e-6f));
        // A bias has no penalty, but weights have: w = (1, 0) loses 0.25 of itself more.
        TrainingConfig penalized = plain.with(Regularization.NONE.with(new Penalty(0, 0.25)));
        assertThat(thresholdAfter(penalized)).isEqualTo(before - change);
        assertThat(weightAfter(plain) - weightAfter(penalized)).isCloseTo(0.25f, Offset.offset(1e-5f));
    }

    private static float thresholdAfter(TrainingConfig config) {
        return new Run()
                .of(Phase.FLOAT, THRESHOLD, config, numbers(), Optional.empty())
                .threshold();
    }

    private static float weightAfter(TrainingConfig config) {
        Run run = new Run().of(Phase.FLOAT, THRESHOLD, config, numbers(), Optional.empty());
        return FloatNetwork.values(run.trained, "weights")[0];
    }

    /** With weights that stay, the loss is what the definition gives with balanced weights: 5 / 3 and 5 / 7. */
    @Test
    void balancedWeightsAreThoseOfTheTrainingSamples() {
        ListedSamples samples = new ListedSamples(2, 1);
        double expected = 0;
        for (int x = 0; x < 10; x++) {
            int label = x < 3 ? 1 : 0;
            samples.add(label, x);
            double logSum = Math.log(Math.exp(x) + Math.exp(4.5));
            expected += label == 1 ? 5 / 3.0 * (logSum - 4.5) : 5 / 7.0 * (logSum - x);
        }
        TrainingConfig config =
                config(script(4.5f, 4.5f), 2, 10, PATIENT).with(new SoftmaxCrossEntropy(0, ClassWeights.BALANCED));
        Run run = new Run().of(Phase.FLOAT, THRESHOLD, config, samples, Optional.empty());
        assertThat(run.history.get(1).trainingLoss()).isCloseTo(expected / 10, Offset.offset(1e-6));
    }

    @Test
    void withoutValidationTheLastWeightsAreTheBest() {
        TrainingConfig config = config(script(4.5f, 3.5f, 1.5f), 3, 10, 1);
        Run run = new Run().of(Phase.FLOAT, THRESHOLD, config, numbers(), Optional.empty());
        assertThat(run.history).hasSize(3);
        assertThat(run.accuracies()).containsOnly(Double.NaN);
        assertThat(run.threshold()).isEqualTo(1.5f);
    }

    /** Running averages are left as they were in the best epoch, too. */
    @Test
    void averagesGoBackWithTheWeights() {
        Graph graph = new FloatNetwork(6, 6, 1)
                .convWithoutBias("conv", 4, 3)
                .batchNorm("norm")
                .relu("relu")
                .mean()
                .dense("logits", 3)
                .build();
        // Twelve steps an epoch; from the fifth epoch on, all weights are 0.
        TrainingConfig config = config(failingAfter(48), 8, 4, PATIENT);
        ListedSamples validation = ListedSamples.bars(40, 2);
        Run run = new Run().of(Phase.FLOAT, graph, config, ListedSamples.bars(48, 1), Optional.of(validation));
        int best = 0;
        for (int i = 1; i < run.history.size(); i++) {
            Epoch epoch = run.history.get(i);
            Epoch soFar = run.history.get(best);
            int order = Double.compare(epoch.validationScore(), soFar.validationScore());
            if (order > 0 || order == 0 && epoch.validationLoss() <= soFar.validationLoss()) {
                best = i;
            }
        }
        assertThat(best).isLessThan(7);

        assertThat(run.trained).isEqualTo(run.weights.get(best)).isNotEqualTo(run.weights.get(7));
    }

    @Test
    void integersThatGetOnlyWorseGoBackToWhereTheyBegan() {
        RealRange[] ranges = {new RealRange(0, 9), null, null, new RealRange(0, 9)};
        Graph qat = QatGraph.quantizeActivations(THRESHOLD, ranges);
        TrainingConfig config = config(script(0.25f, 0.125f), 2, 10, PATIENT);
        Run run = new Run().of(Phase.INT8, qat, config, numbers(), Optional.of(numbers()));
        assertThat(run.history).extracting(Epoch::number).containsExactly(0, 1, 2);
        assertThat(run.history.get(0).trainingLoss()).isNaN();
        assertThat(run.history.get(0).validationScore()).isEqualTo(0.6);
        assertThat(run.threshold()).isEqualTo(0.5f);
    }

    /** 10 samples in batches of at most 4 are 3, 3 and 4. */
    @Test
    void theBatchesOfAnEpochAreAlike() {
        TrainingConfig config = config(script(1, 1, 1, 1, 1, 1), 2, 4, PATIENT);
        Run run = new Run().of(Phase.FLOAT, THRESHOLD, config, numbers(), Optional.empty());
        assertThat(run.steps).containsExactly("3/20", "6/20", "10/20", "13/20", "16/20", "20/20");
    }

    /** With weights that stay, the loss of an epoch is the loss of all samples, each once. */
    @Test
    void anEpochSeesEverySampleOnce() {
        ListedSamples samples = numbers().add(0, 3.25f).add(1, 8.75f);
        TrainingConfig config = config(script(0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f), 2, 5, PATIENT);
        Run run = new Run().of(Phase.FLOAT, THRESHOLD, config, samples, Optional.empty());
        double expected = Evaluator.evaluate(THRESHOLD, samples, 1).loss();
        for (Epoch epoch : run.history) {
            assertThat(epoch.trainingLoss()).isCloseTo(expected, Offset.offset(1e-9));
            assertThat(epoch.trainingScore())
                    .isEqualTo(Evaluator.evaluate(THRESHOLD, samples, 1).accuracy());
        }
    }

    @Test
    void aLossThatIsNoNumberIsSaidInOneLine() {
        assertThatThrownBy(() -> scripted(PATIENT, Float.NaN, 4.5f))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID_INPUT))
                .hasMessageStartingWith("training diverged in epoch 1 in float, the loss is no number any more: ")
                .hasMessageContaining("try a learning rate below 0.1")
                .hasMessageNotContaining("\n");
    }

    /** Weights may be numbers still while what they give is none. */
    @Test
    void weightsThatOverflowAreSaidInOneLine() {
        assertThatThrownBy(() -> scripted(PATIENT, Float.POSITIVE_INFINITY, 4.5f))
                .hasMessageStartingWith("training diverged in epoch 1 in float, ");
    }

    @Test
    void withoutValidationTheLastStepMayDivergeToo() {
        TrainingConfig config = config(script(Float.NaN), 1, 10, PATIENT);
        assertThatThrownBy(() -> new Run().of(Phase.FLOAT, THRESHOLD, config, numbers(), Optional.empty()))
                .hasMessageStartingWith("training diverged in epoch 1 in float, ");
    }

    @Test
    void whatWasBestBeforeADivergenceIsKept() {
        Run run = scripted(PATIENT, 3.5f, 4.5f, Float.NaN, 4.5f);
        assertThat(run.accuracies()).containsExactly(0.9, 1.0);
        assertThat(run.threshold()).isEqualTo(4.5f);
        assertThat(run.notices)
                .containsExactly("training diverged in epoch 3 in float, the loss is no number any more, the weights of"
                        + " epoch 2 are kept: try a learning rate below 0.1, or check the samples for extreme values");
    }

    @Test
    void integersThatDivergeGoBackToWhereTheyBegan() {
        RealRange[] ranges = {new RealRange(0, 9), null, null, new RealRange(0, 9)};
        Graph qat = QatGraph.quantizeActivations(THRESHOLD, ranges);
        TrainingConfig config = config(script(Float.NaN, 4.5f), 2, 10, PATIENT);
        Run run = new Run().of(Phase.INT8, qat, config, numbers(), Optional.of(numbers()));
        assertThat(run.history).extracting(Epoch::number).containsExactly(0);
        assertThat(run.threshold()).isEqualTo(0.5f);
        assertThat(run.notices).singleElement().asString().contains("the weights from before it are kept");
    }

    /** Nor does it take a validation part for that; the line names the key that is to be changed. */
    @Test
    void integersThatDivergeGoBackWithoutValidationToo() {
        RealRange[] ranges = {new RealRange(0, 9), null, null, new RealRange(0, 9)};
        Graph qat = QatGraph.quantizeActivations(THRESHOLD, ranges);
        for (float[] thresholds : new float[][] {{Float.NaN, 4.5f}, {1.5f, Float.NaN}}) {
            TrainingConfig config = config(script(thresholds), 2, 10, PATIENT).with(new QatSettings(2, 50));
            Run run = new Run().of(Phase.INT8, qat, config, numbers(), Optional.empty());
            float kept = thresholds[0] == 1.5f ? 1.5f : 0.5f;
            assertThat(run.threshold()).as("%s", thresholds[0]).isEqualTo(kept);
            assertThat(run.notices)
                    .singleElement()
                    .asString()
                    .matches(
                            "training diverged in epoch \\d in integers, the loss is no number any more, .* are kept: try"
                                    + " a learning_rate of \\[train.qat] below 50.0, .*");
        }
    }

    /** The loss is a number still, and about half of the threshold. */
    @Test
    void aLossFarAboveThatOfAnUntrainedNetworkIsADivergence() {
        assertThatThrownBy(() -> scripted(PATIENT, 1e6f, 1e6f, 4.5f))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID_INPUT))
                .hasMessageMatching(
                        "training diverged in epoch 2 in float, the loss rose to \\d.\\d{3}e\\+05, that of an"
                                + " untrained network is 0\\.\\d{4}: try a learning rate below 0.1, .*");
        Run run = scripted(PATIENT, 3.5f, 4.5f, 1e6f, 1e6f, 4.5f);
        assertThat(run.history).hasSize(3);
        assertThat(run.threshold()).isEqualTo(4.5f);
        assertThat(run.notices)
                .singleElement()
                .asString()
                .startsWith("training diverged in epoch 4 in float, the loss rose to ")
                .contains(", the weights of epoch 2 are kept: ");
    }

    /** Most are of class 1, so that the threshold of a million has most of them right, at a great loss. */
    @Test
    void anEpochThatHasDivergedIsNotKept() {
        ListedSamples validation = numbers();
        for (int x = 0; x < 20; x++) {
            validation.add(1, 9);
        }
        TrainingConfig config = config(script(4.5f, 1e6f, 1e6f), 3, 10, PATIENT);
        assertThatThrownBy(() -> new Run().of(Phase.FLOAT, THRESHOLD, config, numbers(), Optional.of(validation)))
                .hasMessageStartingWith("training diverged in epoch 3 in float, the loss rose to ");
    }

    /** Without validation, the first batch of the next epoch says whether the last one is worth keeping. */
    @Test
    void withoutValidationNoEpochIsKeptThatHasDivergedUnnoticed() {
        TrainingConfig config = config(script(4.5f, 1e6f, 1e6f), 3, 10, PATIENT);
        assertThatThrownBy(() -> new Run().of(Phase.FLOAT, THRESHOLD, config, numbers(), Optional.empty()))
                .hasMessageStartingWith("training diverged in epoch 3 in float, the loss rose to ");
    }

    /** Each epoch has three steps; what it loses in its first one is not held against it. */
    @Test
    void anEpochMayRecoverFromItsFirstSteps() {
        TrainingConfig config = config(script(4.5f, 4.5f, 1e6f, 4.5f, 4.5f, 4.5f), 2, 4, PATIENT);
        Run run = new Run().of(Phase.FLOAT, THRESHOLD, config, numbers(), Optional.of(numbers()));
        assertThat(run.history).hasSize(2);
        assertThat(run.history.get(1).trainingLoss()).isGreaterThan(100);
        assertThat(run.notices).isEmpty();
    }

    @Test
    void aStopIsHeardWithinAStep() {
        AtomicInteger asked = new AtomicInteger();
        Run run = new Run();
        TrainingConfig config = config(script(1, 1, 1, 1, 1, 1), 2, 4, PATIENT);
        assertThatThrownBy(() -> run.of(
                        Phase.FLOAT, THRESHOLD, config, numbers(), Optional.empty(), () -> asked.incrementAndGet() > 4))
                .isInstanceOf(CancellationException.class)
                .hasMessage("stopped in epoch 2");
        assertThat(run.steps).hasSize(4);
    }
}
