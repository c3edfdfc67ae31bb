package org.tinytune.cli.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.file.TemporaryFolder;

/** A folder of results that appears whole or not at all. */
public final class OutputFolder {
    private final Path folder;
    private final String marker;

    private OutputFolder(Path folder, String marker) {
        this.folder = folder;
        this.marker = marker;
    }

    /**
     * Checks, before any work, that the folder may be written.
     *
     * @param folder does not exist yet, unless it may be replaced
     * @param marker a file that every such folder holds: what has none was made by somebody else, and is not replaced
     * @param force whether an earlier result may be replaced
     * @throws TinytuneException with {@link ExitCode#USAGE} if it may not
     */
    public static OutputFolder claim(Path folder, String marker, boolean force) {
        if (folder.toString().isEmpty()) {
            throw new TinytuneException(ExitCode.USAGE, "--out is empty: give the name of a folder");
        }
        if (Files.exists(folder) && !force) {
            throw new TinytuneException(
                    ExitCode.USAGE, folder + " exists (choose another --out, or add --force to replace it)");
        }
        if (Files.exists(folder) && !Files.isRegularFile(folder.resolve(marker))) {
            throw new TinytuneException(
                    ExitCode.USAGE,
                    folder + " exists and is nothing that tinytune wrote, so --force does not replace it"
                            + " (choose another --out, or remove it yourself)");
        }
        return new OutputFolder(folder, marker);
    }

    /**
     * Has the folder filled under another name, and then moves it into its place.
     *
     * @param content writes the files, the marker among them, into the folder that it is given
     * @return what {@code content} answers
     * @throws UncheckedIOException if the folder cannot be written, which it names
     */
    public <T> T write(Function<Path, T> content) {
        Path absolute = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute.getParent());
            Path made = Files.createTempDirectory(absolute.getParent(), "." + absolute.getFileName() + "-");
            try {
                Files.createDirectory(made.resolve("new"));
                T answer = content.apply(made.resolve("new"));
                if (!Files.isRegularFile(made.resolve("new").resolve(marker))) {
                    throw new IllegalStateException(folder + " lacks its " + marker);
                }
                publish(made, absolute);
                return answer;
            } catch (UncheckedIOException e) {
                throw named(e.getCause(), made);
            } catch (IOException e) {
                throw named(e, made);
            } finally {
                TemporaryFolder.delete(made);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A disk that is full names no file, or one of a name that is given up by the time that it is read. */
    private UncheckedIOException named(IOException e, Path made) {
        boolean elsewhere = e instanceof FileSystemException file
                && (file.getFile() == null || !Path.of(file.getFile()).startsWith(made));
        return new UncheckedIOException(
                elsewhere ? e : new FileSystemException(folder.toString(), null, FileFault.reason(e)));
    }

    /** Puts the old folder back if the new one cannot take its place. */
    private static void publish(Path made, Path target) throws IOException {
        Path old = made.resolve("old");
        boolean replaces = Files.exists(target);
        if (replaces) {
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(made.resolve("new"), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (replaces) {
                Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
    }
}
