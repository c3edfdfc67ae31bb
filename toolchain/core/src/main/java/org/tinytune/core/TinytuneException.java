package org.tinytune.core;

/**
 * Something that the user can mend.
 *
 * <p>The message is one line: where, what, and what to do. It is all that the user sees, unless {@code --stacktrace}
 * asks for more. Anything else that is thrown is a bug in tinytune.
 */
public class TinytuneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /**
     * @param exitCode the kind of failure
     * @param message one line: where, what, what to do
     */
    public TinytuneException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /**
     * @param exitCode the kind of failure
     * @param message one line: where, what, what to do
     * @param cause what was caught, shown under {@code --stacktrace} only
     */
    public TinytuneException(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The exit code of this kind of failure. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
