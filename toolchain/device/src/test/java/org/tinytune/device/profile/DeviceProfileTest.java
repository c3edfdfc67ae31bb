package org.tinytune.device.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.tinytune.core.board.Boards;

class DeviceProfileTest {
    private static final DeviceMemory MEMORY = new DeviceMemory(80, 107, 41);

    private static DeviceProfile profile(String board, long... ticks) {
        List<Inference> inferences = LongStream.of(ticks)
                .mapToObj(t -> new Inference(t, new byte[1], List.of()))
                .toList();
        return new DeviceProfile(Boards.byId(board), "0123456789abcdef", inferences, MEMORY);
    }

    @Test
    void underQemuTicksAreInstructionsAndCyclesAnEstimate() {
        DeviceProfile profile = profile("qemu-mps2-an386", 999, 1001);

        assertThat(profile.instructions()).hasValue(40_000);
        assertThat(profile.granularity()).isEqualTo(40);
        assertThat(profile.cycles()).isCloseTo(40_000 * 1.55, within(1e-6));
        assertThat(profile.latencyMicros()).isCloseTo(40_000 * 1.55 / 25, within(1e-6));
    }

    @Test
    void onTheUnoATickIsACycle() {
        DeviceProfile profile = profile("arduino-uno", 16_000, 32_000);

        assertThat(profile.instructions()).isEmpty();
        assertThat(profile.granularity()).isEqualTo(1);
        assertThat(profile.cycles()).isEqualTo(24_000);
        assertThat(profile.latencyMicros()).isEqualTo(1_500);
        assertThat(profile.energyMicrojoules()).isCloseTo(5.0 * 9.2 * 1.5, within(1e-9));
        assertThat(profile.maxTicks()).isEqualTo(32_000);
        assertThat(profile.memory().ramBytes()).isEqualTo(148);
    }

    @Test
    void aProfileOfNothingIsRefused() {
        assertThatThrownBy(() -> profile("arduino-uno")).isInstanceOf(IllegalArgumentException.class);
    }
}
