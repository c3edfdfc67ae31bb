package org.tinytune.runtimegen;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Operators;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.testing.RandomGraphs;

/** Every kernel in C computes what the Java kernel does, on random shapes, parameters and values. */
class KernelDifferentialTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Machine.class)
    void everyOperatorEqualsTheSimulator(Machine machine) {
        // An emulated ATmega1284P holds the arenas of some twenty models.
        int each = machine == Machine.AVR ? 2 : 8;
        CHarness harness = new CHarness();
        for (Operator<?> operator : Operators.ALL) {
            for (long seed = 0; seed < each; seed++) {
                Graph graph = RandomGraphs.single(operator, seed);
                harness.add(
                        operator.name() + " seed " + seed,
                        graph,
                        Planner.plan(
                                graph,
                                new CTargetCosts(machine.target()),
                                machine.target().alignment()));
            }
        }
        harness.assertEqualOn(machine, folder);
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void everyNetworkEqualsTheSimulatorOperatorByOperator(Machine machine) {
        int count = machine == Machine.AVR ? 10 : 20;
        CHarness harness = new CHarness();
        for (long seed = 0; seed < count; seed++) {
            Graph graph = RandomGraphs.network(seed);
            harness.add(
                    "network seed " + seed,
                    graph,
                    Planner.plan(
                            graph,
                            new CTargetCosts(machine.target()),
                            machine.target().alignment()));
        }
        harness.assertEqualOn(machine, folder);
    }

    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            names = {"HOST_SANITIZED", "AVR"})
    void everyKernelComputesRowByRowInRings(Machine machine) {
        int count = machine == Machine.AVR ? 8 : 30;
        CHarness harness = new CHarness();
        for (long seed = 100; seed < 100 + count; seed++) {
            Graph graph = RandomGraphs.network(seed);
            harness.add("network seed " + seed, graph, StreamedPlans.of(graph, new CTargetCosts(machine.target())));
        }
        harness.assertEqualOn(machine, folder);
    }
}
