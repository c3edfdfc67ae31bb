package org.tinytune.runtimegen;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Operators;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.averagepool.AveragePool2d;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2d;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.plan.TargetCosts;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.testing.RandomGraphs;

/** Every kernel in C computes what the Java kernel does, on random shapes, parameters and values. */
class KernelDifferentialTest {
    /** An emulated ATmega1284P holds the arenas of some twenty models. */
    private static final int OPERATORS_ON_AVR = 16;

    /** They run the libraries of a target that another machine runs on more shapes. */
    private static final Set<Machine> TWINS = EnumSet.of(
            Machine.HOST,
            Machine.HOST_CLANG,
            Machine.CORTEX_M3,
            Machine.CORTEX_M7,
            Machine.CORTEX_M33,
            Machine.RV32IMC);

    private static final List<Operator<?>> OPERATORS_IN_ASSEMBLER = List.of(
            Add.INSTANCE, AveragePool2d.INSTANCE, Conv2d.INSTANCE, DepthwiseConv2d.INSTANCE, FullyConnected.INSTANCE);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CORTEX_M3", "CORTEX_M7", "CORTEX_M33", "CORTEX_M55", "RV32IMC"})
    void everyOperatorEqualsTheSimulator(Machine machine) {
        assertOperatorsEqual(machine, 0, machine == Machine.AVR || machine == Machine.HOST_CLANG ? 1 : 2);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Machine.class)
    void everyOperatorEqualsTheSimulatorOnMoreShapes(Machine machine) {
        if (TWINS.contains(machine)) {
            long seed = 8 + 2L * machine.ordinal();
            assertOperatorsEqual(machine, seed, seed + 2);
        } else {
            assertOperatorsEqual(machine, machine == Machine.AVR ? 1 : 2, machine == Machine.AVR ? 2 : 8);
        }
    }

    private void assertOperatorsEqual(Machine machine, long firstSeed, long endSeed) {
        assertOperatorsEqual(machine, Operators.ALL, ElementType.INT8, firstSeed, endSeed);
    }

