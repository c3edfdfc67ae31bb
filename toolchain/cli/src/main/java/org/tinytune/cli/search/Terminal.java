package org.tinytune.cli.search;

/** What standard error is; only whoever started the JVM can tell. */
final class Terminal {
    /** System property: {@code true} if standard error is a terminal. */
    private static final String IS_TERMINAL = "tinytune.stderr.terminal";

    private Terminal() {}

    /** Whether standard error is a terminal, on which a line may be overwritten. */
    static boolean isErrorTerminal() {
        return Boolean.getBoolean(IS_TERMINAL);
    }
}
