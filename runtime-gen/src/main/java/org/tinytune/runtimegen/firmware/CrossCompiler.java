package org.tinytune.runtimegen.firmware;

import java.nio.file.Path;
import java.util.List;
import org.tinytune.core.board.Board;
import org.tinytune.core.tool.Tool;
import org.tinytune.core.tool.Tools;

/** The GNU toolchains, one an architecture: which program, and which flags a board needs. */
enum CrossCompiler {
    ARM(Tools.ARM_GCC, "arm-none-eabi-") {
        @Override
        List<String> targetFlags(Board board) {
            Board.Mcu mcu = board.mcu();
            return mcu.fpu().equals("none")
                    ? List.of("-mthumb", "-mcpu=" + mcu.cpu(), "-mfloat-abi=" + mcu.floatAbi())
                    : List.of("-mthumb", "-mcpu=" + mcu.cpu(), "-mfloat-abi=" + mcu.floatAbi(), "-mfpu=" + mcu.fpu());
        }

        @Override
        List<String> linkFlags(Board board) {
            Board.Memory memory = board.memory();
            return List.of(
                    "-nostartfiles",
                    "--specs=nano.specs",
                    "-Wl,--defsym=tt_flash_origin=" + memory.flashOrigin(),
                    "-Wl,--defsym=tt_ram_origin=" + memory.ramOrigin(),
                    "-Wl,--defsym=tt_ram_bytes=" + memory.ramBudgetBytes());
        }
    },

    AVR(Tools.AVR_GCC, "avr-") {
        @Override
        List<String> targetFlags(Board board) {
            return List.of("-mmcu=" + board.mcu().cpu());
        }

        /**
         * Lengths beyond the chip's: an image that is too large is linked all the same, so that its size can be told.
         */
        @Override
        List<String> linkFlags(Board board) {
            return List.of(
                    "-mrelax",
                    "-Wl,--defsym=__TEXT_REGION_LENGTH__=0x400000",
                    "-Wl,--defsym=__DATA_REGION_LENGTH__=0xff00");
        }
    };

    private final Tool gcc;
    private final String prefix;

    CrossCompiler(Tool gcc, String prefix) {
        this.gcc = gcc;
        this.prefix = prefix;
    }

    static CrossCompiler of(Board board) {
        return switch (board.mcu().architecture()) {
            case ARM -> ARM;
            case AVR -> AVR;
        };
    }

    /** Flags for the compiler and the linker alike. */
    abstract List<String> targetFlags(Board board);

    /** Flags for the linker, beside the board's own linker script. */
    abstract List<String> linkFlags(Board board);

    boolean isInstalled() {
        return gcc.find().isPresent();
    }

    /** The compiler; {@link org.tinytune.core.ExitCode#TOOL_MISSING} if it is not installed. */
    String gcc() {
        return gcc.require().toString();
    }

    /** The compiler's name and version; {@link org.tinytune.core.ExitCode#TOOL_MISSING} if it is not installed. */
    String version() {
        String path = gcc();
        return gcc.version().orElse(path);
    }

    /** A program of the binutils that belong to the compiler, e.g. {@code objdump}. */
    String binutil(String name) {
        Path folder = gcc.require().getParent();
        return folder.resolve(prefix + name).toString();
    }
}
