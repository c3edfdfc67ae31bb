package org.tinytune.test.tflite;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Int16Tensors;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.op.tanh.Tanh;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Elements;
import org.tinytune.core.tensor.Shape;

/** Every int16 through the curves that interpolate tables, against the reference. */
class Int16CurvesTest {
    private static final int VALUES = 1 << 16;

    private static <P extends Record> void compare(
            Operator<P> operator, P params, Shape shape, float scale, byte[] in) {
        GraphBuilder builder = new GraphBuilder();
        int x = builder.input("x", shape, ElementType.INT16, Quantization.perTensor(scale, 0));
        builder.output(builder.node("y", ElementType.INT16, Int16Tensors.FRACTION, operator, params, x));
        Graph graph = builder.build();
        Differential.assertEqual(operator.name() + " of scale " + scale, graph, List.of(List.of(in)));
    }

    private static byte[] everyValue() {
        byte[] bytes = new byte[VALUES * Short.BYTES];
        for (int i = 0; i < VALUES; i++) {
            Elements.INT16.set(bytes, 0, i, i + Short.MIN_VALUE);
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(floats = {1f / 4096, 1f / 2048, 1f / 1024, 2.4421e-4f, 2.4407e-4f, 4.8843e-4f, 1e-4f, 4.5e-4f, 1e-6f})
    void sigmoidAndHyperbolicTangent(float scale) {
        Shape shape = Shape.of(1, VALUES);
        compare(Logistic.INSTANCE, new NoParams(), shape, scale, everyValue());
        compare(Tanh.INSTANCE, new NoParams(), shape, scale, everyValue());
    }

    /** Of two elements one is the greatest there is, so that the other meets every point of the tables. */
    @ParameterizedTest
    @ValueSource(floats = {10f / 65535, 1e-4f, 1e-3f})
    void softmax(float scale) {
        byte[] pairs = new byte[2 * VALUES * Short.BYTES];
        for (int i = 0; i < VALUES; i++) {
            Elements.INT16.set(pairs, 0, 2 * i, Short.MAX_VALUE);
            Elements.INT16.set(pairs, 0, 2 * i + 1, i + Short.MIN_VALUE);
        }
        compare(Softmax.INSTANCE, new SoftmaxParams(1), Shape.of(1, 1, VALUES, 2), scale, pairs);
    }
}
