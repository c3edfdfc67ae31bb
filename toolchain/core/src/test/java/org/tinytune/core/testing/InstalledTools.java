package org.tinytune.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.tinytune.core.board.Board;
import org.tinytune.core.tool.Tool;
import org.tinytune.core.tool.Tools;

/** Skips tests whose tools are not installed, with the reason; under {@code CI=true} they fail instead. */
public final class InstalledTools {
    private InstalledTools() {}

    /** Goes on only if all of these tools are there. */
    public static void assume(Tool... tools) {
        for (Tool tool : tools) {
            boolean found = tool.find().isPresent();
            if ("true".equals(System.getenv("CI"))) {
                assertThat(found)
                        .as("%s is not installed, which CI must not skip", tool.name())
                        .isTrue();
            }
            assumeTrue(found, tool.name() + " is not installed");
        }
    }

    /** Goes on only if firmware for the board can be built. */
    public static void assumeCompilerOf(Board board) {
        switch (board.mcu().architecture()) {
            case ARM -> assume(Tools.ARM_GCC, Tools.NEWLIB);
            case AVR -> assume(Tools.AVR_GCC, Tools.AVR_LIBC);
        }
    }

    /** Goes on only if firmware for the board can be built, and the board be emulated. */
    public static void assumeEmulatorOf(Board board) {
        assumeCompilerOf(board);
        switch (board.emulator().orElseThrow().kind()) {
            case QEMU -> assume(Tools.QEMU_ARM);
            case SIMAVR -> assumeSimavr();
        }
    }

    /** Goes on only if AVR boards can be emulated. */
    public static void assumeSimavr() {
        assume(Tools.GCC, Tools.LIBC, Tools.SIMAVR, Tools.LIBELF, Tools.ARDUINO_BOOTLOADERS);
    }
}
