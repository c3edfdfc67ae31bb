package org.tinytune.test.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.op.Activation;
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
 * An INT8 classifier that needs no training: the class whose mean is nearest. With {@code |x - m|^2 = |x|^2 - 2 m x +
 * |m|^2}, that is a dense layer with weights {@code 2 m} and bias {@code -|m|^2}.
 */
final class CentroidModel {
    /** The bundled digits: 8x8 pixels, ten classes. */
    static final Path DIGITS = Repository.ROOT.resolve("examples/digits");

    private static final Quantization INPUT = Quantization.perTensor(1f / 255, -128);
    private static final Quantization LOGITS = Quantization.perTensor(0.25f, 0);

    private CentroidModel() {}

    /** Made from the training part of the digits as seed 1 divides them. */
    static Graph ofDigits() {
        return of(
                Split.of(DataSets.load(DIGITS), SplitOptions.seeded(1)).search().training());
    }

    private static Graph of(Samples training) {
        InputEncoding encoding = InputEncodings.scaled(training, 0, 1);
        float[][] means = means(training, encoding);
        int classes = means.length;
        int values = training.shape().elements();
        float weightScale = 2f / 127;
        byte[] weights = new byte[classes * values];
        int[] biases = new int[classes];
        for (int c = 0; c < classes; c++) {
            double square = 0;
            for (int v = 0; v < values; v++) {
                weights[c * values + v] = (byte) Math.round(2 * means[c][v] / weightScale);
                square += means[c][v] * means[c][v];
            }
            biases[c] = (int) Math.round(-square / (INPUT.scale() * weightScale));
        }
        GraphBuilder graph = new GraphBuilder();
        int input = graph.input("image", Shape.of(1, 8, 8, 1), ElementType.INT8, INPUT);
        int weight = graph.constant(
                "weights", Shape.of(classes, values), Quantization.perTensor(weightScale, 0), TensorData.of(weights));
        int bias = graph.constant(
                "bias",
                Shape.of(classes),
                Quantization.perTensor(INPUT.scale() * weightScale, 0),
                TensorData.of(biases));
        int logits = graph.node(
                "logits",
                ElementType.INT8,
                LOGITS,
                FullyConnected.INSTANCE,
                new FullyConnectedParams(Activation.NONE),
                input,
                weight,
                bias);
        int output = graph.node(
                "probabilities", ElementType.INT8, Softmax.OUTPUT, Softmax.INSTANCE, new SoftmaxParams(1), logits);
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
