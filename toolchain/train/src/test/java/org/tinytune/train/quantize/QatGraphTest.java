package org.tinytune.train.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.op.averagepool.AveragePool2d;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.op.maxpool.MaxPool2d;
import org.tinytune.core.op.pad.Pad;
import org.tinytune.core.op.pad.PadParams;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.reshape.ReshapeParams;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.train.FloatNetwork;
import org.tinytune.train.range.RealRange;

class QatGraphTest {
    /** The input has 255 steps of 1/255 from 0 on. */
    private static final RealRange INPUT = new RealRange(0, 1);

    private static final RealRange OTHERS = new RealRange(-2, 3.1f);

    private static RealRange[] ranges(Graph graph) {
        RealRange[] ranges = new RealRange[graph.tensors().size()];
        Arrays.fill(ranges, OTHERS);
        ranges[graph.inputs().get(0)] = INPUT;
        return ranges;
    }

    private static Graph exported(Graph graph) {
        return QatGraph.export(QatGraph.quantizeActivations(graph, ranges(graph)));
    }

    private static Tensor tensor(Graph graph, String name) {
        return graph.tensor(FloatNetwork.index(graph, name));
    }

    /** A fully connected layer of two inputs. */
    private static Graph dense(float[] weights, float... bias) {
        FloatNetwork network = new FloatNetwork(2);
        int units = bias.length;
        return network.node(
                        "dense",
                        FullyConnected.INSTANCE,
                        new FullyConnectedParams(Activation.NONE),
                        network.constant("weights", Shape.of(units, 2), weights),
                        network.constant("bias", Shape.of(units), bias))
                .build();
    }

    /** s_w[c] = max|w_c| / 127, the weights are whole multiples of it, and the bias of s_in · s_w[c]. */
    @Test
    void everyChannelOfAConvolutionHasTheScaleOfItsGreatestWeight() {
        Graph graph = new FloatNetwork(4, 4, 3).conv("conv", 5, 3).build();
        assertChannels(graph, exported(graph), 5, 1);
    }

    @Test
    void theChannelsOfADepthwiseConvolutionAreItsLastExtent() {
        Graph graph = new FloatNetwork(4, 4, 3).depthwise("conv", 3, 2).build();
        assertChannels(graph, exported(graph), 1, 6);
    }

    /** @param outer channels if they are the first extent, else 1; @param inner channels if they are the last */
    private static void assertChannels(Graph graph, Graph int8, int outer, int inner) {
        float[] reals = FloatNetwork.values(graph, "conv/weights");
        float[] realBias = FloatNetwork.values(graph, "conv/bias");
        Tensor weights = tensor(int8, "conv/weights");
        Tensor bias = tensor(int8, "conv/bias");
        int channels = outer * inner;
        assertThat(weights.quantization().channels()).isEqualTo(channels);
        assertThat(weights.quantization().axis()).isEqualTo(outer > 1 ? 0 : 3);
        assertThat(weights.quantization().zeroPoints()).containsOnly(0);
        assertThat(bias.type()).isEqualTo(ElementType.INT32);
        float inputScale = INPUT.int8().scale();
        for (int c = 0; c < channels; c++) {
            float greatest = 0;
            int greatestInteger = 0;
            for (int i = 0; i < reals.length; i++) {
                if ((outer > 1 ? i / (reals.length / outer) : i % inner) == c) {
                    greatest = Math.max(greatest, Math.abs(reals[i]));
                    int q = weights.int8Data()[i];
                    greatestInteger = Math.max(greatestInteger, Math.abs(q));
                    float scale = weights.quantization().scale(c);
                    assertThat(q * scale).isCloseTo(reals[i], Offset.offset(0.501f * scale));
                }
            }
            assertThat(greatestInteger).isEqualTo(127);
            assertThat(weights.quantization().scale(c)).isEqualTo(greatest / 127);
            float biasScale = inputScale * (greatest / 127);
            assertThat(bias.quantization().scale(c)).isEqualTo(biasScale);
            assertThat(bias.int32Data()[c] * (double) biasScale)
                    .isCloseTo(realBias[c], Offset.offset(0.501 * biasScale));
        }
    }

    /** 1.27 is 127 steps of 0.01, whichever channel it is in; a bias of 0.01 / 255 is one step. */
    @Test
    void theChannelsOfAFullyConnectedLayerShareAScale() {
        Graph int8 = exported(dense(new float[] {1.27f, -0.5f, 0.02f, 0.016f}, 0.01f / 255, -1));
        Tensor weights = tensor(int8, "weights");
        assertThat(weights.quantization()).isEqualTo(Quantization.perTensor(1.27f / 127, 0));
        assertThat(weights.int8Data()).containsExactly(127, -50, 2, 2);
        assertThat(tensor(int8, "bias").int32Data()).containsExactly(1, -25500);
        assertThat(tensor(int8, "bias").quantization().channels()).isEqualTo(1);
    }

    @Test
    void zerosHaveAScaleAboveZero() {
        Graph graph = new FloatNetwork(4, 4, 3).conv("conv", 5, 3).build();
        float[] zeros = new float[5 * 27];
        zeros[0] = 0.5f;
        List<Tensor> tensors = new ArrayList<>(graph.tensors());
        int index = FloatNetwork.index(graph, "conv/weights");
        tensors.set(index, tensors.get(index).withData(TensorData.of(zeros)));
        Tensor weights = tensor(
                exported(new Graph(tensors, graph.nodes(), graph.inputs(), graph.outputs(), graph.metadata())),
                "conv/weights");
        for (float scale : weights.quantization().scales()) {
            assertThat(scale).isPositive();
        }
        assertThat(weights.int8Data()[0]).isEqualTo((byte) 127);
        assertThat(weights.int8Data()).containsOnly(0, 127);
    }

