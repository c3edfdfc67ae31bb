package org.tinytune.runtimegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.cost.KernelWork;
import org.tinytune.core.cost.LatencyModel;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Node;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** Networks whose convolutions need scratch on a board with a Cortex-M0, within all limits where anything changes. */
class BoardPlanTest {
    private static final Board BOARD = Boards.byId("qemu-microbit");
    private static final CTarget TARGET = CTarget.ARMV6M;
    private static final CTargetCosts COSTS = new CTargetCosts(TARGET);

    /**
     * A choice of kernels.
     *
     * @param ramBytes that its firmware takes, beside the arena as much as with the fastest kernels
     * @param lostCycles against the fastest kernels
     */
    private record Alternative(KernelChoice kernels, long ramBytes, double lostCycles) {}

    private static LongStream seeds() {
        return LongStream.range(0, 6);
    }

    private static Graph with(KernelChoice kernels, Graph graph) {
        return graph.withMetadata(kernels.storedIn(graph.metadata(), TARGET));
    }

    private static Alternative alternative(Graph graph, KernelChoice kernels) {
        Graph chosen = with(kernels, graph);
        Plan plan = Planner.plan(chosen, COSTS, TARGET.alignment());
        return new Alternative(kernels, ram(graph, plan), lostCycles(graph, plan));
    }

    private static long ram(Graph graph, Plan plan) {
        Plan fastest = Planner.plan(graph, COSTS, TARGET.alignment());
        return SizeEstimate.of(graph, fastest, BOARD).ramBytes() - fastest.arenaBytes() + plan.arenaBytes();
    }

    /** A kernel that is predicted to be faster than the target's first loses nothing: it is not taken for that. */
    private static double lostCycles(Graph graph, Plan plan) {
        return plan.steps().stream()
                .mapToDouble(step -> {
                    Node<?> node = graph.nodes().get(step.node());
                    String fastest = COSTS.variants(graph, node).get(0);
                    return Math.max(0, cycles(graph, node, step.variant()) - cycles(graph, node, fastest));
                })
                .sum();
    }

    private static double cycles(Graph graph, Node<?> node, String variant) {
        return LatencyModel.of(BOARD).cycles(KernelWork.of(graph, node, variant));
    }

    /** All ways to choose, of each node among its variants that need different scratch. */
    private static List<Alternative> alternatives(Graph graph) {
        List<KernelChoice> choices = new ArrayList<>(List.of(KernelChoice.NONE));
        for (Node<?> node : graph.nodes()) {
            String tensor = graph.tensor(node.output()).name();
            List<String> variants = COSTS.variants(graph, node);
            if (variants.stream()
                            .map(v -> COSTS.scratchBytes(graph, node, v))
                            .distinct()
                            .count()
                    > 1) {
                choices = choices.stream()
                        .flatMap(choice -> variants.stream().map(v -> choice.with(tensor, v)))
                        .toList();
            }
        }
        return choices.stream().map(choice -> alternative(graph, choice)).toList();
    }

    private static BoardPlan onBoard(Graph graph) {
        return within(graph, BOARD.memory().ramBudgetBytes());
    }

