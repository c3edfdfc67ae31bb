package org.tinytune.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.device.profile.DeviceMemory;
import org.tinytune.device.profile.DeviceProfile;
import org.tinytune.device.profile.Inference;
import org.tinytune.runtimegen.firmware.FirmwareSizes;

class ModelProfileTest {
    private static final FirmwareSizes SIZES = new FirmwareSizes(5000, 300, 80);

    private static ModelProfile profile(String board, byte simulated, long... ticks) {
        List<Inference> inferences = LongStream.of(ticks)
                .mapToObj(t -> new Inference(t, new byte[] {1}, List.of()))
                .toList();
        List<byte[]> device = inferences.stream().map(Inference::output).toList();
        List<byte[]> simulator =
                inferences.stream().map(i -> new byte[] {simulated}).toList();
        return ModelProfile.of(
                new DeviceProfile(Boards.byId(board), "cafe", inferences, new DeviceMemory(250, 300, 60)),
                SIZES,
                OutputComparison.of(device, simulator));
    }

    @Test
    void countsCyclesWhereTheClockTicksWithTheCore() {
        Board uno = Boards.byId("arduino-uno");
        ModelProfile profile = profile("arduino-uno", (byte) 1, 1600, 16_000, 3200);

        assertThat(profile.cycles()).isEqualTo(3200);
        assertThat(profile.instructions()).isEmpty();
        assertThat(profile.latencyMicros()).isEqualTo(200);
        assertThat(profile.worstLatencyMicros()).isEqualTo(1000);
        double watts = uno.power().supplyVolts() * uno.power().activeMilliamps() / 1000;
        assertThat(profile.energyMicrojoules()).isCloseTo(watts * 200, within(1e-9));
    }

    @Test
    void estimatesCyclesWhereTheEmulatorCountsInstructions() {
        Board board = Boards.byId("qemu-mps2-an386");
        ModelProfile profile = profile("qemu-mps2-an386", (byte) 1, 10, 20);

        long instructions = 15 * 40;
        assertThat(profile.instructions()).isEqualTo(OptionalLong.of(instructions));
        assertThat(profile.cyclesPerInstruction()).isEqualTo(board.latency().cyclesPerInstruction());
        assertThat(profile.cycles()).isEqualTo(Math.round(instructions * profile.cyclesPerInstruction()));
        assertThat(profile.latencyMicros()).isCloseTo(instructions * profile.cyclesPerInstruction() / 25, within(1e-9));
    }

    @Test
    void addsUpTheMemories() {
        ModelProfile profile = profile("arduino-uno", (byte) 1, 1);

        assertThat(profile.arenaBytes()).isEqualTo(250);
        assertThat(profile.ramBytes()).isEqualTo(300 + 60);
        assertThat(profile.stackBoundBytes()).isEqualTo(80);
        assertThat(profile.ramBudgetBytes()).isEqualTo(2048);
        assertThat(profile.flashBytes()).isEqualTo(5000);
        assertThat(profile.flashBudgetBytes()).isEqualTo(32_256);
    }

    @Test
    void whatTheWholeTakesBeyondTheNetworkIsTheBlocks() {
        ProfileParts parts =
                ProfileParts.of(profile("arduino-uno", (byte) 1, 16_000), profile("arduino-uno", (byte) 1, 4_000));

        assertThat(parts.network().cycles()).isEqualTo(4_000);
        assertThat(parts.network().share()).isEqualTo(0.25);
        assertThat(parts.frontEnd().cycles()).isEqualTo(12_000);
        assertThat(parts.frontEnd().latencyMicros()).isCloseTo(750, within(1e-9));
        assertThat(parts.frontEnd().share()).isEqualTo(0.75);
        assertThat(parts.frontEnd().ramBytes()).isZero();
        assertThat(parts.network().flashBytes()).isEqualTo(5000);
    }

    @Test
    void oneDifferingByteIsAMismatch() {
        assertThatCode(() -> profile("arduino-uno", (byte) 1, 1, 1).requireEqual())
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> profile("arduino-uno", (byte) 3, 1, 1).requireEqual())
                .isInstanceOf(TinytuneException.class)
                .hasMessageStartingWith(
                        "arduino-uno and the simulator differ in 2 of 2 output bytes, first in byte 0 of"
                                + " sample 0: 1 instead of 3")
                .extracting(e -> ((TinytuneException) e).exitCode())
                .isEqualTo(ExitCode.MISMATCH);
    }
}
