package org.tinytune.core.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files so that nobody ever sees a part of one: under another name beside it, which is then given up. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes a file, and replaces the one that is there, or the one that a link there points at. It gets the
     * permissions that the user's new files have. A device is written to.
     *
     * @param file in a folder that exists
     * @throws IOException naming {@code file} if it cannot be written; what was there is then unchanged
     */
    public static void write(Path file, byte[] content) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a folder");
        }
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.write(file, content);
            } else {
                replace(Files.exists(file) ? file.toRealPath() : file.toAbsolutePath(), content);
            }
        } catch (NoSuchFileException e) {
            throw new FileSystemException(file.toString(), null, "its folder does not exist");
        } catch (AccessDeniedException e) {
            throw new AccessDeniedException(file.toString());
        } catch (FileSystemException e) {
            throw new FileSystemException(file.toString(), null, e.getReason());
        } catch (IOException e) {
            // A disk that is full says so without naming the file.
            FileSystemException named = new FileSystemException(file.toString(), null, e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    private static void replace(Path absolute, byte[] content) throws IOException {
        Path part = absolute.resolveSibling(
                "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.write(part, content);
            Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Writes a text file in UTF-8.
     *
     * @see #write(Path, byte[])
     */
    public static void write(Path file, String content) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }
}
