package org.tinytune.core;

/**
 * What the process answers when it ends; scripts rely on the numbers, so none is ever reused.
 *
 * <p>The same list stands in README and in {@code tinytune --help}.
 */
public enum ExitCode {
    /** The work is done. */
    OK(0, "done"),
    /** A bug in tinytune: anything that is not the user's to mend. */
    BUG(1, "a bug in tinytune"),
    /** The command line is wrong. */
    USAGE(2, "wrong command line"),
    /** A file that was read is missing, damaged or of another kind. */
    INVALID_INPUT(3, "invalid input file"),
    /** The model does not fit the board, or no trial of a search does. */
    DOES_NOT_FIT(4, "does not fit the board, or no feasible trial"),
    /** No device answers at the port. */
    DEVICE_NOT_FOUND(5, "device not found or silent"),
    /** Writing the firmware, or reading it back, failed. */
    FLASH_FAILED(6, "flash or verify failed"),
    /** The device and the simulator disagree, or a model made again is not the same. */
    MISMATCH(7, "device and simulator differ, or a model is not reproduced"),
    /** A tool that the command cannot do without is not installed, or failed. */
    TOOL_MISSING(8, "a needed tool is missing or failed"),
    /** Ctrl-C. */
    INTERRUPTED(130, "interrupted");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number that the shell sees. */
    public int code() {
        return code;
    }

    /** A few words for the table of exit codes. */
    public String meaning() {
        return meaning;
    }
}
