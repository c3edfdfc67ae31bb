package org.tinytune.runtimegen;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.DspBlock;
import org.tinytune.core.op.slide.ContinuousGraph;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.testing.RandomWindows;

/** Models on a sliding window compute in C what they do in Java, operator by operator, one hop after the other. */
class ContinuousUseDifferentialTest {
    private static final int MAX_FFT_LENGTH = 256;
    private static final int MAX_FFT_LENGTH_ON_AVR = 16;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            names = {"HOST_SANITIZED", "CORTEX_M4"})
    void windowsThatSlideEqualTheSimulator(Machine machine) {
        assertEqual(machine, 0, machine == Machine.HOST_SANITIZED ? 2 : 1);
    }

    /** Cortex-M7 and M33 run what the M4 runs: these kernels are plain C, with its instructions for pairs. */
    @Tag("slow")
    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"HOST", "CORTEX_M7", "CORTEX_M33"})
    void moreWindowsThatSlideEqualTheSimulator(Machine machine) {
        assertEqual(machine, 2, machine == Machine.HOST_SANITIZED ? 6 : 3);
    }

    private void assertEqual(Machine machine, long firstSeed, long endSeed) {
        CHarness harness = new CHarness();
        for (long seed = firstSeed; seed < endSeed; seed++) {
            for (ElementType type : new ElementType[] {ElementType.INT8, ElementType.INT16}) {
                Graph slide = RandomWindows.slide(type, seed);
                harness.add("SLIDE of " + type + " seed " + seed, slide, plan(slide, machine));
            }
            if (machine != Machine.AVR) {
                for (DspBlock<?> block : RandomWindows.FRAMERS) {
                    add(harness, machine, block, MAX_FFT_LENGTH, seed);
                }
            }
        }
        harness.assertEqualOn(machine, folder);
        if (machine == Machine.AVR) {
            // Its RAM holds the arenas of few models.
            for (DspBlock<?> block : RandomWindows.FRAMERS) {
                CHarness one = new CHarness();
                add(one, machine, block, MAX_FFT_LENGTH_ON_AVR, firstSeed);
                one.assertEqualOn(machine, folder);
            }
        }
    }

    /** A model of the block whose window slides: of a seed, or of the next that has one. */
    private static void add(CHarness harness, Machine machine, DspBlock<?> block, int maxFftLength, long firstSeed) {
        for (long seed = 100 * firstSeed; ; seed++) {
            Graph model = RandomWindows.model(block, maxFftLength, seed);
            try {
                Graph graph = ContinuousGraph.of(model, ContinuousGraph.granularity(model))
                        .graph();
                harness.add(block.name() + " seed " + seed, graph, plan(graph, machine));
                CTargetCosts costs = new CTargetCosts(machine.target());
                harness.add("streamed " + block.name() + " seed " + seed, graph, StreamedPlans.of(graph, costs));
                return;
            } catch (TinytuneException e) {
                // One frame, or frames that share nothing.
                continue;
            }
        }
    }

    private static Plan plan(Graph graph, Machine machine) {
        CTarget target = machine.target();
        return Planner.plan(graph, new CTargetCosts(target), target.alignment());
    }
}
