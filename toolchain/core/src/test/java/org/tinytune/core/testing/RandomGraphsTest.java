package org.tinytune.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.Operators;
import org.tinytune.core.sim.SimulationObserver;
import org.tinytune.core.sim.Simulator;

class RandomGraphsTest {
    @Test
    void givesTheSameGraphForTheSameSeed() {
        assertThat(RandomGraphs.network(5)).isEqualTo(RandomGraphs.network(5)).isNotEqualTo(RandomGraphs.network(6));
    }

    @Test
    void networksUseEveryOperatorAndSaturateSeldom() {
        Set<String> used = new HashSet<>();
        long[] saturatedOfAll = new long[2];
        for (long seed = 0; seed < 200; seed++) {
            Graph graph = RandomGraphs.network(seed);
            graph.nodes().forEach(node -> used.add(node.operator().name()));
            SimulationObserver observer = (node, tensor, bytes) -> {
                for (byte b : bytes) {
                    saturatedOfAll[0] += b == -128 || b == 127 ? 1 : 0;
                    saturatedOfAll[1]++;
                }
            };
            Simulator.of(graph).run(RandomGraphs.inputs(graph, seed), observer);
        }
        assertThat(used).hasSameSizeAs(Operators.ALL);
        assertThat(saturatedOfAll[0]).as(Arrays.toString(saturatedOfAll)).isLessThan(saturatedOfAll[1] / 4);
    }
}
