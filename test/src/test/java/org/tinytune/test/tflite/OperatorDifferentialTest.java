package org.tinytune.test.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Operators;
import org.tinytune.core.op.concatenation.Concatenation;
import org.tinytune.core.op.concatenation.ConcatenationParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.PreparedKernels;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.tflite.TfliteWriter;

class OperatorDifferentialTest {
    private static final int CASES = 200;
    private static final int CASES_ON_BOUNDARIES = 500;

    static Stream<String> operators() {
        return Operators.ALL.stream().map(operator -> operator.name());
    }

    static Stream<String> operatorsWithBias() {
        return operators().filter(name -> HardCases.hasBias(single(name, 0)));
    }

    /** The reference has a CONV_2D without bias for floats only. */
    static Stream<String> operatorsWithOptionalBias() {
        return operatorsWithBias().filter(name -> !name.equals("CONV_2D"));
    }

    private static Graph single(String name, long seed) {
        return RandomGraphs.single(Operators.byName(name).orElseThrow(), seed);
    }

    static Stream<String> operatorsOfInt16WithOptionalBias() {
        return operatorsOfInt16WithBias().filter(name -> !name.equals("CONV_2D"));
    }

    private static Graph int16(String name, long seed) {
        return RandomGraphs.single(Operators.byName(name).orElseThrow(), ElementType.INT16, seed);
    }

    static Stream<String> operatorsOfInt16() {
        return RandomGraphs.operatorsOfInt16().stream().map(operator -> operator.name());
    }

    static Stream<String> operatorsOfInt16WithBias() {
        return operatorsOfInt16().filter(name -> HardCases.hasBias(single(name, 0)));
    }

    @ParameterizedTest
    @MethodSource("operatorsOfInt16")
    void equalsTheReferenceInInt16(String name) {
        for (long seed = 0; seed < CASES; seed++) {
            Graph graph = int16(name, seed);
            if (Differential.isKnown(graph)) {
                compare(name + " of int16, seed " + seed, graph, seed);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operatorsOfInt16")
    void equalsTheReferenceInInt16ForScalesOfAnyMagnitude(String name) {
        int compared = 0;
        for (long seed = 0; seed < CASES; seed++) {
            Graph graph = HardCases.wideScales(int16(name, seed), seed);
            if (Differential.isKnown(graph) && isComputable(graph)) {
                compare(name + " of int16 with wide scales, seed " + seed, graph, seed);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(CASES / 4);
    }

    @ParameterizedTest
    @MethodSource("operatorsOfInt16WithBias")
    void equalsTheReferenceInInt16ForAccumulatorsOnRoundingBoundaries(String name) {
        for (long seed = 0; seed < CASES_ON_BOUNDARIES; seed++) {
            Graph graph = HardCases.onRoundingBoundaries(int16(name, seed), seed);
            if (isComputable(graph)) {
                compare(name + " of int16 on boundaries, seed " + seed, graph, seed);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operatorsOfInt16WithOptionalBias")
    void equalsTheReferenceInInt16WithoutABias(String name) {
        for (long seed = 0; seed < CASES; seed++) {
            compare(name + " of int16 without bias, seed " + seed, HardCases.withoutBias(int16(name, seed)), seed);
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void equalsTheReferenceForRandomParametersAndShapes(String name) {
        for (long seed = 0; seed < CASES; seed++) {
            compare(name + " seed " + seed, single(name, seed), seed);
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void equalsTheReferenceForScalesOfAnyMagnitude(String name) {
        int compared = 0;
        for (long seed = 0; seed < CASES; seed++) {
            Graph graph = HardCases.wideScales(single(name, seed), seed);
            if (isComputable(graph)) {
                compare(name + " with wide scales, seed " + seed, graph, seed);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(CASES / 2);
    }

    @ParameterizedTest
    @MethodSource("operatorsWithBias")
    void equalsTheReferenceForAccumulatorsOnRoundingBoundaries(String name) {
        for (long seed = 0; seed < CASES_ON_BOUNDARIES; seed++) {
            Graph graph = HardCases.onRoundingBoundaries(single(name, seed), seed);
            compare(name + " on boundaries, seed " + seed, graph, seed);
        }
    }

    @ParameterizedTest
    @MethodSource("operatorsWithOptionalBias")
    void equalsTheReferenceWithoutABias(String name) {
        for (long seed = 0; seed < CASES; seed++) {
            compare(name + " without bias, seed " + seed, HardCases.withoutBias(single(name, seed)), seed);
        }
    }

    /** Int8 operands are never rescaled when they are joined: neither by the reference nor here. */
    @Test
    void operandsOfDifferentScalesAreJoinedByNeither() {
        GraphBuilder builder = new GraphBuilder();
        Quantization output = Quantization.perTensor(0.1f, 3);
        Shape shape = Shape.of(1, 2, 2, 2);
        int first = builder.input("first", shape, ElementType.INT8, output);
        int second = builder.input("second", shape, ElementType.INT8, Quantization.perTensor(0.2f, 3));
        ConcatenationParams params = new ConcatenationParams(3);
        Graph graph = builder.output(
                        builder.node("joined", ElementType.INT8, output, Concatenation.INSTANCE, params, first, second))
                .build();

        assertThat(isComputable(graph)).isFalse();
        byte[] file = TfliteWriter.write(graph);
        assertThatThrownBy(() -> new ReferenceInterpreter(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AllocateTensors");
    }

    /** Some scales are beyond what the operator's arithmetic can do, in the reference as well. */
    private static boolean isComputable(Graph graph) {
        try {
            PreparedKernels.of(graph);
            return true;
        } catch (InvalidModelException e) {
            return false;
        }
    }

    private static void compare(String context, Graph graph, long seed) {
        int runs = graph.hasState() ? 6 : 1;
        List<List<byte[]>> inputs = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            inputs.add(RandomGraphs.inputs(graph, seed + i * 1_000_003L));
        }
        Differential.assertEqual(context, graph, inputs);
    }
}
