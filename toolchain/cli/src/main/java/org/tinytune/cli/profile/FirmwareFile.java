package org.tinytune.cli.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.device.flash.FlashImage;
import org.tinytune.device.flash.IntelHex;

/** Firmware files as a user names them: the ELF file, with the Intel HEX file beside it. */
public final class FirmwareFile {
    private static final byte[] ELF_MAGIC = {0x7f, 'E', 'L', 'F'};

    /** What the firmware answers to the command {@code name}. */
    private static final Pattern BOARD_ID = Pattern.compile("m-name-dut-\\[([\\w-]+)]");

    private FirmwareFile() {}

    /**
     * The image that a bootloader writes.
     *
     * @param file an Intel HEX file, or an ELF file with one beside it
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it is missing, damaged or another board's
     */
    public static FlashImage image(Path file, Board board) {
        FlashImage image = IntelHex.read(isElf(file) ? hexBeside(file) : file);
        requireBoard(file, image.slice(image.origin(), image.end()), board);
        return image;
    }

    /**
     * Checks that a file is one that an emulator of the board starts.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it is missing, no ELF file or another board's
     */
    public static void requireElf(Path file, Board board) {
        if (!isElf(file)) {
            throw invalid(file, "is no ELF file");
        }
        try {
            requireBoard(file, Files.readAllBytes(file), board);
        } catch (IOException e) {
            throw invalid(file, "cannot be read");
        }
    }

    /** Firmware of ours holds its board's id; of any other nothing is known. */
    private static void requireBoard(Path file, byte[] firmware, Board board) {
        Matcher id = BOARD_ID.matcher(new String(firmware, StandardCharsets.ISO_8859_1));
        if (id.find() && !id.group(1).equals(board.id())) {
            throw invalid(file, "is firmware for " + id.group(1) + ", not for " + board.id());
        }
    }

    private static Path hexBeside(Path elf) {
        String name = elf.getFileName().toString();
        int dot = name.lastIndexOf('.');
        Path hex = elf.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".hex");
        if (!Files.isRegularFile(hex)) {
            throw invalid(elf, "has no " + hex.getFileName() + " beside it");
        }
        return hex;
    }

    private static boolean isElf(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(ELF_MAGIC.length), ELF_MAGIC);
        } catch (NoSuchFileException e) {
            throw invalid(file, "does not exist");
        } catch (IOException e) {
            throw invalid(file, "cannot be read");
        }
    }

    private static TinytuneException invalid(Path file, String what) {
        return new TinytuneException(ExitCode.INVALID_INPUT, file + " " + what + " (make it with tinytune build)");
    }
}
