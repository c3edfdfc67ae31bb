package org.tinytune.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.plan.ArenaUse.Range;
import org.tinytune.core.plan.Plan.Allocation;
import org.tinytune.core.testing.RandomGraphs;

class ArenaUseTest {
    @Test
    void everyTensorShowsInTheColumnsOfItsStepsWithinItsPlace() {
        for (long seed = 0; seed < 100; seed++) {
            Graph graph = RandomGraphs.networkOfAnyOrigin(seed);
            Plan plan = Planner.plan(graph, TargetCosts.NONE, 1);
            ArenaUse use = new ArenaUse(graph, plan, 3);

            assertThat(use.columns()).isEqualTo(3 * plan.steps().size());
            plan.allocations().forEach((tensor, a) -> assertShown(use, tensor, a));
        }
    }

    private static void assertShown(ArenaUse use, int tensor, Allocation a) {
        for (int column = 0; column < use.columns(); column++) {
            Range range = use.range(tensor, column);
            if (!range.isEmpty()) {
                assertThat(range.begin()).isGreaterThanOrEqualTo(a.offset());
                assertThat(range.end()).isLessThanOrEqualTo(a.offset() + a.bytes());
            }
        }
    }

    @Test
    void whatIsShownOfTwoTensorsNeverOverlapsUnlessOneIsWrittenInPlace() {
        int shared = 0;
        for (long seed = 0; seed < 100; seed++) {
            Graph graph = RandomGraphs.network(seed);
            Plan plan = Planner.plan(graph, TargetCosts.NONE, 1);
            ArenaUse use = new ArenaUse(graph, plan, 2);
            for (int one : plan.allocations().keySet()) {
                for (int other : plan.allocations().tailMap(one + 1).keySet()) {
                    boolean inPlace = plan.allocation(one).offset()
                            == plan.allocation(other).offset();
                    for (int column = 0; column < use.columns() && !inPlace; column++) {
                        Range a = use.range(one, column);
                        Range b = use.range(other, column);
                        boolean apart = a.isEmpty() || b.isEmpty() || a.end() <= b.begin() || b.end() <= a.begin();
                        assertThat(apart)
                                .as("seed %d: %d and %d", seed, one, other)
                                .isTrue();
                        shared++;
                    }
                }
            }
        }
        assertThat(shared).isPositive();
    }
}
