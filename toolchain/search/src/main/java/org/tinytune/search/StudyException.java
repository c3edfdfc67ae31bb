package org.tinytune.search;

/**
 * Something about a study that the user can mend.
 *
 * <p>The message is one line: where, what, and what to do.
 */
public class StudyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Kinds of failure, for the exit code. */
    public enum Kind {
        /** A study cannot be begun, or continued, where and as it was asked for. */
        USAGE,
        /** The file is not a study, is damaged, or was written by a newer version. */
        INVALID_STUDY,
        /** The study was begun with other settings. */
        CHANGED,
        /** Another process is running the study. */
        IN_USE,
        /** The file cannot be read or written: no permission, no space left. */
        STORAGE
    }

    private final Kind kind;

    /**
     * @param kind the kind of failure
     * @param message one line: where, what, what to do
     */
    public StudyException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /**
     * @param kind the kind of failure
     * @param message one line: where, what, what to do
     * @param cause what was caught
     */
    public StudyException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** The kind of failure. */
    public Kind kind() {
        return kind;
    }
}
