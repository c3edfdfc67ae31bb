package org.tinytune.test.tflite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Elements;
import org.tinytune.core.tensor.TensorData;

/** Makes hard cases of easy ones: the same single node with scales and accumulators where roundings go wrong. */
final class HardCases {
    private final Graph graph;
    private final Node<?> node;
    private final QuantSpec spec;
    private final SplittableRandom random;
    private final List<Tensor> tensors;

    private HardCases(Graph graph, SplittableRandom random) {
        this.graph = graph;
        this.node = graph.nodes().get(0);
        this.spec = spec(node);
        this.random = random;
        this.tensors = new ArrayList<>(graph.tensors());
    }

    private static <P extends Record> QuantSpec spec(Node<P> node) {
        return node.operator().quantSpec(node.params());
    }

    /** Whether the operator has accumulators that can be chosen: weights and a bias. */
    static boolean hasBias(Graph graph) {
        return biasInput(spec(graph.nodes().get(0))) != QuantSpec.Weights.NO_BIAS;
    }

    private static int biasInput(QuantSpec spec) {
        return spec.state()
                .map(QuantSpec.State::biasInput)
                .or(() -> spec.weights().map(QuantSpec.Weights::biasInput))
                .orElse(QuantSpec.Weights.NO_BIAS);
    }

    /**
     * Scales over many orders of magnitude, or powers of two, whose quotients make ties; weight scales so small that
     * the multiplier is flushed to 0; biases near the ends of int32.
     */
    static Graph wideScales(Graph easy, long seed) {
        HardCases hard = new HardCases(easy, new SplittableRandom(seed));
        int exponents = hard.random.nextInt(1, 12);
        hard.rescale(exponents);
        hard.spec.weights().ifPresent(w -> hard.rescaleWeights(w.input(), w.biasInput(), 0, exponents));
        hard.spec.state().ifPresent(s -> hard.rescaleWeights(s.weights(), s.biasInput(), s.input(), exponents));
        return hard.build();
    }

    /** Weights of 0, and biases on a tie of the rounding or within a few units of one. */
    static Graph onRoundingBoundaries(Graph easy, long seed) {
        HardCases hard = new HardCases(easy, new SplittableRandom(seed));
        hard.rescale(2);
        QuantSpec.Weights weights = hard.spec.weights().orElseThrow();
        hard.rescaleWeights(weights.input(), weights.biasInput(), 0, 4);
        if (hard.spec.state().isPresent()) {
            QuantSpec.State state = hard.spec.state().get();
            hard.rescaleWeights(state.weights(), state.biasInput(), state.input(), 4);
            hard.chooseAccumulators(weights.input(), state.weights(), state.biasInput(), state.input());
        } else {
            hard.chooseAccumulators(weights.input(), weights.input(), weights.biasInput(), 0);
        }
        return hard.build();
    }

    /** The node without its bias. */
    static Graph withoutBias(Graph easy) {
        Node<?> node = easy.nodes().get(0);
        List<Integer> inputs = new ArrayList<>(node.inputs());
        inputs.set(biasInput(spec(node)), Node.ABSENT);
        return new Graph(
                easy.tensors(), List.of(withInputs(node, inputs)), easy.inputs(), easy.outputs(), easy.metadata());
    }

    private static <P extends Record> Node<P> withInputs(Node<P> node, List<Integer> inputs) {
        return new Node<>(node.operator(), node.params(), inputs, node.outputs());
    }

    private void rescale(int exponents) {
        for (int i : node.inputs()) {
            if (tensors.get(i).state()) {
                requantize(i, Quantization.perTensor(scale(exponents) / 256, 0));
            } else if (tensors.get(i).quantization().channels() == 1) {
                requantize(i, anyPerTensor(i, exponents));
            }
        }
        switch (spec.output()) {
            case OWN_RANGE -> requantize(node.output(), anyPerTensor(node.output(), exponents));
            case SAME_AS_INPUT ->
                requantize(node.output(), tensors.get(node.inputs().get(0)).quantization());
            case SAME_AS_ALL_INPUTS -> {
                Quantization shared = tensors.get(node.inputs().get(0)).quantization();
                node.inputs().forEach(i -> requantize(i, shared));
                requantize(node.output(), shared);
            }
            case FIXED -> {}
        }
    }

