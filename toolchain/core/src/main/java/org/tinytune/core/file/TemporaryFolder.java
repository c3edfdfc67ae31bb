package org.tinytune.core.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A folder for work in progress, which {@link #close}, or the end of the JVM, removes with all that is in it. */
public final class TemporaryFolder implements AutoCloseable {
    private static final Set<TemporaryFolder> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(TemporaryFolder::abandon)));
    }

    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
        OPEN.add(this);
    }

    /**
     * Makes one where the system keeps such folders.
     *
     * @param purpose a word that its name begins with, behind the program's
     * @throws UncheckedIOException if it cannot be made
     */
    public static TemporaryFolder create(String purpose) {
        try {
            return new TemporaryFolder(Files.createTempDirectory("tinytune-" + purpose + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** At the end of the JVM, when other programs may still write into the folder: as much as can be removed. */
    private void abandon() {
        try {
            delete(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }

    @Override
    public void close() {
        OPEN.remove(this);
        try {
            delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder and all that is in it; links are deleted, not followed. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
