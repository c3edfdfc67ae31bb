package org.tinytune.train.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.op.averagepool.AveragePool2d;
import org.tinytune.core.op.batchnorm.BatchNorm;
import org.tinytune.core.op.batchnorm.BatchNormParams;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.op.hardswish.HardSwish;
import org.tinytune.core.op.leakyrelu.LeakyRelu;
import org.tinytune.core.op.leakyrelu.LeakyReluParams;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.maxpool.MaxPool2d;
import org.tinytune.core.op.mul.Mul;
import org.tinytune.core.op.pad.Pad;
import org.tinytune.core.op.pad.PadParams;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.reshape.ReshapeParams;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.op.sub.Sub;
import org.tinytune.core.op.tanh.Tanh;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.train.Compression;
import org.tinytune.train.Epoch;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.FloatNetwork;
import org.tinytune.train.ListedSamples;
import org.tinytune.train.Runs;
import org.tinytune.train.Trainer;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.TrainingListener;
import org.tinytune.train.TrainingResult;

class PruningTest {
    /** All that channels go through: batch norm, depthwise, residual sums, pools, a flattening and dense layers. */
    private static Graph network() {
        FloatNetwork network = new FloatNetwork(6, 6, 2)
                .encoding(new InputEncoding(List.of(0f), List.of(1f), 0, 1))
                .node("padded", Pad.INSTANCE, new PadParams(List.of(0, 1, 1, 0), List.of(0, 1, 1, 0)))
                .convWithoutBias("first", 8, 3)
                .batchNorm("first_norm")
                .relu("first_relu");
        int skipped = network.tensor();
        network.depthwise("depthwise", 3, 1)
                .batchNorm("depthwise_norm")
                .relu6("depthwise_relu")
                .conv("wide", 10, 1)
                .relu("wide_relu")
                .conv("back", 8, 1);
        return network.add("sum", skipped)
                .node("max", MaxPool2d.INSTANCE, Pool2dParams.of(2))
                .node("average", AveragePool2d.INSTANCE, Pool2dParams.of(2))
                .dropout("dropout", 0.2f)
                .node("flat", Reshape.INSTANCE, new ReshapeParams(Shape.of(1, 32)))
                .dense("hidden", 9)
                .relu("hidden_relu")
                .dense("logits", 3)
                .softmax()
                .build();
    }

    /** A gate of channels as in squeeze-and-excite, and curves. */
    private static Graph gated() {
        FloatNetwork network = new FloatNetwork(6, 6, 2)
                .encoding(new InputEncoding(List.of(0f), List.of(1f), 0, 1))
                .conv("first", 8, 3)
                .node("swish", HardSwish.INSTANCE, new NoParams());
        int image = network.tensor();
        network.mean()
                .dense("squeezed", 4)
                .node("leaky", LeakyRelu.INSTANCE, new LeakyReluParams(0.1f))
                .dense("excited", 8)
                .node("gates", Logistic.INSTANCE, new NoParams());
        int gates = network.tensor();
        return network.from(image)
                .node("gated", Mul.INSTANCE, new PairwiseParams(Activation.NONE), gates)
                .node("rest", Sub.INSTANCE, new PairwiseParams(Activation.NONE), image)
                .node("tanh", Tanh.INSTANCE, new NoParams())
                .dense("logits", 3)
                .softmax()
                .build();
    }

    @Test
    void aGateLosesTheChannelsOfItsImage() {
        Graph pruned = Pruning.prune(gated(), 0.5);
        assertThat(shape(pruned, "first/weights")).isEqualTo(Shape.of(4, 3, 3, 2));
        assertThat(shape(pruned, "squeezed/weights")).isEqualTo(Shape.of(2, 4));
        assertThat(shape(pruned, "excited/weights")).isEqualTo(Shape.of(4, 2));
        assertThat(shape(pruned, "gated")).isEqualTo(Shape.of(1, 6, 6, 4));
    }

