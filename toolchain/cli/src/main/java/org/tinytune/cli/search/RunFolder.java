package org.tinytune.cli.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.tinytune.cli.model.Provenance;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.file.TemporaryFolder;
import org.tinytune.core.file.WholeFile;
import org.tinytune.search.storage.SqliteStorage;

/** The folder of a search's results. Every file in it appears whole or not at all. */
final class RunFolder {
    private static final String STUDY = "study.db";
    private static final String STUDY_LOCK = STUDY + ".lock";
    private static final String LIBRARY = "library";
    /** What a search writes beside its study, and all that {@code --force} removes with it. */
    private static final List<String> NAMES = List.of(
            "summary.json",
            "best.tflite",
            Provenance.FILE_NAME,
            "report.html",
            "firmware.elf",
            "firmware.hex",
            LIBRARY);

    private final Path folder;

    private RunFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder ready for a search.
     *
     * @param resume whether to continue the study that is there
     * @param force whether to remove the results that are there
     * @throws TinytuneException with {@link ExitCode#USAGE} if there are results and neither was asked for, or none to
     *     continue
     */
    static RunFolder prepare(Path folder, boolean resume, boolean force) {
        RunFolder run = new RunFolder(folder);
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw usage(folder + " is a file, not a folder (give another --out)");
            }
            if (resume && !Files.exists(run.study())) {
                throw usage(folder + " holds no study to resume (leave out --resume to begin one)");
            }
            if (!resume && !force && isOccupied(folder)) {
                throw usage(folder + " exists already (continue it with --resume, replace it with --force, or give"
                        + " another --out)");
            }
            if (force && isOccupied(folder) && !Files.exists(run.study())) {
                throw usage(folder + " holds no study, so that --force does not replace what is in it (give another"
                        + " --out, or remove it yourself)");
            }
            if (force && Files.isDirectory(folder)) {
                run.clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        create(folder);
        return run;
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw usage(folder + " cannot be made, nor written to (give another --out)");
        }
    }

    /** Whether there is anything but the lock of a study that was never begun. */
    private static boolean isOccupied(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> !file.getFileName().toString().equals(STUDY_LOCK));
        }
    }

    private void clear() throws IOException {
        SqliteStorage.delete(study());
        for (String name : NAMES) {
            Path path = folder.resolve(name);
            if (Files.isDirectory(path)) {
                TemporaryFolder.delete(path);
            } else {
                Files.deleteIfExists(path);
            }
        }
    }

    /** The folder. */
    Path folder() {
        return folder;
    }

    /** The file of the study. */
    Path study() {
        return study(folder);
    }

    /** The file of the study in a folder. */
    static Path study(Path folder) {
        return folder.resolve(STUDY);
    }

    /** Removes a file that is no longer true. */
    void remove(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of the C library. */
    Path library() {
        return folder.resolve(LIBRARY);
    }

    /** Writes a text file whole. */
    Path write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file whole. */
    Path write(String name, byte[] bytes) {
        Path file = folder.resolve(name);
        try {
            WholeFile.write(file, bytes);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TinytuneException usage(String message) {
        return new TinytuneException(ExitCode.USAGE, message);
    }
}
