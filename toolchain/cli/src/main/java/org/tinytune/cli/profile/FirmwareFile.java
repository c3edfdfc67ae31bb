package org.tinytune.cli.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.device.flash.FlashImage;
import org.tinytune.device.flash.IntelHex;

/** Firmware files as a user names them: the ELF file, with the Intel HEX file beside it. */
public final class FirmwareFile {
    private static final byte[] ELF_MAGIC = {0x7f, 'E', 'L', 'F'};

    private FirmwareFile() {}

    /**
     * The image that a bootloader writes.
     *
     * @param file an Intel HEX file, or an ELF file with one beside it
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it is missing or damaged
     */
    public static FlashImage image(Path file) {
        return IntelHex.read(isElf(file) ? hexBeside(file) : file);
    }

    /**
     * Checks that a file is an ELF file, which an emulator starts.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it is not
     */
    public static void requireElf(Path file) {
        if (!isElf(file)) {
            throw invalid(file, "is no ELF file");
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
        return new TinytuneException(
                ExitCode.INVALID_INPUT, file + " " + what + " (make it with tinytune build)");
    }
}
