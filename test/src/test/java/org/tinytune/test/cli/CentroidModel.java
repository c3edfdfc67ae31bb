package org.tinytune.test.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Int16Tensors;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.data.InputEncodings;
import org.tinytune.data.Samples;
import org.tinytune.data.reader.DataSets;
import org.tinytune.data.split.Split;
import org.tinytune.data.split.SplitOptions;
import org.tinytune.test.Repository;

/**
 * A quantized classifier that needs no training: the class whose mean is nearest. With {@code |x - m|^2 = |x|^2 - 2 m x
 * + |m|^2}, that is a dense layer with weights {@code 2 m} and bias {@code -|m|^2}.
 */
final class CentroidModel {
    /** The bundled digits: 8x8 pixels, ten classes. */
    static final Path DIGITS = Repository.ROOT.resolve("examples/digits");

    private static final Activations INT8 = new Activations(
            ElementType.INT8, Quantization.perTensor(1f / 255, -128), Quantization.perTensor(0.25f, 0), Softmax.OUTPUT);
    private static final Activations INT16 = new Activations(
            ElementType.INT16,
            Quantization.perTensor(1f / Short.MAX_VALUE, 0),
            Quantization.perTensor(0.25f / 256, 0),
            Int16Tensors.FRACTION);

    private record Activations(ElementType type, Quantization input, Quantization logits, Quantization output) {}

    private CentroidModel() {}

    /** Made from the training part of the digits as seed 1 divides them. */
    static Graph ofDigits() {
        return of(training(), INT8);
    }

    /** The same with activations of int16. */
    static Graph ofDigitsInInt16() {
        return of(training(), INT16);
    }

    private static Samples training() {
        return Split.of(DataSets.load(DIGITS), SplitOptions.seeded(1)).search().training();
    }

    private static Graph of(Samples training, Activations activations) {
        InputEncoding encoding = InputEncodings.scaled(training, 0, 1);
        float[][] means = means(training, encoding);
        int classes = means.length;
        int values = training.shape().elements();
        float weightScale = 2f / 127;
        byte[] weights = new byte[classes * values];
        float biasScale = activations.input().scale() * weightScale;
        int[] biases = new int[classes];
        for (int c = 0; c < classes; c++) {
            double square = 0;
            for (int v = 0; v < values; v++) {
                weights[c * values + v] = (byte) Math.round(2 * means[c][v] / weightScale);
                square += means[c][v] * means[c][v];
            }
            biases[c] = (int) Math.round(-square / biasScale);
        }
        GraphBuilder graph = new GraphBuilder();
        int input = graph.input("image", Shape.of(1, 8, 8, 1), activations.type(), activations.input());
        int weight = graph.constant(
                "weights", Shape.of(classes, values), Quantization.perTensor(weightScale, 0), TensorData.of(weights));
        int bias = graph.constant(
                "bias",
                Shape.of(classes),
                Quantization.perTensor(biasScale, 0),
                activations.type() == ElementType.INT8
                        ? TensorData.of(biases)
                        : TensorData.of(Arrays.stream(biases).asLongStream().toArray()));
        int logits = graph.node(
                "logits",
                activations.type(),
                activations.logits(),
                FullyConnected.INSTANCE,
                new FullyConnectedParams(Activation.NONE),
                input,
                weight,
                bias);
        int output = graph.node(
                "probabilities",
                activations.type(),
                activations.output(),
                Softmax.INSTANCE,
                new SoftmaxParams(1),
                logits);
        return graph.output(output)
                .metadata(new Metadata(
                        "digits", "Nearest class mean", training.labels(), encoding, new TreeMap<>(Map.of())))
                .build();
    }

    private static float[][] means(Samples training, InputEncoding encoding) {
        int values = training.shape().elements();
        float[][] means = new float[training.labels().size()][values];
        int[] counts = new int[means.length];
        float[] sample = new float[values];
        for (int i = 0; i < training.size(); i++) {
            training.read(i, sample, 0);
            counts[training.target(i)]++;
            for (int v = 0; v < values; v++) {
                means[training.target(i)][v] += encoding.encode(sample[v], 0);
            }
        }
        for (int c = 0; c < means.length; c++) {
            for (int v = 0; v < values; v++) {
                means[c][v] /= counts[c];
            }
        }
        return means;
    }
}
