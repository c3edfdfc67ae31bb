package org.tinytune.cli.output;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong with a file, in words. */
public final class FileFault {
    /** As Linux and macOS have it. */
    private static final String DISK_FULL = "No space left on device";

    private FileFault() {}

    /** Whether there is no room: neither for content, nor for a name. */
    public static boolean isDiskFull(IOException e) {
        return reason(e).equals(DISK_FULL);
    }

    /** Why, without the name of the file. */
    public static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file is in the way";
        }
        String said = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return said == null ? e.getClass().getSimpleName() : said;
    }
}
