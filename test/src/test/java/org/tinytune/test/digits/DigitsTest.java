package org.tinytune.test.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.InferenceOnly;
import org.tinytune.core.op.Operators;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.core.tool.Tools;
import org.tinytune.test.tflite.Differential;
import org.tinytune.train.Evaluator;
import org.tinytune.train.data.SampleFeed;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.optimizer.Adam;
import org.tinytune.train.optimizer.Optimizer;
import org.tinytune.train.quantize.QatGraph;
import org.tinytune.train.range.LearnedScales;
import org.tinytune.train.range.WeightScaling;
import org.tinytune.train.range.WeightScalings;

/** On a trained network and the whole test set, everything that computes an operator gives the same bytes. */
class DigitsTest {
    private static final int BATCH = 48;
    private static final int STEPS = 8;
    private static final int THREADS = 2;
    private static final double LEARNING_RATE = 0.002;

    @TempDir
    Path folder;

    /** Bytes of a network that has learnt nothing would prove little. */
    @ParameterizedTest
    @EnumSource
    void theNetworksHaveLearnt(DigitNetwork network) {
        TrainedDigits trained = TrainedDigits.of(network);
        assertThat(trained.test().size()).isEqualTo(359);
        assertThat(Evaluator.evaluate(trained.result().int8Graph(), trained.test(), THREADS)
                        .accuracy())
                .isGreaterThan(0.85);
    }

    @Test
    void betweenThemTheyHoldEveryOperatorThatRemembersNothing() {
        List<String> names = new ArrayList<>();
        for (DigitNetwork network : DigitNetwork.values()) {
            TrainedDigits.of(network)
                    .result()
                    .int8Graph()
                    .nodes()
                    .forEach(node -> names.add(node.operator().name()));
        }
        // SVDF asks for sequences: SequenceDifferentialTest trains it.
        assertThat(new TreeSet<>(names))
                .containsExactlyInAnyOrderElementsOf(Operators.ALL.stream()
                        .filter(o -> !(o instanceof InferenceOnly))
                        .map(o -> o.name())
                        .filter(name -> !name.equals("SVDF"))
                        .toList());
    }

    /**
     * Steps of a training in integers: the activations between forward and backward pass are those of the weights that
     * the step began with. Then the whole test set in such steps, with the weights that came of it, in the reference
     * interpreter and in C.
     */
    @ParameterizedTest
    @EnumSource
    void trainingStepsComputeTheIntegersThatAreShipped(DigitNetwork name) throws IOException {
        assertStepsComputeWhatIsShipped(name, WeightScalings.MAGNITUDE);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void soDoStepsThatLearnTheScalesOfWeights(DigitNetwork name) throws IOException {
        assertStepsComputeWhatIsShipped(name, LearnedScales.standard());
    }

    private void assertStepsComputeWhatIsShipped(DigitNetwork name, WeightScaling scaling) throws IOException {
        InstalledTools.assume(Tools.GCC, Tools.LIBC);
        TrainedDigits trained = TrainedDigits.of(name);
        NetworkOptions options =
                NetworkOptions.training(Arithmetic.INT8, BATCH, THREADS).withScaling(scaling);
        try (Network network = new Network(trained.calibrated(), options)) {
            train(network, trained);
            Graph shipped = QatGraph.export(network.trainedGraph());
            SampleFeed feed = new SampleFeed(trained.test(), network);
            StepRecorder recorder = new StepRecorder(network, feed);
            List<byte[]> inputs = trained.testInputs();
            int[] order = SampleFeed.inOrder(trained.test());
            for (int first = 0; first < order.length; first += BATCH) {
                int batch = Math.min(BATCH, order.length - first);
                feed.select(order, first);
                network.train(batch, 0, feed, recorder.loss(batch), (range, pass) -> {});
                recorder.assertEqualsSimulator("batch from " + first, shipped, batch, true);
                for (int n = 0; n < batch; n++) {
                    assertThat(recorder.input(n)).isEqualTo(inputs.get(first + n));
                }
            }
            assertEqualsOthers(shipped, inputs);
        }
    }

    private static void train(Network network, TrainedDigits trained) {
        SampleFeed feed = new SampleFeed(trained.training(), network);
        StepRecorder recorder = new StepRecorder(network, feed);
        Optimizer adam = Adam.withDecay(0.01).over(network.parameterArrays());
        int[] order = SampleFeed.inOrder(trained.training());
        for (int step = 0; step < STEPS; step++) {
            Graph before = network.trainedGraph();
            feed.select(order, step * BATCH);
            adam.begin(LEARNING_RATE);
            network.train(BATCH, step, feed, recorder.loss(BATCH), adam);
            recorder.assertEqualsSimulator("step " + step, QatGraph.export(before), BATCH, true);
            assertThat(QatGraph.export(network.trainedGraph())).isNotEqualTo(QatGraph.export(before));
        }
    }

    /** What the trainer itself hands over: passes of a step, and passes to the end, with the probabilities. */
    @ParameterizedTest
    @EnumSource
    void theTrainedNetworkComputesTheSameEverywhere(DigitNetwork name) throws IOException {
        InstalledTools.assume(Tools.GCC, Tools.LIBC);
        TrainedDigits trained = TrainedDigits.of(name);
        Graph int8 = trained.result().int8Graph();
        NetworkOptions options = NetworkOptions.training(Arithmetic.INT8, BATCH, THREADS);
        try (Network network = new Network(int8, options)) {
            SampleFeed feed = new SampleFeed(trained.test(), network);
            StepRecorder recorder = new StepRecorder(network, feed);
            int[] order = SampleFeed.inOrder(trained.test());
            for (int first = 0; first < order.length; first += BATCH) {
                int batch = Math.min(BATCH, order.length - first);
                feed.select(order, first);
                network.train(batch, 0, feed, recorder::record, (range, pass) -> {});
                recorder.assertEqualsSimulator("step from " + first, int8, batch, true);
                network.infer(batch, feed, recorder::record);
                recorder.assertEqualsSimulator("batch from " + first, int8, batch, false);
            }
        }
        assertEqualsOthers(int8, trained.testInputs());
    }

    private void assertEqualsOthers(Graph int8, List<byte[]> inputs) throws IOException {
        Differential.assertEqual("digits", int8, inputs.stream().map(List::of).toList());
        HostLibrary.assertEqualsSimulator(int8, inputs, folder);
    }
}
