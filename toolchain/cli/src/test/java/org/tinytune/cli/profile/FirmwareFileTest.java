package org.tinytune.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;

class FirmwareFileTest {
    private static final Board UNO = Boards.byId("arduino-uno");
    private static final Board MICROBIT = Boards.byId("qemu-microbit");

    @TempDir
    private Path folder;

    private Path elf(String content) throws IOException {
        return Files.writeString(folder.resolve("f.elf"), "\177ELF" + content, StandardCharsets.ISO_8859_1);
    }

    private Path hex(String content) throws IOException {
        byte[] data = content.getBytes(StandardCharsets.US_ASCII);
        StringBuilder record = new StringBuilder(String.format(Locale.ROOT, ":%02X000000", data.length));
        int sum = data.length;
        for (byte b : data) {
            record.append(String.format(Locale.ROOT, "%02X", b));
            sum += b;
        }
        record.append(String.format(Locale.ROOT, "%02X\n:00000001FF\n", -sum & 0xFF));
        return Files.writeString(folder.resolve("f.hex"), record);
    }

    private static void refuses(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading)
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining(message)
                .extracting(e -> ((TinytuneException) e).exitCode())
                .isEqualTo(ExitCode.INVALID_INPUT);
    }

    @Test
    void takesTheHexFileOrTheElfFileBesideIt() throws IOException {
        hex("some code");

        assertThat(FirmwareFile.image(folder.resolve("f.hex"), UNO).end()).isEqualTo(9);
        assertThat(FirmwareFile.image(elf(""), UNO).end()).isEqualTo(9);
    }

    @Test
    void refusesAnElfFileWithoutItsHexFile() throws IOException {
        Path elf = elf("");

        refuses(() -> FirmwareFile.image(elf, UNO), "has no f.hex beside it");
    }

    @Test
    void refusesWhatIsNoFirmware() throws IOException {
        Path text = Files.writeString(folder.resolve("f.txt"), "hello");

        refuses(() -> FirmwareFile.image(text, UNO), "not an Intel HEX record");
        refuses(() -> FirmwareFile.requireElf(text, MICROBIT), "is no ELF file");
        refuses(() -> FirmwareFile.requireElf(folder.resolve("none"), MICROBIT), "does not exist");
    }

    @Test
    void refusesFirmwareOfAnotherBoard() throws IOException {
        Path elf = elf("m-name-dut-[arduino-uno]");
        Path hex = hex("m-name-dut-[qemu-microbit]");

        refuses(() -> FirmwareFile.requireElf(elf, MICROBIT), "is firmware for arduino-uno, not for qemu-microbit");
        refuses(() -> FirmwareFile.image(hex, UNO), "is firmware for qemu-microbit, not for arduino-uno");
        assertThatCode(() -> FirmwareFile.requireElf(elf, UNO)).doesNotThrowAnyException();
    }
}
