package org.tinytune.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.InferenceOnly;
import org.tinytune.core.op.Operators;
import org.tinytune.core.sim.SimulationObserver;
import org.tinytune.core.sim.Simulator;

class RandomGraphsTest {
    @Test
    void givesTheSameGraphForTheSameSeed() {
        assertThat(RandomGraphs.network(5)).isEqualTo(RandomGraphs.network(5)).isNotEqualTo(RandomGraphs.network(6));
    }

    @Test
    void networksUseEveryOperatorThatIsTrainedAndSaturateSeldom() {
        List<Operator<?>> trained = Operators.ALL.stream()
                .filter(operator -> !(operator instanceof InferenceOnly))
                .toList();
        assertUsedAndSeldomSaturated(trained, RandomGraphs::network);
    }

    @Test
    void foreignNetworksUseEveryOperatorAndSaturateSeldom() {
        assertUsedAndSeldomSaturated(Operators.ALL, RandomGraphs::foreignNetwork);
    }

    private static void assertUsedAndSeldomSaturated(List<Operator<?>> operators, LongFunction<Graph> networks) {
        Set<String> used = new HashSet<>();
        long[] saturatedOfAll = new long[2];
        for (long seed = 0; seed < 200; seed++) {
            Graph graph = networks.apply(seed);
            graph.nodes().forEach(node -> used.add(node.operator().name()));
            SimulationObserver observer = (node, tensor, bytes) -> {
                for (byte b : bytes) {
                    saturatedOfAll[0] += b == -128 || b == 127 ? 1 : 0;
                    saturatedOfAll[1]++;
                }
            };
            Simulator.of(graph).run(RandomGraphs.inputs(graph, seed), observer);
        }
        assertThat(used).hasSameSizeAs(operators);
        assertThat(saturatedOfAll[0]).as(Arrays.toString(saturatedOfAll)).isLessThan(saturatedOfAll[1] / 4);
    }
}
