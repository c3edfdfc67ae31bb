package org.tinytune.test.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.sim.PreparedKernels;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.device.profile.DeviceProfile;
import org.tinytune.device.profile.Inference;
import org.tinytune.runtimegen.CLibrary;
import org.tinytune.runtimegen.CLibraryGenerator;
import org.tinytune.runtimegen.CTarget;
import org.tinytune.runtimegen.CTargetCosts;
import org.tinytune.runtimegen.firmware.Firmware;
import org.tinytune.runtimegen.firmware.FirmwareBuilder;
import org.tinytune.runtimegen.firmware.FirmwareOptions;
import org.tinytune.runtimegen.firmware.FirmwareOptions.Optimization;

/** A network, generated, built, flashed and run on every emulated board, is the simulator's, operator by operator. */
@Timeout(120)
class GeneratedFirmwareTest {
    private static final FirmwareOptions SMALL =
            FirmwareOptions.of(Optimization.SIZE).strictly();

    @TempDir
    private Path folder;

    static List<String> boards() {
        return EmulatedBoardTest.boards();
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("boards")
    void everyOperatorsOutputIsThatOfTheSimulator(String id) {
        Board board = Boards.byId(id);
        InstalledTools.assumeEmulatorOf(board);
        CTarget target = CTarget.of(board.mcu());
        int tried = 0;
        for (long seed = 0; tried < 2; seed++) {
            Graph graph = RandomGraphs.network(seed);
            Plan plan = Planner.plan(graph, new CTargetCosts(target), target.alignment());
            CLibrary library = new CLibraryGenerator(target).generate(graph, plan, "model");
            Path sources = folder.resolve("library" + seed);
            library.writeTo(sources);
            Firmware firmware = FirmwareBuilder.build(sources, board, SMALL.traced(), folder.resolve(seed + ".elf"));
            if (firmware.sizes().ramOverBytes(board) == 0) {
                assertEqualsSimulator(board, firmware, library.hash(), graph, plan, seed);
                tried++;
            }
        }
    }

    private static void assertEqualsSimulator(
            Board board, Firmware firmware, String hash, Graph graph, Plan plan, long seed) {
        List<byte[]> inputs = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            inputs.addAll(RandomGraphs.inputs(graph, 100 * seed + n));
        }

        DeviceProfile profile = EmulatedBoard.profile(board, firmware, hash, inputs);

        Simulator simulator = new Simulator(PreparedKernels.of(graph), plan);
        for (int n = 0; n < inputs.size(); n++) {
            List<Long> crcs = new ArrayList<>();
            byte[] output = simulator
                    .run(List.of(inputs.get(n)), (node, tensor, bytes) -> crcs.add(crc(bytes)))
                    .get(0);
            Inference inference = profile.inferences().get(n);
            assertThat(inference.operatorCrcs())
                    .as("%s, seed %d, input %d", board.id(), seed, n)
                    .isEqualTo(crcs);
            assertThat(inference.output()).isEqualTo(output);
        }
        assertThat(profile.memory().arenaBytes()).isEqualTo(plan.arenaBytes());
        assertThat((long) profile.memory().stackBytes())
                .as("painted stack against its static bound, seed %d", seed)
                .isLessThanOrEqualTo(firmware.sizes().stackBytes());
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
