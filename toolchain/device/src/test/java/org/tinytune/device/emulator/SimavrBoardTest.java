package org.tinytune.device.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.core.tool.ToolRun;
import org.tinytune.core.tool.Tools;
import org.tinytune.device.Progress;
import org.tinytune.device.flash.FlashImage;
import org.tinytune.device.flash.Flasher;
import org.tinytune.device.flash.IntelHex;
import org.tinytune.device.serial.JsscSerialLink;
import org.tinytune.device.serial.SerialLink;

/** The real optiboot in simavr, against our flasher and against avrdude. */
@Timeout(60)
class SimavrBoardTest {
    private static final Board UNO = Boards.byId("arduino-uno");
    private static final int RJMP_TO_ITSELF = 0xCFFF;

    @TempDir
    private Path folder;

    private VirtualBoard board;

    @BeforeEach
    void start() {
        InstalledTools.assumeSimavr();
        board = VirtualBoard.start(UNO, Path.of("not used"));
    }

    @AfterEach
    void stop() {
        if (board != null) {
            board.close();
        }
    }

    /** A program that does nothing, followed by bytes that are never run. */
    private static byte[] program(int length, long seed) {
        byte[] program = new byte[length];
        new SplittableRandom(seed).nextBytes(program);
        program[0] = (byte) RJMP_TO_ITSELF;
        program[1] = (byte) (RJMP_TO_ITSELF >> 8);
        return program;
    }

    private SerialLink open() {
        return JsscSerialLink.open(board.port(), UNO.flash().baud());
    }

    private Path hexFile(byte[] bytes) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < bytes.length; at += 16) {
            int length = Math.min(16, bytes.length - at);
            String record = String.format(Locale.ROOT, "%02x%04x00", length, at)
                    + HexFormat.of().formatHex(bytes, at, at + length);
            int sum = 0;
            for (byte b : HexFormat.of().parseHex(record)) {
                sum += b;
            }
            text.append(String.format(Locale.ROOT, ":%s%02x%n", record, -sum & 0xFF));
        }
        return Files.writeString(folder.resolve("program.hex"), text + ":00000001FF\n");
    }

    private ToolRun avrdude(String operation) {
        InstalledTools.assume(Tools.AVRDUDE);
        List<String> command = List.of(
                Tools.AVRDUDE.require().toString(),
                "-p",
                "m328p",
                "-c",
                "arduino",
                "-b",
                "115200",
                "-P",
                board.port(),
                "-D",
                "-U",
                operation);
        return ToolRun.of(command, folder, Duration.ofSeconds(30));
    }

    @Test
    void flashesVerifiesAndFlashesAgain() {
        for (int round = 1; round <= 2; round++) {
            byte[] program = program(1_000, round);
            try (SerialLink link = open()) {
                Flasher.flash(link, UNO, new FlashImage(0, program), Progress.NONE);
            }
        }
    }

    @Test
    void avrdudeReadsBackWhatWeFlashed() throws IOException {
        byte[] program = program(777, 3);
        Path hex = hexFile(program);
        try (SerialLink link = open()) {
            Flasher.flash(link, UNO, IntelHex.read(hex), Progress.NONE);
        }

        ToolRun verified = avrdude("flash:v:" + hex + ":i");

        assertThat(verified.errors()).contains("777 bytes of flash verified");
        assertThat(verified.exitStatus()).isZero();
    }

    @Test
    void avrdudeFlashesIt() throws IOException {
        ToolRun flashed = avrdude("flash:w:" + hexFile(program(500, 4)) + ":i");

        assertThat(flashed.errors()).contains("500 bytes of flash verified");
        assertThat(flashed.exitStatus()).isZero();
    }

    @Test
    void aBoardThatVanishesIsALineThatIsGone() {
        try (SerialLink link = open()) {
            board.close();

            assertThatThrownBy(() -> Flasher.flash(link, UNO, new FlashImage(0, program(300, 6)), Progress.NONE))
                    .isInstanceOfSatisfying(
                            TinytuneException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DEVICE_NOT_FOUND));
        }
    }

    @Test
    void aLinkGivesItsPortAStableName() {
        Path name = folder.resolve("uno");
        try (PortLink stable = PortLink.create(name, board.port());
                SerialLink link = JsscSerialLink.open(
                        stable.path().toString(), UNO.flash().baud())) {
            Flasher.flash(link, UNO, new FlashImage(0, program(130, 7)), Progress.NONE);
        }
        assertThat(name).doesNotExist();
    }

    @Test
    void nothingButALinkIsReplacedByALink() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "precious");

        assertThatThrownBy(() -> PortLink.create(file, board.port()))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
        assertThat(file).hasContent("precious");
    }
}
