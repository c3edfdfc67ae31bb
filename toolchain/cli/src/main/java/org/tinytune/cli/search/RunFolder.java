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

/** The folder of a search's results. Every file in it appears whole or not at all. */
final class RunFolder {
    private static final String STUDY = "study.db";
    private static final String LIBRARY = "library";
    /** What a search writes, and all that {@code --force} removes. */
    private static final List<String> NAMES = List.of(
            STUDY,
            STUDY + "-wal",
            STUDY + "-shm",
            STUDY + "-journal",
            STUDY + ".lock",
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
            if (force && !resume) {
                run.clear();
            }
            Files.createDirectories(folder);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOccupied(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }

    private void clear() throws IOException {
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
        return folder.resolve(STUDY);
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
