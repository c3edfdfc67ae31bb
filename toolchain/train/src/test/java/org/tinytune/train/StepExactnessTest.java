package org.tinytune.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.op.averagepool.AveragePool2d;
import org.tinytune.core.op.concatenation.Concatenation;
import org.tinytune.core.op.concatenation.ConcatenationParams;
import org.tinytune.core.op.hardswish.HardSwish;
import org.tinytune.core.op.leakyrelu.LeakyRelu;
import org.tinytune.core.op.leakyrelu.LeakyReluParams;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.maxpool.MaxPool2d;
import org.tinytune.core.op.mean.Mean;
import org.tinytune.core.op.mean.MeanParams;
import org.tinytune.core.op.mul.Mul;
import org.tinytune.core.op.pad.Pad;
import org.tinytune.core.op.pad.PadParams;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.reshape.ReshapeParams;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.op.sub.Sub;
import org.tinytune.core.op.tanh.Tanh;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.train.data.SampleFeed;
import org.tinytune.train.initialization.Initialization;
import org.tinytune.train.initialization.Initializers;
import org.tinytune.train.quantize.Calibration;
import org.tinytune.train.quantize.Folding;
import org.tinytune.train.quantize.QatGraph;
import org.tinytune.train.range.RangeLearning;
import org.tinytune.train.range.RangeLearnings;
import org.tinytune.train.range.WeightScaling;
import org.tinytune.train.range.WeightScalings;

/**
 * What every step of a training in integers computes is what the simulator computes with the weights that the step
 * began with, operator by operator.
 */
class StepExactnessTest {
    private static final ListedSamples TRAINING = ListedSamples.bars(70, 1);

    /** Clamps and pools, softmax in the middle as well as at the end. */
    private static Graph clamped() {
        FloatNetwork network = new FloatNetwork(6, 6, 1)
                .encoding(new InputEncoding(List.of(0.2f), List.of(0.5f), 0, 1))
                .node("padded", Pad.INSTANCE, new PadParams(List.of(0, 1, 0, 0), List.of(0, 1, 2, 0)))
                .conv("first", 6, 3);
        int skipped = network.tensor();
        network.relu("relu").depthwise("depthwise", 3, 1).relu6("relu6").conv("pointwise", 6, 1);
        return network.add("sum", skipped)
                .relu6("own_relu6")
                .node("max", MaxPool2d.INSTANCE, Pool2dParams.of(2))
                .node("attention", Softmax.INSTANCE, new SoftmaxParams(1.5f))
                .relu("own_relu")
                .node("average", AveragePool2d.INSTANCE, Pool2dParams.of(2))
                .node("column", Reshape.INSTANCE, new ReshapeParams(Shape.of(1, 2, 1, 12)))
                .mean()
                .dense("hidden", 7)
                .relu("hidden_relu")
                .dense("logits", 3)
                .softmax()
                .build();
    }

    /** Curves, gates and branches of all kinds that are joined. */
    private static Graph curved() {
        FloatNetwork network = new FloatNetwork(6, 6, 1)
                .encoding(new InputEncoding(List.of(0.2f), List.of(0.5f), 0, 1))
                .conv("first", 6, 3)
                .node("swish", HardSwish.INSTANCE, new NoParams());
        int image = network.tensor();
        network.node("squeezed", Mean.INSTANCE, new MeanParams(List.of(1, 2), true))
                .conv("excited", 6, 1)
                .node("gates", Logistic.INSTANCE, new NoParams());
        int gates = network.tensor();
        network.from(image).node("gated", Mul.INSTANCE, new PairwiseParams(Activation.NONE), gates);
        int gated = network.tensor();
        network.depthwise("depthwise", 3, 1)
                .node("leaky", LeakyRelu.INSTANCE, new LeakyReluParams(0.1f))
                .node("tanh", Tanh.INSTANCE, new NoParams());
        int tanh = network.tensor();
        int scales = network.constant("scales", 0.5, 1.5, 6);
        return network.node("difference", Sub.INSTANCE, new PairwiseParams(Activation.NONE), gated)
                .node("scaled", Mul.INSTANCE, new PairwiseParams(Activation.RELU), scales)
                .node("channels", Concatenation.INSTANCE, new ConcatenationParams(3), gated, tanh)
                .node("pooled", MaxPool2d.INSTANCE, Pool2dParams.of(2))
                .node("columns", Concatenation.INSTANCE, new ConcatenationParams(2))
                .mean()
                .dense("logits", 3)
                .softmax()
                .build();
    }

