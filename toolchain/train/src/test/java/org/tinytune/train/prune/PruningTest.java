package org.tinytune.train.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.channel.ChannelGroups;
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
import org.tinytune.core.op.concatenation.Concatenation;
import org.tinytune.core.op.concatenation.ConcatenationParams;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
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
import org.tinytune.core.op.quantize.Quantize;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.reshape.ReshapeParams;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.op.sub.Sub;
import org.tinytune.core.op.tanh.Tanh;
import org.tinytune.core.op.transposeconv.TransposeConv;
import org.tinytune.core.op.transposeconv.TransposeConvParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.RandomGraphs;
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
import org.tinytune.train.network.FloatGraphs;

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

    /** Gates, curves and joins: an inverted residual with squeeze and excitation, and branches side by side. */
    private static Graph gated() {
        FloatNetwork network = new FloatNetwork(6, 6, 2)
                .encoding(new InputEncoding(List.of(0f), List.of(1f), 0, 1))
                .convWithoutBias("first", 8, 3)
                .batchNorm("first_norm")
                .node("swish", HardSwish.INSTANCE, new NoParams());
        int image = network.tensor();
        network.node("squeezed", Mean.INSTANCE, new MeanParams(List.of(1, 2), true))
                .conv("reduced", 4, 1)
                .relu("reduced_relu")
                .conv("excited", 8, 1)
                .node("gates", Logistic.INSTANCE, new NoParams());
        int gates = network.tensor();
        network.from(image).node("gated", Mul.INSTANCE, new PairwiseParams(Activation.NONE), gates);
        int gated = network.tensor();
        network.conv("branch", 6, 3).node("leaky", LeakyRelu.INSTANCE, new LeakyReluParams(0.1f));
        int leaky = network.tensor();
        network.from(image)
                .conv("other", 8, 1)
                .node("tanh", Tanh.INSTANCE, new NoParams())
                .node("rescaled", Quantize.INSTANCE, new NoParams())
                .node("difference", Sub.INSTANCE, new PairwiseParams(Activation.NONE), gated);
        return network.node("joined", Concatenation.INSTANCE, new ConcatenationParams(3), leaky)
                .node("pooled", MaxPool2d.INSTANCE, Pool2dParams.of(2))
                .node(
                        "enlarged",
                        TransposeConv.INSTANCE,
                        new TransposeConvParams(6, 6, 2, 2, Padding.SAME, Activation.NONE),
                        network.constant("enlarged/weights", -0.4, 0.4, 5, 3, 3, 14),
                        network.constant("enlarged/bias", -0.5, 0.5, 5))
                .node("columns", Concatenation.INSTANCE, new ConcatenationParams(2))
                .node("flat", Reshape.INSTANCE, new ReshapeParams(Shape.of(1, 180)))
                .dense("logits", 3)
                .softmax()
                .build();
    }

    @Test
    void prunedNetworksComputeWhatMaskedOnesDo() {
        for (Graph graph : List.of(network(), gated())) {
            for (double fraction : new double[] {0.25, 0.5, 0.75}) {
                assertThat(Pruning.smallest(graph, fraction).cardinality()).isGreaterThan(4);
                assertComputesAsMasked(graph, fraction, 20, "fraction " + fraction);
            }
        }
    }

    /** All operators at random; many of the networks have something to prune. */
    @Test
    void soDoRandomNetworks() {
        int smaller = 0;
        for (long seed = 0; seed < 200; seed++) {
            Graph graph = FloatGraphs.of(RandomGraphs.network(seed), true);
            smaller += Pruning.smallest(graph, 0.5).isEmpty() ? 0 : 1;
            assertComputesAsMasked(graph, 0.5, 2, "seed " + seed);
        }
        assertThat(smaller).isGreaterThan(50);
    }

    @Test
    void soDoRandomNetworksFullOfBranches() {
        int removed = 0;
        for (long seed = 0; seed < 300; seed++) {
            Graph graph = RandomBranches.of(seed);
            removed += Pruning.smallest(graph, 0.5).cardinality();
            assertComputesAsMasked(graph, 0.5, 2, "seed " + seed);
        }
        assertThat(removed).isGreaterThan(5 * 300);
    }

    private static void assertComputesAsMasked(Graph graph, double fraction, int inputs, String what) {
        Graph pruned = Pruning.prune(graph, fraction);
        Graph masked = masked(graph, Pruning.smallest(graph, fraction));
        for (long seed = 0; seed < inputs; seed++) {
            float[] input = Runs.input(graph, seed);
            float[] expected = Runs.infer(masked, input);
            float greatest = 1;
            for (float value : expected) {
                greatest = Math.max(greatest, Math.abs(value));
            }
            assertThat(Runs.infer(pruned, input))
                    .as("%s, input %d", what, seed)
                    .containsExactly(expected, Offset.offset(1e-5f * greatest));
        }
    }

    /** Whoever reads a removed channel has 0 as its weight. */
    private static Graph masked(Graph graph, BitSet removed) {
        ChannelGroups groups = new ChannelGroups(graph);
        List<Tensor> tensors = new ArrayList<>(graph.tensors());
        for (Node<?> node : graph.nodes()) {
            if (ChannelGroups.reads(graph, node)) {
                int weights = node.inputs().get(1);
                float[] values = graph.tensor(weights).float32Data().clone();
                int last = graph.tensor(weights).shape().dim(-1);
                for (int e = 0; e < values.length; e++) {
                    values[e] = removed.get(groups.channel(node.inputs().get(0), e % last)) ? 0 : values[e];
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
    void channelsThatGatesAndJoinsTieGoTogether() {
        Graph pruned = Pruning.prune(gated(), 0.5);
        assertThat(shape(pruned, "first/weights")).isEqualTo(Shape.of(4, 3, 3, 2));
        assertThat(shape(pruned, "reduced/weights")).isEqualTo(Shape.of(2, 1, 1, 4));
        assertThat(shape(pruned, "excited/weights")).isEqualTo(Shape.of(4, 1, 1, 2));
        assertThat(shape(pruned, "branch/weights")).isEqualTo(Shape.of(3, 3, 3, 4));
        assertThat(shape(pruned, "other/weights")).isEqualTo(Shape.of(4, 1, 1, 4));
        assertThat(shape(pruned, "joined")).isEqualTo(Shape.of(1, 6, 6, 7));
        assertThat(shape(pruned, "enlarged/weights")).isEqualTo(Shape.of(3, 3, 3, 7));
        assertThat(shape(pruned, "logits/weights")).isEqualTo(Shape.of(3, 108));
    }

    /** A gate of a single value, the input joined to channels, and a recurrent cell: what they are made of stays. */
    @Test
    void whatServesAllChannelsStays() {
        FloatNetwork network = new FloatNetwork(4, 4, 1);
        int input = network.tensor();
        network.conv("conv", 6, 3);
        int image = network.tensor();
        network.conv("gate", 1, 1).node("one", Mean.INSTANCE, new MeanParams(List.of(1, 2), true));
        int gate = network.tensor();
        Graph graph = network.from(image)
                .node("gated", Mul.INSTANCE, new PairwiseParams(Activation.NONE), gate)
                .node(
                        "halved",
                        Mul.INSTANCE,
                        new PairwiseParams(Activation.NONE),
                        network.constant("half", Shape.of(1), 0.5f))
                .node("joined", Concatenation.INSTANCE, new ConcatenationParams(3), input)
                .mean()
                .dense("hidden", 5)
                .svdf("cell", 4, 1, 3, Activation.NONE)
                .dense("logits", 3)
                .build();
        Graph pruned = Pruning.prune(graph, 0.5);
        assertThat(shape(pruned, "conv/weights")).isEqualTo(Shape.of(3, 3, 3, 1));
        assertThat(shape(pruned, "gate/weights")).isEqualTo(Shape.of(1, 1, 1, 3));
        assertThat(shape(pruned, "half")).isEqualTo(Shape.of(1));
        assertThat(shape(pruned, "joined")).isEqualTo(Shape.of(1, 4, 4, 4));
        assertThat(shape(pruned, "hidden/weights")).isEqualTo(Shape.of(3, 4));
        assertThat(shape(pruned, "cell/feature")).isEqualTo(Shape.of(4, 3));
        assertThat(shape(pruned, "logits/weights")).isEqualTo(Shape.of(3, 4));
        assertComputesAsMasked(graph, 0.5, 5, "with a state");
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

    /** A softmax over channels, two outputs of a channel, weights that two layers share: what is before them stays. */
    @Test
    void whatCannotBeCutStays() {
        Graph softmax = new FloatNetwork(4, 4, 1)
                .conv("conv", 6, 3)
                .node("attention", Softmax.INSTANCE, new SoftmaxParams(1))
                .mean()
                .dense("logits", 3)
                .build();
        assertThat(Pruning.prune(softmax, 0.5)).isEqualTo(softmax);
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

    /** However many rounds there are: what they round down is made up for. */
    @Test
    void theLastRoundReachesTheFraction() {
        for (double fraction : new double[] {0.1, 0.25, 0.5, 0.7, 0.95}) {
            Graph atOnce = Pruning.prune(gated(), fraction);
            for (int rounds = 1; rounds <= 5; rounds++) {
                PruningSettings settings = PruningSettings.of(fraction, rounds, 1);
                Graph graph = gated();
                for (int round = 1; round <= rounds; round++) {
                    graph = Pruning.prune(graph, gated(), settings.gone(round));
                }
                assertThat(graph.tensors())
                        .extracting(Tensor::shape)
                        .as("%s in %d rounds", fraction, rounds)
                        .isEqualTo(atOnce.tensors().stream().map(Tensor::shape).toList());
            }
        }
    }

    @Test
    void manyGoInTheFirstRounds() {
        PruningSettings settings = PruningSettings.of(0.6, 3, 1);
        assertThat(settings.gone(1)).isCloseTo(0.6 * 19 / 27, Offset.offset(1e-12));
        assertThat(settings.gone(2)).isCloseTo(0.6 * 26 / 27, Offset.offset(1e-12));
        assertThat(settings.gone(3)).isEqualTo(0.6);
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
