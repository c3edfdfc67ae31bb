package org.tinytune.test.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.hardswish.HardSwish;
import org.tinytune.core.op.leakyrelu.LeakyRelu;
import org.tinytune.core.op.leakyrelu.LeakyReluParams;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.quantize.Quantize;
import org.tinytune.core.op.tanh.Tanh;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.tflite.TfliteWriter;

/** All 256 values of the operators that are tables, for many scales and zero points, against the interpreter. */
class CurveTablesTest {
    private static final int SCALES = 1000;

    /** What the C library's hyperbolic tangent may be off by, in floats of a value below 1. */
    private static final double HOST_ERROR = 2 * 0x1p-24;

    static List<Operator<NoParams>> withoutParams() {
        return List.of(HardSwish.INSTANCE, Logistic.INSTANCE, Quantize.INSTANCE);
    }

    @ParameterizedTest
    @MethodSource("withoutParams")
    void everyValueEqualsTheReferences(Operator<NoParams> operator) {
        int compared = 0;
        for (long seed = 0; seed < SCALES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Graph graph = graph(operator, new NoParams(), random);
            if (isComputable(graph)) {
                assertThat(Simulator.of(graph).run(all()))
                        .as("%s seed %d", operator.name(), seed)
                        .isEqualTo(reference(graph));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(SCALES / 2);
    }

    @ParameterizedTest
    @MethodSource("slopes")
    void everyValueOfLeakyReluEqualsTheReferences(float alpha) {
        for (long seed = 0; seed < SCALES / 4; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Graph graph = graph(LeakyRelu.INSTANCE, new LeakyReluParams(alpha), random);
            assertThat(Simulator.of(graph).run(all())).as("seed %d", seed).isEqualTo(reference(graph));
        }
    }

    static List<Float> slopes() {
        return List.of(0f, 0.01f, 0.2f, 0.3f, 1f, 3f, 1e-12f);
    }

    /**
     * The reference takes its hyperbolic tangent from the C library, which need not round correctly. Only where the
     * exact value lies within its error of the middle between two steps, a table may differ.
     */
    @Test
    void everyValueOfTanhEqualsTheReferencesUnlessItIsATie() {
        int ties = 0;
        for (long seed = 0; seed < SCALES; seed++) {
            Graph graph = graph(Tanh.INSTANCE, new NoParams(), new SplittableRandom(seed));
            byte[] expected = reference(graph);
            byte[] actual = Simulator.of(graph).run(all());
            for (int i = 0; i < actual.length; i++) {
                if (actual[i] != expected[i]) {
                    float x = (float) graph.input().quantization().dequantize(all()[i]);
                    double steps = StrictMath.tanh(x) * 128;
                    double fromTie = Math.abs(steps - Math.floor(steps) - 0.5);
                    assertThat(fromTie).as("seed %d, element %d", seed, i).isLessThan(HOST_ERROR * 128);
                    ties++;
                }
            }
        }
        assertThat(ties).isLessThan(SCALES / 50);
    }

    private static <P extends Record> Graph graph(Operator<P> operator, P params, SplittableRandom random) {
        GraphBuilder builder = new GraphBuilder();
        Quantization input = quantization(random);
        Quantization output = operator.quantSpec(params).fixed().orElseGet(() -> quantization(random));
        int in = builder.input("input", Shape.of(1, 256), ElementType.INT8, input);
        return builder.output(builder.node("output", ElementType.INT8, output, operator, params, in))
                .build();
    }

    /** From 2^-9 to 2^-3, now and then a power of two. */
    private static Quantization quantization(SplittableRandom random) {
        double fraction = random.nextInt(4) == 0 ? 1 : random.nextDouble(1, 2);
        float scale = (float) StrictMath.scalb(fraction, random.nextInt(-9, -3));
        return Quantization.perTensor(scale, random.nextInt(-128, 128));
    }

    private static boolean isComputable(Graph graph) {
        try {
            Simulator.of(graph);
            return true;
        } catch (InvalidModelException e) {
            return false;
        }
    }

    private static byte[] all() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (i - 128);
        }
        return all;
    }

    private static byte[] reference(Graph graph) {
        try (ReferenceInterpreter reference = new ReferenceInterpreter(TfliteWriter.write(graph))) {
            reference.run(List.of(all()));
            return reference.output(0);
        }
    }
}