    /** Two cells, so that a gradient goes through one into the other. */
    private static Graph recurrentNetwork() {
        return new FloatNetwork(3)
                .encoding(new InputEncoding(List.of(0.2f), List.of(0.5f), 0, 1))
                .svdf("first", 5, 1, 4, Activation.RELU)
                .svdf("second", 4, 2, 3, Activation.NONE)
                .relu6("relu6")
                .dense("logits", 2)
                .softmax()
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "1, false, false, static, magnitude",
        "1, true, false, static, magnitude",
        "3, false, false, static, magnitude",
        "1, false, true, static, magnitude",
        "1, true, true, static, magnitude",
        "3, false, true, static, magnitude",
        "1, false, false, ranges, magnitude",
        "3, true, true, ranges, magnitude",
        "1, false, true, lsq, magnitude",
        "3, true, false, lsq, magnitude",
        "1, false, false, static, lsq",
        "3, true, true, static, lsq",
        "3, false, false, ranges, lsq",
        "1, true, true, lsq, lsq"
    })
    void everyStepComputesTheIntegersOfItsWeights(
            int threads, boolean plain, boolean curved, String ranges, String weights) {
        check(curved ? curved() : clamped(), TRAINING, threads, plain, ranges, weights);
    }

    @ParameterizedTest
    @CsvSource({
        "1, false, static, magnitude",
        "1, true, static, magnitude",
        "3, false, static, magnitude",
        "1, true, ranges, magnitude",
        "3, false, ranges, magnitude",
        "1, false, lsq, magnitude",
        "3, true, lsq, magnitude",
        "1, true, static, lsq",
        "3, false, lsq, lsq"
    })
    void everyStepOfEverySequenceComputesTheIntegersOfItsWeights(
            int threads, boolean plain, String ranges, String weights) {
        check(recurrentNetwork(), ListedSamples.orders(70, 1), threads, plain, ranges, weights);
    }

    private static void check(
            Graph graph, ListedSamples training, int threads, boolean plain, String ranges, String weights) {
        RangeLearning learning = RangeLearnings.ALL.get(ranges);
        WeightScaling scaling = WeightScalings.ALL.get(weights);
        Graph folded = Folding.fold(Initialization.initialize(graph, Initializers.STANDARD, 1));
        Graph qat = QatGraph.quantizeActivations(folded, Calibration.ranges(folded, training, 1, 1));
        TrainingConfig config = TrainingConfig.standard(1, 3, 16, 0.05, threads)
                .with(new QatSettings(3, 1).with(learning).with(scaling));
        StepComparison comparison = StepComparison.run(
                "trained", qat, training, config, plain ? VectorProvider.plain() : VectorProvider.get());
        assertThat(comparison.weights()).hasSize(15).doesNotHaveDuplicates();
        assertQuantizationFollows(learning, qat, comparison.weights());
        assertScalesFollow(scaling, comparison.weights());
        assertThat(comparison.samples()).isEqualTo(3 * 70);
        // All but the last softmax, which a step has no use for.
        assertThat(comparison.tensors())
                .isEqualTo(
                        3 * 70L * SampleFeed.steps(training, qat) * (qat.nodes().size() - 1));
    }

    /** It is another in every step, in five an epoch, until it is frozen; then it stays. */
    private static void assertQuantizationFollows(RangeLearning learning, Graph qat, List<Graph> weights) {
        long learningSteps = Math.round(Math.floor(3 * learning.learningShare()) * 5);
        List<List<Quantization>> seen = weights.stream()
                .map(graph -> graph.tensors().stream()
                        .filter(tensor -> !tensor.isConstant())
                        .map(Tensor::quantization)
                        .toList())
                .toList();
        assertThat(seen.get(0))
                .isEqualTo(qat.tensors().stream()
                        .filter(tensor -> !tensor.isConstant())
                        .map(Tensor::quantization)
                        .toList());
        for (int step = 1; step < seen.size(); step++) {
            assertThat(seen.get(step).equals(seen.get(step - 1)))
                    .as("step %d", step)
                    .isEqualTo(step > learningSteps);
        }
    }

    /** Where they are learned, every tensor of weights states others in every step. */
    private static void assertScalesFollow(WeightScaling scaling, List<Graph> weights) {
        List<List<Quantization>> seen = weights.stream()
                .map(graph -> graph.tensors().stream()
                        .filter(tensor -> tensor.isConstant()
                                && tensor.type() == ElementType.FLOAT32
                                && tensor.quantization().isPresent())
                        .map(Tensor::quantization)
                        .toList())
                .toList();
        assertThat(seen.get(0).isEmpty()).isEqualTo(!scaling.learns());
        for (int step = 1; step < seen.size(); step++) {
            for (int i = 0; i < seen.get(step).size(); i++) {
                assertThat(seen.get(step).get(i))
                        .as("step %d, weights %d", step, i)
                        .isNotEqualTo(seen.get(step - 1).get(i));
            }
        }
    }
}