    private void assertOperatorsEqual(
            Machine machine, List<Operator<?>> operators, ElementType type, long firstSeed, long endSeed) {
        int perProgram = machine == Machine.AVR ? OPERATORS_ON_AVR : operators.size();
        for (int first = 0; first < operators.size(); first += perProgram) {
            int end = Math.min(first + perProgram, operators.size());
            CHarness harness = new CHarness();
            for (Operator<?> operator : operators.subList(first, end)) {
                for (long seed = firstSeed; seed < endSeed; seed++) {
                    Graph graph = RandomGraphs.single(operator, type, seed);
                    harness.add(operator.name() + " seed " + seed, graph, plan(graph, machine));
                }
            }
            harness.assertEqualOn(machine, folder);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            names = {"HOST_SANITIZED", "CORTEX_M0", "AVR"})
    void everyOperatorOfInt16EqualsTheSimulator(Machine machine) {
        assertInt16OperatorsEqual(machine, 0, machine == Machine.HOST_SANITIZED ? 4 : 1);
    }

    /** Kernels of int16 are portable C, the same on all machines but AVR. */
    @Tag("slow")
    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"HOST", "HOST_CLANG", "CORTEX_M3", "CORTEX_M7", "CORTEX_M33"})
    void everyOperatorOfInt16EqualsTheSimulatorOnMoreShapes(Machine machine) {
        assertInt16OperatorsEqual(machine, 4, machine == Machine.AVR ? 5 : 6);
    }

    private void assertInt16OperatorsEqual(Machine machine, long firstSeed, long endSeed) {
        assertOperatorsEqual(machine, RandomGraphs.operatorsOfInt16(), ElementType.INT16, firstSeed, endSeed);
    }

    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            names = {"HOST_SANITIZED", "CORTEX_M4"})
    void everyNetworkOfInt16EqualsTheSimulatorInOnePieceAndRowByRow(Machine machine) {
        assertInt16NetworksEqual(machine, 0, machine == Machine.HOST_SANITIZED ? 8 : 3);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Machine.class)
    void moreNetworksOfInt16EqualTheSimulatorInOnePieceAndRowByRow(Machine machine) {
        assertInt16NetworksEqual(machine, 8, machine == Machine.AVR ? 10 : 12);
    }

    private void assertInt16NetworksEqual(Machine machine, long firstSeed, long endSeed) {
        CHarness harness = new CHarness();
        for (long seed = firstSeed; seed < endSeed; seed++) {
            Graph graph = RandomGraphs.int16Network(seed);
            harness.add("network seed " + seed, graph, plan(graph, machine));
            TargetCosts costs = new CTargetCosts(machine.target());
            harness.add("streamed network seed " + seed, graph, StreamedPlans.of(graph, costs));
        }
        harness.assertEqualOn(machine, folder);
    }

    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CORTEX_M3", "CORTEX_M7", "CORTEX_M33", "CORTEX_M55", "RV32IMC"})
    void everyNetworkEqualsTheSimulatorOperatorByOperator(Machine machine) {
        assertNetworksEqual(machine, 0, machine == Machine.AVR || machine == Machine.HOST_CLANG ? 3 : 6);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Machine.class)
    void moreNetworksEqualTheSimulatorOperatorByOperator(Machine machine) {
        if (TWINS.contains(machine)) {
            long seed = 20 + 5L * machine.ordinal();
            assertNetworksEqual(machine, seed, seed + 5);
        } else {
            assertNetworksEqual(machine, machine == Machine.AVR ? 3 : 6, machine == Machine.AVR ? 10 : 20);
        }
    }

    private void assertNetworksEqual(Machine machine, long firstSeed, long endSeed) {
        CHarness harness = new CHarness();
        for (long seed = firstSeed; seed < endSeed; seed++) {
            Graph graph = RandomGraphs.network(seed);
            harness.add("network seed " + seed, graph, plan(graph, machine));
            Graph foreign = RandomGraphs.foreignNetwork(seed);
            harness.add("foreign network seed " + seed, foreign, plan(foreign, machine));
        }
        harness.assertEqualOn(machine, folder);
    }

    /** The kernels that a target has alone, over portable primitives, under the sanitizers, and in rings of rows. */
    @ParameterizedTest
    @EnumSource(
            value = CTarget.class,
            names = {"ARMV6M", "ARMV7EM", "HELIUM"})
    void kernelsOfATargetEqualTheSimulatorOnTheHostAsWell(CTarget target) {
        assertKernelsOfATargetEqual(target, 0, 1);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(
            value = CTarget.class,
            names = {"ARMV6M", "ARMV7EM", "HELIUM"})
    void kernelsOfATargetEqualTheSimulatorOnTheHostOnMoreShapes(CTarget target) {
        assertKernelsOfATargetEqual(target, 1, 8);
    }

    private void assertKernelsOfATargetEqual(CTarget target, long firstSeed, long endSeed) {
        CHarness harness = new CHarness();
        for (long seed = firstSeed; seed < endSeed; seed++) {
            for (Operator<?> operator : List.of(Conv2d.INSTANCE, DepthwiseConv2d.INSTANCE, FullyConnected.INSTANCE)) {
                Graph graph = RandomGraphs.single(operator, seed);
                harness.add(operator.name() + " seed " + seed, graph, plan(graph, target));
            }
            Graph network = RandomGraphs.network(200 + seed);
            harness.add("streamed " + seed, network, StreamedPlans.of(network, new CTargetCosts(target)));
        }
        harness.assertEqualOn(Machine.HOST_SANITIZED, target, folder);
    }

    /** Where r7 holds the address of the frame, loops in assembler cannot have it. */
    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            names = {"CORTEX_M0", "CORTEX_M4", "CORTEX_M55"})
    void kernelsWithoutAssemblerEqualTheSimulatorWithFramePointers(Machine machine) {
        CHarness harness = new CHarness();
        for (Operator<?> operator : OPERATORS_IN_ASSEMBLER) {
            Graph graph = RandomGraphs.single(operator, 6);
            harness.add(operator.name(), graph, plan(graph, machine));
        }
        Graph network = RandomGraphs.network(6);
        harness.add("network", network, plan(network, machine));
        harness.assertEqualOn(
                machine, machine.target(), folder, List.of("-fno-omit-frame-pointer", "-DTT_NO_ASSEMBLER"));
    }

    private static Plan plan(Graph graph, Machine machine) {
        return plan(graph, machine.target());
    }

    private static Plan plan(Graph graph, CTarget target) {
        return Planner.plan(graph, new CTargetCosts(target), target.alignment());
    }

    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            names = {"HOST_SANITIZED", "AVR"})
    void everyKernelComputesRowByRowInRings(Machine machine) {
        assertStreamedNetworksEqual(machine, 100, machine == Machine.AVR ? 104 : 110);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Machine.class)
    void everyKernelComputesRowByRowInRingsOfMoreNetworks(Machine machine) {
        if (TWINS.contains(machine)) {
            long seed = 120 + 3L * machine.ordinal();
            assertStreamedNetworksEqual(machine, seed, seed + 3);
        } else {
            assertStreamedNetworksEqual(
                    machine, machine == Machine.AVR ? 104 : 110, machine == Machine.AVR ? 108 : 120);
        }
    }

    private void assertStreamedNetworksEqual(Machine machine, long firstSeed, long endSeed) {
        CHarness harness = new CHarness();
        for (long seed = firstSeed; seed < endSeed; seed++) {
            Graph graph = RandomGraphs.network(seed);
            TargetCosts costs = new CTargetCosts(machine.target());
            harness.add("network seed " + seed, graph, StreamedPlans.of(graph, costs));
            Graph foreign = RandomGraphs.foreignNetwork(seed);
            harness.add("foreign network seed " + seed, foreign, StreamedPlans.of(foreign, costs));
        }
        harness.assertEqualOn(machine, folder);
    }
}
