package org.tinytune.runtimegen;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tinytune.core.dsp.RealFft;
import org.tinytune.core.dsp.Window;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.DspBlock;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.Operators;
import org.tinytune.core.op.SpectrumParams;
import org.tinytune.core.op.spectrogram.Spectrogram;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.testing.BlockRun;
import org.tinytune.core.testing.RandomBlocks;

/** Every block before a network computes in C what it does in Java. */
class DspBlockDifferentialTest {
    private static final int MAX_FFT_LENGTH = 512;
    private static final int MAX_FFT_LENGTH_ON_AVR = 32;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            names = {"HOST_SANITIZED", "CORTEX_M4"})
    void everyBlockEqualsTheSimulatorInOnePieceAndRowByRow(Machine machine) {
        assertBlocksEqual(machine, 0, machine == Machine.HOST_SANITIZED ? 2 : 1);
    }

    /** Cortex-M7 and M33 run what the M4 runs: these kernels are plain C, with its instructions for pairs. */
    @Tag("slow")
    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"HOST", "CORTEX_M7", "CORTEX_M33"})
    void everyBlockEqualsTheSimulatorWithMoreParameters(Machine machine) {
        assertBlocksEqual(machine, 8, machine == Machine.HOST_SANITIZED ? 11 : 9);
    }

    private void assertBlocksEqual(Machine machine, long firstSeed, long endSeed) {
        if (machine == Machine.AVR) {
            // Its RAM holds the arenas of one block's cases.
            Operators.DSP_BLOCKS.forEach(block -> assertEqual(machine, List.of(block), firstSeed, endSeed));
        } else {
            assertEqual(machine, Operators.DSP_BLOCKS, firstSeed, endSeed);
        }
    }

    private void assertEqual(Machine machine, List<DspBlock<?>> blocks, long firstSeed, long endSeed) {
        int maxFftLength = machine == Machine.AVR ? MAX_FFT_LENGTH_ON_AVR : MAX_FFT_LENGTH;
        CTargetCosts costs = new CTargetCosts(machine.target());
        CHarness harness = new CHarness();
        for (DspBlock<?> block : blocks) {
            for (long seed = firstSeed; seed < endSeed; seed++) {
                Graph loud = RandomBlocks.single(block, maxFftLength, seed);
                harness.add(block.name() + " seed " + seed, loud, plan(loud, machine));
                Graph quiet = RandomBlocks.quiet(block, maxFftLength, seed);
                harness.add("quiet " + block.name() + " seed " + seed, quiet, plan(quiet, machine));
                harness.add("streamed " + block.name() + " seed " + seed, quiet, StreamedPlans.of(quiet, costs));
            }
        }
        harness.assertEqualOn(machine, folder);
    }

    /** Speech, motion and handwriting, of which the first two are of a folder beside the project. */
    @Tag("slow")
    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            names = {"HOST_SANITIZED", "CORTEX_M0", "CORTEX_M4", "CORTEX_M55", "AVR"})
    void everyBlockEqualsTheSimulatorOnRecordings(Machine machine) {
        RealInputs real = new RealInputs();
        int maxFftLength = machine == Machine.AVR ? MAX_FFT_LENGTH_ON_AVR : MAX_FFT_LENGTH;
        for (DspBlock<?> block : Operators.DSP_BLOCKS) {
            CHarness harness = new CHarness();
            for (int seed = 20; seed < 24; seed++) {
                Graph graph = RandomBlocks.single(block, maxFftLength, seed);
                harness.add(block.name() + " seed " + seed, graph, plan(graph, machine), real.of(graph, seed));
            }
            harness.assertEqualOn(machine, folder);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            names = {"HOST", "CORTEX_M0", "CORTEX_M4"})
    void everyLengthOfTheTransformEqualsTheSimulator(Machine machine) {
        CHarness harness = new CHarness();
        for (int length = RealFft.MIN_LENGTH; length <= RealFft.MAX_LENGTH; length *= 2) {
            Frames frames = new Frames(length, length / 2);
            SpectrumParams params = new SpectrumParams(frames, length, Window.RECTANGULAR, 0, -120);
            Graph graph = BlockRun.graph(Spectrogram.INSTANCE, params, 2 * length);
            harness.add("length " + length, graph, plan(graph, machine));
        }
        harness.assertEqualOn(machine, folder);
    }

    private static Plan plan(Graph graph, Machine machine) {
        CTarget target = machine.target();
        return Planner.plan(graph, new CTargetCosts(target), target.alignment());
    }
}