    /** A bias of 1000 beside weights of 1e-9 would need 3e16 steps; the weights' scale gives way. */
    @Test
    void aBiasThatWouldNotFitRaisesTheScaleOfTheWeights() {
        Graph int8 = exported(dense(new float[] {1e-9f, -1e-9f}, 1000));
        Tensor bias = tensor(int8, "bias");
        assertThat(bias.int32Data()[0] * (double) bias.quantization().scale()).isCloseTo(1000, Offset.offset(1e-3));
        assertThat(Math.abs((long) bias.int32Data()[0]) + 255L * 2 * 127).isLessThan(1L << 31);
        assertThat(tensor(int8, "weights").int8Data()).containsOnly(0);
    }

    @Test
    void poolsPadsAndReshapesShareTheQuantizerOfTheirInput() {
        Graph graph = new FloatNetwork(8, 8, 2)
                .node("padded_input", Pad.INSTANCE, new PadParams(List.of(0, 1, 1, 0), List.of(0, 1, 1, 0)))
                .conv("conv", 4, 3)
                .node("max", MaxPool2d.INSTANCE, Pool2dParams.of(2))
                .node("average", AveragePool2d.INSTANCE, Pool2dParams.of(2))
                .node("padded", Pad.INSTANCE, new PadParams(List.of(0, 1, 0, 0), List.of(0, 0, 2, 0)))
                .node("flat", Reshape.INSTANCE, new ReshapeParams(Shape.of(1, 48)))
                .dense("logits", 3)
                .softmax()
                .build();
        Graph int8 = exported(graph);
        assertThat(tensor(int8, "input").quantization()).isEqualTo(INPUT.int8());
        assertThat(tensor(int8, "padded_input").quantization()).isEqualTo(INPUT.int8());
        assertThat(List.of("conv", "max", "average", "padded", "flat", "logits"))
                .allSatisfy(
                        name -> assertThat(tensor(int8, name).quantization()).isEqualTo(OTHERS.int8()));
        assertThat(tensor(int8, "probabilities").quantization()).isEqualTo(Softmax.OUTPUT);
    }

    /** The range that was measured behind an operator that keeps the scale is of no concern. */
    @Test
    void anOperatorThatKeepsTheScaleHasNoRangeOfItsOwn() {
        Graph graph = new FloatNetwork(8, 8, 2)
                .conv("conv", 4, 3)
                .node("max", MaxPool2d.INSTANCE, Pool2dParams.of(2))
                .build();
        RealRange[] ranges = ranges(graph);
        ranges[FloatNetwork.index(graph, "max")] = new RealRange(0, 100);
        Graph qat = QatGraph.quantizeActivations(graph, ranges);
        assertThat(tensor(qat, "max").quantization()).isEqualTo(OTHERS.int8());
    }

    @Test
    void inTrainingWeightsAndBiasAreStillReal() {
        Graph graph = new FloatNetwork(4, 4, 3).conv("conv", 5, 3).build();
        Graph qat = QatGraph.quantizeActivations(graph, ranges(graph));
        assertThat(tensor(qat, "conv/weights")).isEqualTo(tensor(graph, "conv/weights"));
        assertThat(tensor(qat, "conv/bias")).isEqualTo(tensor(graph, "conv/bias"));
        assertThat(tensor(qat, "conv").type()).isEqualTo(ElementType.INT8);
    }

    /** A constant that is no weight has the range of its own values: 2.55 is 255 steps of 0.01. */
    @Test
    void otherConstantsAreQuantizedByTheirOwnRange() {
        FloatNetwork network = new FloatNetwork(2);
        int shift = network.constant("shift", Shape.of(1, 2), 2.55f, 0.5f);
        Tensor constant = tensor(exported(network.add("sum", shift).build()), "shift");
        assertThat(constant.quantization()).isEqualTo(Quantization.perTensor(2.55f / 255, -128));
        assertThat(constant.int8Data()).containsExactly(127, -78);
    }

    @Test
    void exportingTwiceChangesNothing() {
        Graph graph = new FloatNetwork(4, 4, 3)
                .conv("conv", 5, 3)
                .mean()
                .dense("logits", 3)
                .softmax()
                .build();
        assertThat(QatGraph.export(exported(graph))).isEqualTo(exported(graph));
    }

    @Test
    void weightsSharedByInputsOfDifferentScalesAreRefused() {
        FloatNetwork network = new FloatNetwork(2);
        int weights = network.constant("weights", Shape.of(2, 2), 1, 2, 3, 4);
        int bias = network.constant("bias", Shape.of(2), 1, 2);
        FullyConnectedParams params = new FullyConnectedParams(Activation.NONE);
        Graph graph = network.node("first", FullyConnected.INSTANCE, params, weights, bias)
                .node("second", FullyConnected.INSTANCE, params, weights, bias)
                .build();
        assertThatThrownBy(() -> exported(graph))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("'bias' is shared by two nodes that would quantize it differently");
    }
}