    static List<Graph> networks() {
        return List.of(network(), gated());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void prunedNetworksComputeWhatMaskedOnesDo(Graph graph) {
        for (double fraction : new double[] {0.25, 0.5, 0.75}) {
            Map<Integer, BitSet> removed = Pruning.smallest(graph, fraction);
            Graph pruned = Pruning.prune(graph, fraction);
            Graph masked = masked(graph, removed);
            for (long seed = 0; seed < 20; seed++) {
                float[] input = Runs.input(graph, seed);
                assertThat(Runs.infer(pruned, input))
                        .as("fraction %s, seed %d", fraction, seed)
                        .containsExactly(Runs.infer(masked, input), Offset.offset(1e-5f));
            }
        }
    }

    /** Whoever reads a removed channel has 0 as its weight. */
    private static Graph masked(Graph graph, Map<Integer, BitSet> removed) {
        ChannelGroups groups = new ChannelGroups(graph);
        List<Tensor> tensors = new ArrayList<>(graph.tensors());
        for (Node<?> node : graph.nodes()) {
            BitSet channels = removed.get(groups.group(node.inputs().get(0)));
            if (channels != null && ChannelGroups.begins(graph, node)) {
                int weights = node.inputs().get(1);
                float[] values = graph.tensor(weights).float32Data().clone();
                for (int e = 0; e < values.length; e++) {
                    int count = groups.channels(node.inputs().get(0));
                    values[e] = channels.get(e % count) ? 0 : values[e];
                }
                tensors.set(weights, graph.tensor(weights).withData(TensorData.of(values)));
            }
        }
        return new Graph(tensors, graph.nodes(), graph.inputs(), graph.outputs(), graph.metadata());
    }

    private static Shape shape(Graph graph, String name) {
        return graph.tensor(FloatNetwork.index(graph, name)).shape();
    }

    @Test
    void everyLayerButTheLastLosesItsFraction() {
        Graph pruned = Pruning.prune(network(), 0.5);
        assertThat(shape(pruned, "first/weights")).isEqualTo(Shape.of(4, 3, 3, 2));
        assertThat(shape(pruned, "first_norm/variance")).isEqualTo(Shape.of(4));
        assertThat(shape(pruned, "depthwise/weights")).isEqualTo(Shape.of(1, 3, 3, 4));
        assertThat(shape(pruned, "depthwise/bias")).isEqualTo(Shape.of(4));
        assertThat(shape(pruned, "wide/weights")).isEqualTo(Shape.of(5, 1, 1, 4));
        assertThat(shape(pruned, "back/weights")).isEqualTo(Shape.of(4, 1, 1, 5));
        assertThat(shape(pruned, "flat")).isEqualTo(Shape.of(1, 16));
        assertThat(shape(pruned, "hidden/weights")).isEqualTo(Shape.of(5, 16));
        assertThat(shape(pruned, "hidden/bias")).isEqualTo(Shape.of(5));
        assertThat(shape(pruned, "logits/weights")).isEqualTo(Shape.of(3, 5));
    }

    @Test
    void nothingIsRemovedForAFractionOfZeroAndOneChannelAlwaysStays() {
        assertThat(Pruning.prune(network(), 0)).isEqualTo(network());
        assertThat(shape(Pruning.prune(network(), 0.999), "first/weights")).isEqualTo(Shape.of(1, 3, 3, 2));
    }

    /** Filters of norm 5, 4, 3; batch norm makes the second the least. */
    @Test
    void theSmallestGoAsBatchNormScalesThem() {
        for (boolean normed : new boolean[] {false, true}) {
            FloatNetwork network = new FloatNetwork(2, 2, 2);
            network.node(
                    "conv",
                    Conv2d.INSTANCE,
                    Conv2dParams.of(1, Padding.SAME, Activation.NONE),
                    network.constant("weights", Shape.of(3, 1, 1, 2), 3, 4, -4, 0, 0, 3));
            if (normed) {
                network.node(
                        "norm",
                        BatchNorm.INSTANCE,
                        BatchNormParams.standard(),
                        network.constant("gamma", Shape.of(3), 1, -0.5f, 1),
                        network.constant("beta", Shape.of(3), 0, 0, 0),
                        network.constant("norm_mean", Shape.of(3), 0, 0, 0),
                        network.constant("variance", Shape.of(3), 1, 1, 1));
            }
            Graph pruned = Pruning.prune(network.mean().dense("logits", 2).build(), 0.34);
            float[] left = FloatNetwork.values(pruned, "weights");
            assertThat(left).containsExactly(normed ? new float[] {3, 4, 0, 3} : new float[] {3, 4, -4, 0});
        }
    }

    /**
     * A softmax over channels, a state, two outputs of a channel, weights that two layers share: what is before them
     * stays.
     */
    @Test
    void whatCannotBeCutStays() {
        Graph softmax = new FloatNetwork(4, 4, 1)
                .conv("conv", 6, 3)
                .node("attention", Softmax.INSTANCE, new SoftmaxParams(1))
                .mean()
                .dense("logits", 3)
                .build();
        assertThat(Pruning.prune(softmax, 0.5)).isEqualTo(softmax);
        Graph recurrent = new FloatNetwork(3)
                .svdf("cell", 6, 1, 4, Activation.RELU)
                .dense("logits", 3)
                .build();
        assertThat(Pruning.prune(recurrent, 0.5)).isEqualTo(recurrent);
        Graph multiplied = new FloatNetwork(4, 4, 1)
                .conv("conv", 6, 3)
                .depthwise("depthwise", 3, 2)
                .mean()
                .dense("logits", 3)
                .build();
        assertThat(Pruning.prune(multiplied, 0.5)).isEqualTo(multiplied);
        FloatNetwork input = new FloatNetwork(4, 4, 6);
        int skipped = input.tensor();
        Graph tiedToTheInput = input.conv("conv", 6, 3)
                .add("sum", skipped)
                .mean()
                .dense("logits", 3)
                .build();
        assertThat(Pruning.prune(tiedToTheInput, 0.5)).isEqualTo(tiedToTheInput);
        Graph split = new FloatNetwork(4, 4, 1)
                .conv("conv", 6, 3)
                .node("split", Reshape.INSTANCE, new ReshapeParams(Shape.of(1, 4, 8, 3)))
                .mean()
                .dense("logits", 3)
                .build();
        assertThat(Pruning.prune(split, 0.5)).isEqualTo(split);
    }

    @Test
    void roundsAddUpToTheFraction() {
        PruningSettings settings = PruningSettings.of(0.6, 3, 1);
        double left = 1;
        for (int round = 1; round <= 3; round++) {
            left *= 1 - settings.fractionOfRest(round);
        }
        assertThat(left).isCloseTo(0.4, Offset.offset(1e-12));
        assertThat(settings.fractionOfRest(1)).isCloseTo(0.6 * 19 / 27, Offset.offset(1e-12));
        assertThatThrownBy(() -> PruningSettings.of(1, 1, 1))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("the pruned fraction 1.0: give 0 or more, below 1");
        assertThatThrownBy(() -> PruningSettings.of(0.5, 0, 1)).isInstanceOf(TinytuneException.class);
    }

    @Test
    void trainingGoesOnAfterPruning() {
        ListedSamples samples = ListedSamples.bars(90, 1);
        Graph graph = new FloatNetwork(6, 6, 1)
                .encoding(new InputEncoding(List.of(0f), List.of(1f), 0, 1))
                .convWithoutBias("conv", 16, 3)
                .batchNorm("norm")
                .relu("relu")
                .mean()
                .dense("logits", 3)
                .softmax()
                .build();
        TrainingConfig config =
                TrainingConfig.standard(12, 1, 15, 0.03, 1).with(Compression.NONE.with(PruningSettings.of(0.5, 2, 4)));
        List<Epoch> told = new ArrayList<>();
        TrainingListener listener = told::add;
        TrainingResult result = Trainer.fit(graph, samples, Optional.of(samples), config, 1, listener, () -> false);
        assertThat(result.floatGraph().tensors())
                .anySatisfy(tensor -> assertThat(tensor.shape()).isEqualTo(Shape.of(8, 3, 3, 1)));
        List<Epoch> tuned =
                told.stream().filter(epoch -> epoch.phase() == Phase.PRUNED).toList();
        assertThat(tuned).extracting(Epoch::number).containsExactly(1, 2, 3, 4, 1, 2, 3, 4);
        assertThat(tuned.get(7).validationLoss()).isLessThan(tuned.get(4).validationLoss());
    }
}
