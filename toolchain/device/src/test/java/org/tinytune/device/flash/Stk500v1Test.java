package org.tinytune.device.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
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

class Stk500v1Test {
    private static final Board UNO = Boards.byId("arduino-uno");

    private final FakeOptiboot optiboot = new FakeOptiboot();
    private final FakeSerialLink link = new FakeSerialLink(optiboot);

    private static FlashImage image(int origin, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return new FlashImage(origin, bytes);
    }

    private static void assertFails(ExitCode exitCode, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode))
                .hasMessageStartingWith("/dev/fake: ");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 127, 128, 129, 3_500, 32_256})
    void writesVerifiesAndStarts(int length) {
        FlashImage image = image(0, length);
        List<Integer> steps = new ArrayList<>();

        Flasher.flash(link, UNO, image, (done, total) -> steps.add(total - done));

        assertThat(Arrays.copyOf(optiboot.flash, length)).isEqualTo(image.slice(0, length));
        assertThat(Arrays.copyOfRange(optiboot.flash, length, 32_768)).containsOnly(0xFF);
        assertThat(optiboot.started).isTrue();
        assertThat(steps).hasSize(2 * ((length + 127) / 128)).endsWith(0);
    }

    @Test
    void anImageThatBeginsInsideAPageLeavesItsStartErased() {
        Flasher.flash(link, UNO, image(200, 100), Progress.NONE);

        assertThat(optiboot.flash[199]).isEqualTo((byte) 0xFF);
        assertThat(Arrays.copyOfRange(optiboot.flash, 200, 300))
                .isEqualTo(image(200, 100).slice(200, 300));
    }

    @Test
    void triesAgainUntilTheBootloaderAnswers() {
        optiboot.deafResets = 2;

        Flasher.flash(link.slow(), UNO, image(0, 300), Progress.NONE);

        assertThat(link.resets()).isEqualTo(3);
        assertThat(optiboot.started).isTrue();
    }

    @Test
    void aSilentBoardIsNotFound() {
        optiboot.deafResets = 99;

        assertFails(ExitCode.DEVICE_NOT_FOUND, () -> Flasher.flash(link, UNO, image(0, 300), Progress.NONE));
    }

    @Test
    void anotherChipIsRefusedBeforeAnythingIsWritten() {
        optiboot.signature = new byte[] {0x1E, (byte) 0x98, 0x01};

        assertFails(ExitCode.FLASH_FAILED, () -> Flasher.flash(link, UNO, image(0, 300), Progress.NONE));
        assertThat(optiboot.flash).containsOnly(0xFF);
    }

    @Test
    void aByteThatDoesNotStickIsNamed() {
        optiboot.stuckAddress = 130;

        assertThatThrownBy(() -> Flasher.flash(link, UNO, image(0, 300), Progress.NONE))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FLASH_FAILED))
                .hasMessageContaining("byte 0x0082 reads back as 0x00");
        assertThat(optiboot.started).isFalse();
    }

    /** Wherever the line is cut, the user learns it by the right code, at once, and never that all is well. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, 5, 10, 100, 500, 700})
    void aCutLineEndsInOneLine(long bytes) {
        link.cutAfter(bytes);

        assertFails(
                bytes < 4 ? ExitCode.DEVICE_NOT_FOUND : ExitCode.FLASH_FAILED,
                () -> Flasher.flash(link, UNO, image(0, 300), Progress.NONE));
    }

    /** Noise may pass unseen only where it hits nothing that matters: what is reported as written is written. */
    @Test
    void noiseIsNeverTakenForSuccess() {
        int failures = 0;
        for (long seed = 0; seed < 200; seed++) {
            FakeOptiboot board = new FakeOptiboot();
            FlashImage image = image(0, 600);
            try {
                Flasher.flash(new FakeSerialLink(board).noisy(0.002, seed), UNO, image, Progress.NONE);
                assertThat(Arrays.copyOf(board.flash, 600)).as("seed %d", seed).isEqualTo(image.slice(0, 600));
            } catch (TinytuneException e) {
                assertThat(e.exitCode()).as("seed %d", seed).isEqualTo(ExitCode.FLASH_FAILED);
                failures++;
            }
        }
        assertThat(failures).isBetween(20, 180);
    }

    @Test
    void anImageThatReachesIntoTheBootloaderDoesNotFit() {
        assertThatThrownBy(() -> Flasher.flash(link, UNO, image(0, 32_257), Progress.NONE))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DOES_NOT_FIT));
        assertThat(link.resets()).isZero();
    }

    @Test
    void aBoardThatIsNotFlashedOverALineIsAMistakeOfUsage() {
        assertThatThrownBy(() -> Flasher.flash(link, Boards.byId("qemu-microbit"), image(0, 10), Progress.NONE))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }
}
