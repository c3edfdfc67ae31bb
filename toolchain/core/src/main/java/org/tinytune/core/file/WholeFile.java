package org.tinytune.core.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            named(file, () -> Files.write(file, content));
            return;
        }
        writeAll(Map.of(file, content));
    }

    /**
     * Writes a file that is not there yet.
     *
     * @param file in a folder that exists
     * @throws java.nio.file.FileAlreadyExistsException if it is there, which then stays as it was
     * @throws IOException naming {@code file} if it cannot be written
     */
    public static void create(Path file, byte[] content) throws IOException {
        Path part = Staged.hidden(file.toAbsolutePath(), ".part");
        try {
            named(file, () -> Files.write(part, content));
            Files.move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Writes files that belong together, and replaces those that are there as {@link #write(Path, byte[])} does: only
     * once all of them are written whole under other names. Who is ended while they take their places may leave some of
     * the new ones, but never one of the old ones beside them.
     *
     * @param contents of files, in folders that exist, in the order in which they appear
     * @throws IOException naming the file that cannot be written; what was there is then unchanged
     */
    public static void writeAll(Map<Path, byte[]> contents) throws IOException {
        List<Staged> all = new ArrayList<>();
        try {
            for (Map.Entry<Path, byte[]> entry : contents.entrySet()) {
                Path file = entry.getKey();
                named(file, () -> {
                    Staged staged = Staged.of(file);
                    all.add(staged);
                    Files.write(staged.part, entry.getValue());
                });
            }
            publish(all);
        } finally {
            for (Staged staged : all) {
                Files.deleteIfExists(staged.part);
            }
        }
    }

    /**
     * A file that is about to be replaced.
     *
     * @param file as it was asked for
     * @param target that is replaced, links followed
     * @param part where the new content is until then
     * @param old where the old content is meanwhile, if other files are replaced with it
     */
    private record Staged(Path file, Path target, Path part, Path old) {
        static Staged of(Path file) throws IOException {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new FileSystemException(
                        file.toString(), null, Files.isDirectory(file) ? "is a folder" : "is no file");
            }
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            return new Staged(file, target, hidden(target, ".part"), hidden(target, ".old.part"));
        }

        private static Path hidden(Path target, String ending) {
            return target.resolveSibling(
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + ending);
        }

        void setAside() throws IOException {
            if (Files.exists(target)) {
                move(target, old);
            }
        }

        void appear() throws IOException {
            move(part, target);
        }

        void putBack() throws IOException {
            if (Files.exists(old)) {
                move(old, target);
            }
        }

        private static void move(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** A single file is replaced in one move; of several, the old ones go before the first new one appears. */
    private static void publish(List<Staged> all) throws IOException {
        if (all.size() > 1) {
            setAside(all);
        }
        for (Staged staged : all) {
            named(staged.file, staged::appear);
        }
        for (Staged staged : all) {
            named(staged.file, () -> Files.deleteIfExists(staged.old));
        }
    }

    private static void setAside(List<Staged> all) throws IOException {
        try {
            for (Staged staged : all) {
                named(staged.file, staged::setAside);
            }
        } catch (IOException e) {
            for (Staged staged : all) {
                named(staged.file, staged::putBack);
            }
            throw e;
        }
    }

    /** Something done for a file. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private static void named(Path file, Step step) throws IOException {
        try {
            step.run();
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

    /**
     * Writes a text file in UTF-8.
     *
     * @see #write(Path, byte[])
     */
    public static void write(Path file, String content) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }
}
