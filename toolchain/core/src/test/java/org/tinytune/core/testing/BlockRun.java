package org.tinytune.core.testing;

import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Elements;
import org.tinytune.core.tensor.Shape;

/** Runs an operator that makes features of samples. */
public final class BlockRun {
    private static final Quantization SAMPLES = Quantization.perTensor(1f / (1 << 15), 0);

    private BlockRun() {}

    /** The graph of the operator on so many samples of one channel. */
    public static <P extends Record> Graph graph(Operator<P> operator, P params, int samples) {
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input("samples", Shape.of(1, samples, 1, 1), ElementType.INT16, SAMPLES);
        Quantization features = operator.quantSpec(params).fixed().orElseThrow();
        return builder.output(builder.node("features", ElementType.INT16, features, operator, params, input))
                .build();
    }

    /** The features of each frame, as the real numbers that they stand for. */
    public static <P extends Record> double[][] features(Operator<P> operator, P params, short[] samples) {
        Graph graph = graph(operator, params, samples.length);
        Operands operands = graph.operands(graph.nodes().get(0));
        byte[] input = new byte[operands.input(0).bytes()];
        for (int i = 0; i < samples.length; i++) {
            Elements.INT16.set(input, 0, i, samples[i]);
        }
        byte[] output = new byte[operands.output().bytes()];
        int frames = operands.output().shape().rows();
        operator.kernel(params, operands)
                .run(
                        new Rows[] {Rows.whole(input, 0, operands.input(0))},
                        new Rows[] {Rows.whole(output, 0, operands.output())},
                        0,
                        frames);
        double[][] features = new double[frames][operands.output().shape().dim(2)];
        for (int y = 0; y < frames; y++) {
            for (int f = 0; f < features[y].length; f++) {
                int q = Elements.INT16.get(output, 0, y * features[y].length + f);
                features[y][f] = operands.output().quantization().dequantize(q);
            }
        }
        return features;
    }
}
