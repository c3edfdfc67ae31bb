package org.tinytune.train.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.InferenceOnly;
import org.tinytune.core.op.Operators;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.train.network.NetworkOptions.Arithmetic;

/** What is only run is refused by the trainer, in one line. */
class InferenceOnlyTest {
    static List<Operator<?>> operators() {
        return Operators.ALL.stream()
                .filter(operator -> operator instanceof InferenceOnly)
                .toList();
    }

    @Test
    void thereAreSome() {
        assertThat(operators()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void isRefusedInFloatAndInIntegers(Operator<?> operator) {
        Graph graph = RandomGraphs.single(operator, 1);
        assertRefused(operator, FloatGraphs.of(graph, true), Arithmetic.FLOAT32);
        assertRefused(operator, graph, Arithmetic.INT8);
    }

    private static void assertRefused(Operator<?> operator, Graph graph, Arithmetic arithmetic) {
        assertThatThrownBy(() -> new Network(graph, NetworkOptions.inference(arithmetic, 1, 1)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage(operator.name()
                        + " cannot be trained: models that hold it can be run, exported and put on a board only");
    }
}
