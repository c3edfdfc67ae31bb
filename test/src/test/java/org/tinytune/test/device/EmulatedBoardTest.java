package org.tinytune.test.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
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
import org.tinytune.core.tool.Tool;
import org.tinytune.core.tool.Tools;
import org.tinytune.device.Progress;
import org.tinytune.device.emulator.VirtualBoard;
import org.tinytune.device.flash.Flasher;
import org.tinytune.device.flash.IntelHex;
import org.tinytune.device.profile.DeviceProfile;
import org.tinytune.device.profile.DeviceProfiler;
import org.tinytune.device.profile.Inference;
import org.tinytune.device.serial.JsscSerialLink;
import org.tinytune.device.serial.SerialLink;
import org.tinytune.runtimegen.firmware.Firmware;
import org.tinytune.runtimegen.firmware.FirmwareBuilder;
import org.tinytune.runtimegen.firmware.FirmwareOptions;
import org.tinytune.runtimegen.firmware.FirmwareOptions.Optimization;

/** From a C library to a profile, on every board that can be emulated. */
@Timeout(60)
class EmulatedBoardTest {
    private static final FirmwareOptions SMALL =
            FirmwareOptions.of(Optimization.SIZE).strictly();
    private static final int DIGITS_TEST_SAMPLES = 360;

    @TempDir
    private Path folder;

    static List<String> boards() {
        return Boards.ids().stream()
                .filter(id -> Boards.byId(id).emulator().isPresent())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("boards")
    void everyOutputByteIsThatOfTheModel(String id) {
        Board board = emulable(id);
        Firmware firmware = FirmwareBuilder.build(StandinModel.LIBRARY, board, SMALL, folder.resolve("f.elf"));
        List<byte[]> inputs = StandinModel.inputs(DIGITS_TEST_SAMPLES, 1);

        DeviceProfile profile = profile(board, firmware, StandinModel.HASH, inputs);

        assertThat(profile.inferences()).hasSize(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            Inference inference = profile.inferences().get(i);
            assertThat(inference.output()).as("sample %d", i).isEqualTo(StandinModel.output(inputs.get(i)));
            assertThat(inference.operatorCrcs()).isEmpty();
        }
        assertThat(profile.memory().arenaBytes()).isEqualTo(StandinModel.ARENA_BYTES);
        assertThat(profile.memory().staticBytes())
                .isEqualTo((int) firmware.sizes().staticRamBytes());
        assertThat((long) profile.memory().stackBytes())
                .as("painted stack against its static bound")
                .isBetween(20L, firmware.sizes().stackBytes());
    }

    @ParameterizedTest
    @MethodSource("boards")
    void timeIsThatOfTheInferenceAloneAndRepeats(String id) {
        Board board = emulable(id);
        Firmware firmware = FirmwareBuilder.build(StandinModel.LIBRARY, board, SMALL, folder.resolve("f.elf"));
        byte[] input = StandinModel.inputs(3, 2).get(2);

        DeviceProfile profile = profile(board, firmware, StandinModel.HASH, List.of(input, input, input, input, input));

        long first = profile.inferences().get(0).ticks();
        assertThat(profile.inferences())
                .allSatisfy(inference -> assertThat(inference.ticks()).isBetween(first - 1, first + 1));
        // 640 multiplications, each at least three instructions; nothing is slower than a hundred cycles each.
        assertThat(profile.cycles()).isBetween(640 * 3.0, 640 * 100.0);
        assertThat(profile.latencyMicros())
                .isCloseTo(profile.cycles() / board.mcu().clockHz() * 1e6, withinPercentage(0.001));
        assertThat(profile.energyMicrojoules()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("boards")
    void aTracedFirmwareTellsTheSumOfEveryOperatorsOutput(String id) {
        Board board = emulable(id);
        Firmware firmware = FirmwareBuilder.build(StandinModel.LIBRARY, board, SMALL.traced(), folder.resolve("f.elf"));
        byte[] input = StandinModel.inputs(3, 3).get(2);

        DeviceProfile profile = profile(board, firmware, StandinModel.HASH, List.of(input));

        CRC32 crc = new CRC32();
        crc.update(StandinModel.output(input));
        assertThat(profile.inferences().get(0).operatorCrcs()).containsExactly(crc.getValue());
        assertThat((long) profile.memory().stackBytes())
                .isLessThanOrEqualTo(firmware.sizes().stackBytes());
    }

    @Test
    void anotherModelsFirmwareIsRefused() {
        Board board = emulable("qemu-microbit");
        Firmware firmware = FirmwareBuilder.build(StandinModel.LIBRARY, board, SMALL, folder.resolve("f.elf"));
        List<byte[]> inputs = StandinModel.inputs(1, 4);

        assertThatThrownBy(() -> profile(board, firmware, "fedcba9876543210", inputs))
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

    private static DeviceProfile profile(Board board, Firmware firmware, String modelHash, List<byte[]> inputs) {
        try (VirtualBoard virtual = VirtualBoard.start(board, firmware.elf());
                SerialLink link =
                        JsscSerialLink.open(virtual.port(), board.serial().baud())) {
            if (board.flash().protocol() == Board.FlashProtocol.STK500V1) {
                Flasher.flash(link, board, IntelHex.read(firmware.hex()), Progress.NONE);
            }
            return new DeviceProfiler(link, board, modelHash).profile(inputs, Progress.NONE);
        }
    }

    private static Board emulable(String id) {
        Board board = Boards.byId(id);
        List<Tool> needed = switch (board.emulator().orElseThrow().kind()) {
            case QEMU -> List.of(Tools.ARM_GCC, Tools.QEMU_ARM);
            case SIMAVR -> List.of(Tools.AVR_GCC, Tools.GCC, Tools.SIMAVR, Tools.LIBELF, Tools.ARDUINO_BOOTLOADERS);
        };
        if (!"true".equals(System.getenv("CI"))) {
            needed.forEach(tool -> assumeTrue(tool.find().isPresent(), tool.name() + " is not installed"));
        }
        return board;
    }
}