    private static BoardPlan within(Graph graph, long ramBytes) {
        return BoardPlan.of(graph, BOARD, ramBytes);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsTheFastestKernelsWhereTheyFit(long seed) {
        Graph graph = DigitNetworks.random(seed);
        BoardPlan plan = onBoard(graph);
        assertThat(plan.concessions()).as("seed %d", seed).isEmpty();
        assertThat(plan.plan()).as("seed %d", seed).isEqualTo(Planner.plan(graph, COSTS, TARGET.alignment()));
        assertThat(plan.fastestRamBytes()).as("seed %d", seed).isEqualTo(ram(graph, plan.plan()));
    }

    /** Held against all ways to choose. */
    @ParameterizedTest
    @MethodSource("seeds")
    void losesAsLittleTimeAsAnyChoiceThatFits(long seed) {
        Graph graph = DigitNetworks.random(seed);
        List<Alternative> alternatives = alternatives(graph);
        long[] limits = alternatives.stream()
                .mapToLong(Alternative::ramBytes)
                .distinct()
                .sorted()
                .toArray();
        assertThat(limits).as("seed %d: limits where something changes", seed).hasSizeGreaterThan(1);
        for (long limit : limits) {
            BoardPlan plan = within(graph, limit);
            double least = alternatives.stream()
                    .filter(a -> a.ramBytes <= limit)
                    .mapToDouble(Alternative::lostCycles)
                    .min()
                    .orElseThrow();
            assertThat(ram(graph, plan.plan()))
                    .as("seed %d, limit %d", seed, limit)
                    .isLessThanOrEqualTo(limit);
            assertThat(lostCycles(graph, plan.plan()))
                    .as("seed %d, limit %d", seed, limit)
                    .isLessThanOrEqualTo(least);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noNodeGivesWayForNothing(long seed) {
        Graph graph = DigitNetworks.random(seed);
        for (Alternative alternative : alternatives(graph)) {
            BoardPlan plan = within(graph, alternative.ramBytes);
            KernelChoice kernels = plan.kernels();
            for (BoardPlan.Concession concession : plan.concessions()) {
                String tensor = graph.tensor(
                                graph.nodes().get(concession.node()).output())
                        .name();
                assertThat(kernels.variant(tensor)).hasValue(concession.taken());
                assertThat(alternative(graph, kernels.with(tensor, concession.fastest())).ramBytes)
                        .as("seed %d, limit %d, node %d", seed, alternative.ramBytes, concession.node())
                        .isGreaterThan(alternative.ramBytes);
            }
        }
    }

    @Test
    void needsTheLeastRamWhereNothingFits() {
        Graph graph = DigitNetworks.random(1);
        long least = alternatives(graph).stream()
                .mapToLong(Alternative::ramBytes)
                .min()
                .orElseThrow();
        // Just below, where a firmware may yet turn out to fit, and where none can.
        for (long limit : new long[] {least - 1, 0}) {
            BoardPlan plan = within(graph, limit);
            assertThat(ram(graph, plan.plan())).as("limit %d", limit).isEqualTo(least);
            assertThat(plan.concessions()).as("limit %d", limit).isNotEmpty();
            assertThat(plan.fastestRamBytes()).as("limit %d", limit).isGreaterThan(least);
        }
    }

    /** A sum makes the peak; the convolution could but save stack. */
    @Test
    void noNodeGivesWayWhereOthersMakeThePeak() {
        Quantization quantization = Quantization.perTensor(0.05f, 0);
        GraphBuilder builder = new GraphBuilder();
        int large = builder.input("large", Shape.of(1, 1, 1, 3000), ElementType.INT8, quantization);
        int other = builder.input("other", Shape.of(1, 1, 1, 3000), ElementType.INT8, quantization);
        int small = builder.input("small", Shape.of(1, 4, 4, 1), ElementType.INT8, quantization);
        builder.output(builder.node(
                "sum",
                ElementType.INT8,
                quantization,
                Add.INSTANCE,
                new PairwiseParams(Activation.NONE),
                large,
                other));
        builder.output(builder.node(
                "filtered",
                ElementType.INT8,
                quantization,
                Conv2d.INSTANCE,
                Conv2dParams.of(1, Padding.VALID, Activation.NONE),
                small,
                builder.constant("weights", Shape.of(4, 3, 3, 1), quantization, TensorData.of(new byte[36])),
                builder.constant("bias", Shape.of(4), Quantization.NONE, TensorData.of(new int[4]))));
        Graph graph = builder.build();
        BoardPlan fast = onBoard(graph);
        assertThat(fast.fastestRamBytes()).isPositive();

        BoardPlan plan = within(graph, fast.fastestRamBytes() - 1);

        assertThat(plan.concessions()).isEmpty();
        assertThat(plan.plan()).isEqualTo(fast.plan());
    }

    @Test
    void kernelsThatWereChosenForTheModelStay() {
        Graph graph = DigitNetworks.random(1);
        BoardPlan fast = onBoard(graph);
        Graph chosen = with(fast.kernels(), graph);

        BoardPlan plan = within(chosen, 0);

        assertThat(plan.plan()).isEqualTo(fast.plan());
        assertThat(plan.concessions()).isEmpty();
        // What was chosen for another kind of machine says nothing.
        Graph other = graph.withMetadata(fast.kernels().storedIn(graph.metadata(), CTarget.ARMV7EM));
        assertThat(within(other, 0).concessions()).isNotEmpty();
    }

    @Test
    void itsKernelsKeptWithTheModelGiveThePlanAgain() {
        Graph graph = DigitNetworks.random(1);
        BoardPlan lean = within(graph, 0);
        assertThat(onBoard(with(lean.kernels(), graph)).plan()).isEqualTo(lean.plan());
    }

    @Test
    void aTargetWithOneKernelAnOperatorHasNothingToGive() {
        BoardPlan plan = BoardPlan.of(DigitNetworks.random(1), Boards.byId("arduino-uno"), 0);
        assertThat(plan.concessions()).isEmpty();
        assertThat(plan.fastestRamBytes()).isZero();
        assertThat(plan.kernels()).isEqualTo(KernelChoice.NONE);
    }
}
