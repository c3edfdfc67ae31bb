package org.tinytune.test.tflite;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Operators;
import org.tinytune.core.testing.RandomGraphs;

class OperatorDifferentialTest {
    private static final int CASES = 200;

    static Stream<Operator<?>> operators() {
        return Operators.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void computesWhatTheReferenceInterpreterComputes(Operator<?> operator) {
        for (long seed = 0; seed < CASES; seed++) {
            Graph graph = RandomGraphs.single(operator, seed);
            Differential.assertEqual(
                    operator.name() + " seed " + seed, graph, List.of(RandomGraphs.inputs(graph, seed)));
        }
    }
}
