package org.tinytune.device.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.device.Progress;
import org.tinytune.device.serial.FakeSerialLink;

class DeviceProfilerTest {
    private static final Board UNO = Boards.byId("arduino-uno");
    private static final String HASH = "0123456789abcdef";

    private final FakeFirmware firmware = new FakeFirmware("arduino-uno", HASH);
    private final FakeSerialLink link = new FakeSerialLink(firmware);

    private static List<byte[]> inputs(int count, int bytes) {
        SplittableRandom random = new SplittableRandom(bytes);
        List<byte[]> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] input = new byte[bytes];
            random.nextBytes(input);
            inputs.add(input);
        }
        return inputs;
    }

    private DeviceProfile profile(List<byte[]> inputs) {
        return new DeviceProfiler(link, UNO, HASH).profile(inputs, Progress.NONE);
    }

    private static void assertNotFound(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DEVICE_NOT_FOUND))
                .hasMessageStartingWith("/dev/fake: ")
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    private static byte[] reversed(byte[] input) {
        byte[] output = new byte[input.length];
        for (int i = 0; i < input.length; i++) {
            output[i] = input[input.length - 1 - i];
        }
        return output;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 511, 512, 513, 5_000})
    void everySampleGoesThereAndBackInOrder(int bytes) {
        List<byte[]> inputs = inputs(3, bytes);
        List<Integer> done = new ArrayList<>();

        DeviceProfile profile = new DeviceProfiler(link, UNO, HASH).profile(inputs, (step, total) -> done.add(step));

        assertThat(profile.inferences()).extracting(Inference::ticks).containsExactly(1001L, 1002L, 1003L);
        for (int i = 0; i < 3; i++) {
            assertThat(profile.inferences().get(i).output()).isEqualTo(reversed(inputs.get(i)));
        }
        assertThat(profile.memory()).isEqualTo(new DeviceMemory(80, 107, 41));
        assertThat(done).containsExactly(1, 2, 3);
    }

    @Test
    void waitsForAFirmwareThatIsStillStarting() {
        firmware.booted = false;
        link.slow();

        assertThat(profile(inputs(1, 64)).inferences()).hasSize(1);
    }

    @Test
    void anotherBoardsOrModelsFirmwareIsRefused() {
        FakeSerialLink microbit = new FakeSerialLink(new FakeFirmware("qemu-microbit", HASH));
        FakeSerialLink older = new FakeSerialLink(new FakeFirmware("arduino-uno", "fedcba9876543210"));

        assertNotFound(
                () -> new DeviceProfiler(microbit, UNO, HASH).profile(inputs(1, 64), Progress.NONE),
                "for board qemu-microbit, not arduino-uno");
        assertNotFound(
                () -> new DeviceProfiler(older, UNO, HASH).profile(inputs(1, 64), Progress.NONE),
                "for model fedcba9876543210, not " + HASH);
    }

    @Test
    void aSilentPortIsToldWithWhatToDo() {
        firmware.runsUntilSilence = 0;

        assertNotFound(() -> profile(inputs(1, 64)), "no firmware answers (flash it first");
    }

    @Test
    void aBoardThatFallsSilentIsToldWithHowFarItCame() {
        firmware.runsUntilSilence = 2;

        assertNotFound(() -> profile(inputs(5, 64)), "no answer, after 2 of 5 samples");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 10, 60, 100, 300, 600})
    void aCutLineEndsInOneLine(long bytes) {
        link.cutAfter(bytes);

        assertNotFound(() -> profile(inputs(5, 64)), "the line is gone");
    }

    /** What is garbled on its way to the host is asked for again; what still comes through is right or is reported. */
    @Test
    void noiseIsOvercomeOrReported() {
        int succeeded = 0;
        for (long seed = 0; seed < 100; seed++) {
            FakeSerialLink noisy = new FakeSerialLink(new FakeFirmware("arduino-uno", HASH)).noisy(0.0005, seed);
            try {
                DeviceProfile profile = new DeviceProfiler(noisy, UNO, HASH).profile(inputs(3, 64), Progress.NONE);
                assertThat(profile.inferences()).as("seed %d", seed).hasSize(3);
                succeeded++;
            } catch (TinytuneException e) {
                assertThat(e.exitCode()).as("seed %d", seed).isEqualTo(ExitCode.DEVICE_NOT_FOUND);
            }
        }
        assertThat(succeeded).isGreaterThan(60);
    }
}
