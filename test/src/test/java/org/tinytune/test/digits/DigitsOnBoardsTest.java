package org.tinytune.test.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.sim.PreparedKernels;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.device.profile.DeviceProfile;
import org.tinytune.device.profile.Inference;
import org.tinytune.runtimegen.CLibrary;
import org.tinytune.runtimegen.CLibraryGenerator;
import org.tinytune.runtimegen.CTarget;
import org.tinytune.runtimegen.CTargetCosts;
import org.tinytune.runtimegen.firmware.Firmware;
import org.tinytune.runtimegen.firmware.FirmwareBuilder;
import org.tinytune.runtimegen.firmware.FirmwareOptions;
import org.tinytune.test.device.EmulatedBoard;

/**
 * On every emulated board, a trained network gives the simulator's bytes on the whole test set, operator by operator.
 */
@Tag("slow")
@Timeout(300)
class DigitsOnBoardsTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> boardsAndNetworks() {
        return Boards.ids().stream()
                .filter(id -> Boards.byId(id).emulator().isPresent())
                .flatMap(id -> Stream.of(DigitNetwork.values()).map(network -> Arguments.of(id, network)));
    }

    @ParameterizedTest
    @MethodSource("boardsAndNetworks")
    void everyOperatorOfEverySampleIsThatOfTheSimulator(String id, DigitNetwork network) {
        Board board = Boards.byId(id);
        InstalledTools.assumeEmulatorOf(board);
        TrainedDigits trained = TrainedDigits.of(network);
        Graph graph = trained.result().int8Graph();
        CTarget target = CTarget.of(board.mcu());
        Plan plan = Planner.plan(graph, new CTargetCosts(target), target.alignment());
        CLibrary library = new CLibraryGenerator(target).generate(graph, plan, CLibrary.FIRMWARE_PREFIX);
        library.writeTo(folder.resolve("library"));
        FirmwareOptions options = FirmwareOptions.of(board).strictly().traced();
        Firmware firmware = FirmwareBuilder.build(folder.resolve("library"), board, options, folder.resolve("f.elf"));
        firmware.sizes().requireFit(board);
        List<byte[]> inputs = trained.testInputs();

        DeviceProfile profile = EmulatedBoard.profile(board, firmware, library.hash(), inputs);

        assertThat(profile.inferences()).hasSize(inputs.size());
        Simulator simulator = new Simulator(PreparedKernels.of(graph), plan);
        for (int n = 0; n < inputs.size(); n++) {
            List<Long> crcs = new ArrayList<>();
            byte[] output = simulator
                    .run(List.of(inputs.get(n)), (node, tensor, bytes) -> crcs.add(crc(bytes)))
                    .get(0);
            Inference inference = profile.inferences().get(n);
            assertThat(inference.operatorCrcs()).as("sample %d", n).isEqualTo(crcs);
            assertThat(inference.output()).as("sample %d", n).isEqualTo(output);
        }
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