    private void rescaleWeights(int weightsInput, int biasInput, int factorInput, int exponents) {
        int weights = node.inputs().get(weightsInput);
        Quantization old = tensors.get(weights).quantization();
        float[] scales = new float[old.channels()];
        float[] biasScales = new float[scales.length];
        for (int c = 0; c < scales.length; c++) {
            scales[c] = random.nextInt(8) == 0 ? 1e-20f : scale(exponents) / 256;
            biasScales[c] =
                    tensors.get(node.inputs().get(factorInput)).quantization().scale() * scales[c];
        }
        requantize(weights, Quantization.of(scales, new int[scales.length], old.axis()));
        if (biasInput == QuantSpec.Weights.NO_BIAS) {
            return;
        }
        int bias = node.inputs().get(biasInput);
        requantize(bias, Quantization.of(biasScales, new int[scales.length], 0));
        if (tensors.get(bias).type() == ElementType.INT64) {
            replaceData(bias, TensorData.of(wideBiases(bias)));
            return;
        }
        int[] values = tensors.get(bias).int32Data().clone();
        for (int c = 0; c < values.length; c++) {
            values[c] = random.nextInt(3) == 0 ? random.nextInt(-1 << 30, 1 << 30) : values[c];
        }
        replaceData(bias, TensorData.of(values));
    }

    /** Up to 2^46: an accumulator may have 47 bits. */
    private long[] wideBiases(int bias) {
        long[] values = tensors.get(bias).int64Data().clone();
        for (int c = 0; c < values.length; c++) {
            values[c] = random.nextInt(3) == 0 ? random.nextLong(-1L << 46, 1L << 46) : values[c];
        }
        return values;
    }

    private Quantization anyPerTensor(int tensor, int exponents) {
        boolean wide = tensors.get(tensor).type() == ElementType.INT16;
        float scale = scale(exponents);
        return wide ? Quantization.perTensor(scale / 256, 0) : Quantization.perTensor(scale, zeroPoint());
    }

    /** Accumulators are biases alone: the weights that the input meets become 0. */
    private void chooseAccumulators(int zeroed, int weightsInput, int biasInput, int factorInput) {
        int inputWeights = node.inputs().get(zeroed);
        int weights = node.inputs().get(weightsInput);
        int bias = node.inputs().get(biasInput);
        replaceData(
                inputWeights, TensorData.of(new byte[tensors.get(inputWeights).int8Data().length]));
        Quantization input = tensors.get(node.inputs().get(factorInput)).quantization();
        Quantization output = tensors.get(node.output()).quantization();
        Elements elements = Elements.of(tensors.get(node.output()).type());
        long[] values = new long[tensors.get(bias).shape().elements()];
        for (int c = 0; c < values.length; c++) {
            double product =
                    (double) input.scale() * tensors.get(weights).quantization().scale(c);
            int step = random.nextInt(elements.min(), elements.max() + 1);
            double tie = (step - output.zeroPoint() + 0.5) * output.scale() / product;
            int nearby = random.nextBoolean() ? random.nextInt(-1, 2) : random.nextInt(-100, 101);
            values[c] = (long) Math.max(-1 << 30, Math.min(1 << 30, Math.rint(tie) + nearby));
        }
        boolean wide = tensors.get(bias).type() == ElementType.INT64;
        replaceData(
                bias,
                wide
                        ? TensorData.of(values)
                        : TensorData.of(
                                Arrays.stream(values).mapToInt(v -> (int) v).toArray()));
    }

    /** A power of two, or anything up to {@code exponents} of them away from 2^-6. */
    private float scale(int exponents) {
        int exponent = random.nextInt(-exponents, exponents + 1) - 6;
        double fraction = random.nextInt(3) == 0 ? 1 : random.nextDouble(1, 2);
        return (float) StrictMath.scalb(fraction, exponent);
    }

    private int zeroPoint() {
        return switch (random.nextInt(4)) {
            case 0 -> -128;
            case 1 -> 127;
            default -> random.nextInt(-128, 128);
        };
    }

    private void requantize(int i, Quantization quantization) {
        Tensor t = tensors.get(i);
        tensors.set(i, new Tensor(t.name(), t.shape(), t.type(), quantization, t.data(), t.state()));
    }

    private void replaceData(int i, TensorData data) {
        Tensor t = tensors.get(i);
        tensors.set(i, new Tensor(t.name(), t.shape(), t.type(), t.quantization(), Optional.of(data), t.state()));
    }

    private Graph build() {
        return new Graph(tensors, graph.nodes(), graph.inputs(), graph.outputs(), graph.metadata());
    }
}
