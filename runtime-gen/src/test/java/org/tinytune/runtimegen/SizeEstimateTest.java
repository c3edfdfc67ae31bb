package org.tinytune.runtimegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.Operators;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.core.testing.RandomWindows;
import org.tinytune.runtimegen.firmware.FirmwareBuilder;
import org.tinytune.runtimegen.firmware.FirmwareOptions;
import org.tinytune.runtimegen.firmware.FirmwareOptions.Optimization;
import org.tinytune.runtimegen.firmware.FirmwareSizes;

class SizeEstimateTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"arduino-uno, SIZE, 300, 303", "qemu-microbit, SPEED, 300, 301", "qemu-mps2-an386, SPEED, 300, 301"})
    void boundsEveryNetwork(String board, Optimization optimization, long firstSeed, long endSeed) {
        for (long seed = firstSeed; seed < endSeed; seed++) {
            assertBounded(RandomGraphs.network(seed), "network seed " + seed, Boards.byId(board), optimization);
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"arduino-uno, SIZE, 303, 312", "qemu-microbit, SPEED, 301, 304", "qemu-mps2-an386, SPEED, 301, 304"})
    void boundsMoreNetworks(String board, Optimization optimization, long firstSeed, long endSeed) {
        boundsEveryNetwork(board, optimization, firstSeed, endSeed);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"arduino-uno, SIZE, 300, 304", "qemu-mps2-an386, SPEED, 300, 301", "qemu-microbit, SPEED, 300, 301"})
    void boundsEveryOperator(String board, Optimization optimization, long firstSeed, long endSeed) {
        Operators.ALL.parallelStream().forEach(operator -> {
            for (long seed = firstSeed; seed < endSeed; seed++) {
                Graph graph = RandomGraphs.single(operator, seed);
                assertBounded(graph, operator.name() + " seed " + seed, Boards.byId(board), optimization);
            }
        });
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"arduino-uno, SIZE, 300, 302", "qemu-mps2-an386, SPEED, 300, 301", "qemu-microbit, SPEED, 300, 301"})
    void boundsEveryOperatorOfInt16(String board, Optimization optimization, long firstSeed, long endSeed) {
        RandomGraphs.operatorsOfInt16().parallelStream().forEach(operator -> {
            for (long seed = firstSeed; seed < endSeed; seed++) {
                Graph graph = RandomGraphs.single(operator, ElementType.INT16, seed);
                assertBounded(graph, operator.name() + " of int16, seed " + seed, Boards.byId(board), optimization);
            }
        });
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"arduino-uno, SIZE, 300, 308", "qemu-mps2-an386, SPEED, 300, 302", "qemu-microbit, SPEED, 300, 302"})
    void boundsEveryBlockBeforeANetwork(String board, Optimization optimization, long firstSeed, long endSeed) {
        Operators.DSP_BLOCKS.parallelStream().forEach(block -> {
            for (long seed = firstSeed; seed < endSeed; seed++) {
                Graph graph = RandomGraphs.single(block, seed);
                assertBounded(graph, block.name() + " seed " + seed, Boards.byId(board), optimization);
            }
        });
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"arduino-uno, SIZE, 300, 304", "qemu-mps2-an386, SPEED, 300, 302", "qemu-microbit, SPEED, 300, 302"})
    void boundsWindowsThatSlide(String board, Optimization optimization, long firstSeed, long endSeed) {
        for (long seed = firstSeed; seed < endSeed; seed++) {
            for (ElementType type : new ElementType[] {ElementType.INT8, ElementType.INT16}) {
                Graph graph = RandomWindows.slide(type, seed);
                assertBounded(graph, "SLIDE of " + type + " seed " + seed, Boards.byId(board), optimization);
            }
        }
    }

    @Test
    void isNoMoreThanAThirdAboveTheTruthForNetworksThatFillAnUno() {
        Board board = Boards.byId("arduino-uno");
        List<Double> flash = new ArrayList<>();
        List<Double> ram = new ArrayList<>();
        for (long seed = 0; seed < 6; seed++) {
            Graph graph = DigitNetworks.random(seed);
            FirmwareSizes sizes = assertBounded(graph, "digit network seed " + seed, board, Optimization.SIZE);
            SizeEstimate estimate = SizeEstimate.of(graph, plan(graph, board), board);
            flash.add((double) estimate.flashBytes() / sizes.flashBytes());
            ram.add((double) estimate.ramBytes() / sizes.ramBytes());
        }
        assertThat(flash).allSatisfy(ratio -> assertThat(ratio).isLessThan(1.35));
        assertThat(ram).allSatisfy(ratio -> assertThat(ratio).isLessThan(1.35));
    }

    private FirmwareSizes assertBounded(Graph graph, String name, Board board, Optimization optimization) {
        Machine.assumeTool(board.mcu().architecture() == Board.Architecture.AVR ? "avr-gcc" : "arm-none-eabi-gcc");
        Plan plan = plan(graph, board);
        Path library = folder.resolve(name.replaceAll("\\W", "_"));
        new CLibraryGenerator(CTarget.of(board.mcu()))
                .generate(graph, plan, "model")
                .writeTo(library);
        FirmwareSizes sizes = FirmwareBuilder.measure(
                library, board, FirmwareOptions.of(optimization).strictly());
        SizeEstimate estimate = SizeEstimate.of(graph, plan, board);
        assertThat(estimate.flashBytes())
                .as("flash of %s on %s", name, board.id())
                .isGreaterThanOrEqualTo(sizes.flashBytes());
        assertThat(estimate.ramBytes())
                .as("RAM of %s on %s", name, board.id())
                .isGreaterThanOrEqualTo(sizes.ramBytes());
        return sizes;
    }

    private static Plan plan(Graph graph, Board board) {
        CTarget target = CTarget.of(board.mcu());
        return Planner.plan(graph, new CTargetCosts(target), target.alignment());
    }
}
