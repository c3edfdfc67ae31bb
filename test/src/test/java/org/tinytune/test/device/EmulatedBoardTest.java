package org.tinytune.test.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.device.emulator.VirtualBoard;
import org.tinytune.device.profile.DeviceProfile;
import org.tinytune.device.profile.Inference;
import org.tinytune.runtimegen.firmware.Firmware;
import org.tinytune.runtimegen.firmware.FirmwareBuilder;
import org.tinytune.runtimegen.firmware.FirmwareOptions;
import org.tinytune.runtimegen.firmware.FirmwareOptions.Optimization;

/** From a C library to a profile, on every board that can be emulated. */
@Timeout(120)
class EmulatedBoardTest {
    private static final FirmwareOptions SMALL =
            FirmwareOptions.of(Optimization.SIZE).strictly();
    private static final int DIGITS_TEST_SAMPLES = 360;
    private static final int REPETITIONS = 5;

    @TempDir
    private Path folder;

    static List<String> boards() {
        return Boards.ids().stream()
                .filter(id -> Boards.byId(id).emulator().isPresent())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("boards")
    void aProfileIsExact(String id) {
        Board board = emulable(id);
        Firmware firmware = FirmwareBuilder.build(StandinModel.LIBRARY, board, SMALL, folder.resolve("f.elf"));
        List<byte[]> inputs = StandinModel.inputs(DIGITS_TEST_SAMPLES, 1);
        inputs.addAll(Collections.nCopies(REPETITIONS, inputs.get(2)));

        DeviceProfile profile = EmulatedBoard.profile(board, firmware, StandinModel.HASH, inputs);

        assertThat(profile.inferences()).hasSize(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            Inference inference = profile.inferences().get(i);
            assertThat(inference.output()).as("sample %d", i).isEqualTo(StandinModel.output(inputs.get(i)));
            assertThat(inference.operatorCrcs()).isEmpty();
        }
        assertTimeRepeats(profile);
        assertThat(profile.memory().arenaBytes()).isEqualTo(StandinModel.ARENA_BYTES);
        assertThat(profile.memory().staticBytes())
                .isEqualTo((int) firmware.sizes().staticRamBytes());
        assertThat((long) profile.memory().stackBytes())
                .as("painted stack against its static bound")
                .isBetween(20L, firmware.sizes().stackBytes());
    }

    /**
     * The same input takes the same time, to a tick; and no multiplication takes less than 3 cycles or more than 100.
     */
    private static void assertTimeRepeats(DeviceProfile profile) {
        List<Inference> repeated = profile.inferences().subList(DIGITS_TEST_SAMPLES, DIGITS_TEST_SAMPLES + REPETITIONS);
        long ticks = profile.inferences().get(2).ticks();
        int multiplications = StandinModel.INPUT_BYTES * StandinModel.OUTPUT_BYTES;

        assertThat(repeated)
                .allSatisfy(inference -> assertThat(inference.ticks()).isBetween(ticks - 1, ticks + 1));
        assertThat(profile.cycles()).isBetween(multiplications * 3.0, multiplications * 100.0);
        assertThat(profile.energyMicrojoules()).isPositive();
    }

    @Test
    void anotherModelsFirmwareIsRefused() {
        Board board = emulable("qemu-microbit");
        Firmware firmware = FirmwareBuilder.build(StandinModel.LIBRARY, board, SMALL, folder.resolve("f.elf"));
        List<byte[]> inputs = StandinModel.inputs(1, 4);

        assertThatThrownBy(() -> EmulatedBoard.profile(board, firmware, "fedcba9876543210", inputs))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DEVICE_NOT_FOUND))
                .hasMessageContaining("model 0123456789abcdef, not fedcba9876543210");
    }

    @ParameterizedTest
    @ValueSource(strings = {"arduino-uno", "qemu-microbit"})
    void nothingIsLeftRunning(String id) {
        Board board = emulable(id);
        Firmware firmware = FirmwareBuilder.build(StandinModel.LIBRARY, board, SMALL, folder.resolve("f.elf"));
        VirtualBoard virtual = VirtualBoard.start(board, firmware.elf());
        List<ProcessHandle> started = ProcessHandle.current().descendants().toList();

        virtual.close();

        assertThat(started)
                .isNotEmpty()
                .allSatisfy(process -> assertThat(process.isAlive()).isFalse());
        assertThat(virtual.isAlive()).isFalse();
    }

    private static Board emulable(String id) {
        Board board = Boards.byId(id);
        InstalledTools.assumeEmulatorOf(board);
        return board;
    }
}
