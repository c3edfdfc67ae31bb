package org.tinytune.test.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Operators;
import org.tinytune.core.sim.PreparedKernels;
import org.tinytune.core.testing.RandomGraphs;

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
        Differential.assertEqual(context, graph, List.of(RandomGraphs.inputs(graph, seed)));
    }
}
