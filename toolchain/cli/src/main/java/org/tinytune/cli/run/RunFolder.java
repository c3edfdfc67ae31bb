package org.tinytune.cli.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tinytune.cli.output.FileFault;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.file.TemporaryFolder;
import org.tinytune.core.file.WholeFile;

/**
 * The folder of a run's results. Every file in it appears whole or not at all.
 *
 * <p>Checked by: RunFolderTest.
 */
public final class RunFolder implements AutoCloseable {
    private static final String LOCK = ".lock";

    private final Path folder;
    private final Kind kind;
    private Optional<FolderLock> lock = Optional.empty();
    private boolean replaces;

    /**
     * What a command keeps in its folder.
     *
     * @param record the file from which a run is continued
     * @param forerunners files from which it is continued while there is no record yet
     * @param noun what that file is, in one word
     * @param results what a run writes beside its record, and all that {@code --force} replaces with it
     * @param remover removes a record
     * @param replacement when {@code --force} does so
     * @param locked whether the folder is to be locked; if not, whoever writes the record locks it
     */
    public record Kind(
            String record,
            List<String> forerunners,
            String noun,
            List<String> results,
            RecordRemover remover,
            Replacement replacement,
            boolean locked) {

        /** The files from which a run is continued. */
        private List<String> records() {
            return Stream.concat(Stream.of(record), forerunners.stream()).toList();
        }
    }

    /** When {@code --force} takes away what is there. */
    public enum Replacement {
        /** Before the run. */
        AT_ONCE,
        /** A record once the run has one of its own ({@link #begun}); results by {@link #replace}. */
        WHEN_THERE_IS_BETTER
    }

    /** Removes a record, and whatever belongs to it. */
    @FunctionalInterface
    public interface RecordRemover {
        /** Removes a file that need not be there. */
        void remove(Path record) throws IOException;
    }

    private RunFolder(Path folder, Kind kind) {
        this.folder = folder;
        this.kind = kind;
    }

    /**
     * Makes the folder ready for a run.
     *
     * @param resume whether to continue the run whose record is there
     * @param force whether to replace what is there
     * @throws TinytuneException with {@link ExitCode#USAGE} if there are results and neither was asked for, none to
     *     continue, or another run is writing there
     */
    public static RunFolder prepare(Path folder, Kind kind, boolean resume, boolean force) {
        RunFolder run = new RunFolder(folder, kind);
        try {
            run.check(resume, force);
            create(folder);
            if (kind.locked()) {
                run.lock = Optional.of(FolderLock.acquire(folder.resolve(kind.record() + LOCK)));
                run.checkLocked(resume, force);
                run.removeParts();
            }
            if (force && kind.replacement() == Replacement.AT_ONCE) {
                run.clear();
            }
            run.replaces = force && kind.replacement() == Replacement.WHEN_THERE_IS_BETTER;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return run;
    }

    private void check(boolean resume, boolean force) throws IOException {
        if (folder.toString().isEmpty()) {
            throw usage("--out is empty: give the name of a folder");
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw usage(folder + " is a file, not a folder (give another --out)");
        }
        if (resume && !hasRecord()) {
            throw usage(folder + " holds no " + kind.noun() + " to resume (leave out --resume to begin one)");
        }
        if (!resume && !force && isOccupied()) {
            throw usage(
                    hasRecord()
                            ? folder + " exists already (continue it with --resume, replace it with --force, or give"
                                    + " another --out)"
                            : folder + " exists already, and holds no " + kind.noun() + " (give another --out, or empty"
                                    + " it yourself)");
        }
        if (force && isOccupied() && !hasRecord()) {
            throw usage(folder + " holds no " + kind.noun() + ", so that --force does not replace what is in it"
                    + " (give another --out, or remove it yourself)");
        }
    }

    /** Another run may have come in between the first look and the lock. */
    private void checkLocked(boolean resume, boolean force) throws IOException {
        try {
            check(resume, force);
        } catch (TinytuneException e) {
            close();
            throw e;
        }
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
    }

    /** A full disk is not the fault of the folder that was asked for. */
    static TinytuneException notWritable(Path folder, IOException e) {
        return FileFault.isDiskFull(e)
                ? new TinytuneException(
                        ExitCode.INVALID_INPUT,
                        folder + ": " + FileFault.reason(e) + " (make room and run it again, or give another --out)",
                        e)
                : new TinytuneException(
                        ExitCode.USAGE,
                        folder + " cannot be made, nor written to: " + FileFault.reason(e) + " (give another --out)",
                        e);
    }

    /** Whether there is anything of which a run would be sorry. */
    private boolean isOccupied() throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> !isHarmless(file.getFileName().toString()));
        }
    }

    /** What a killed run leaves of a file that it was writing is no result either. */
    private boolean isHarmless(String name) {
        return name.equals(kind.record() + LOCK)
                || (name.endsWith(".part")
                        && kind.records().stream().anyMatch(record -> name.startsWith("." + record)));
    }

    /** What a killed run leaves of files that it was writing; nobody else writes here. */
    private void removeParts() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(this::isPart).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private boolean isPart(Path file) {
        String name = file.getFileName().toString();
        return Stream.concat(kind.records().stream(), kind.results().stream())
                .anyMatch(whole -> name.matches("\\." + Pattern.quote(whole) + "\\.[0-9]+(\\.old)?\\.part"));
    }

    private void clear() throws IOException {
        kind.remover().remove(record());
        for (String name : Stream.concat(kind.forerunners().stream(), kind.results().stream())
                .toList()) {
            Path path = folder.resolve(name);
            if (Files.isDirectory(path)) {
                TemporaryFolder.delete(path);
            } else {
                Files.deleteIfExists(path);
            }
        }
    }

    private boolean hasRecord() {
        return kind.records().stream().map(folder::resolve).anyMatch(Files::exists);
    }

    /** Whether there is anything that this run could go on with: not what it is to replace. */
    public boolean isContinuable() {
        return !replaces && hasRecord();
    }

    /**
     * The run has a record of its own by now: those of the run that it replaces are of no use any more.
     *
     * @param own the record, or forerunner
     */
    public void begun(String own) {
        if (replaces) {
            kind.records().stream().filter(record -> !record.equals(own)).forEach(this::remove);
            replaces = false;
        }
    }

    /** Gives the folder back. */
    @Override
    public void close() {
        lock.ifPresent(FolderLock::close);
    }

    /** The folder. */
    public Path folder() {
        return folder;
    }

    /** The file from which the run is continued. */
    public Path record() {
        return folder.resolve(kind.record());
    }

    /** Removes a file that is no longer true. */
    public void remove(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a text file whole. */
    public Path write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file whole. */
    public Path write(String name, byte[] bytes) {
        Path file = folder.resolve(name);
        replace(Map.of(name, bytes));
        return file;
    }

    /**
     * Writes files that belong together. Those of an earlier run stay until all of these are whole: what is said of one
     * model is never beside another.
     *
     * @param contents of files, in the order in which they appear, by names that may begin with a folder's
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if one of them cannot be written
     */
    public void replace(Map<String, byte[]> contents) {
        Map<Path, byte[]> files = new LinkedHashMap<>();
        contents.forEach((name, bytes) -> files.put(folder.resolve(name), bytes));
        try {
            for (Path file : files.keySet()) {
                Files.createDirectories(file.getParent());
            }
            WholeFile.writeAll(files);
        } catch (FileSystemException e) {
            String remedy = FileFault.isDiskFull(e) ? "make room" : "mend that";
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    e.getFile() + ": " + FileFault.reason(e) + " (" + remedy + " and continue with --resume)",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TinytuneException usage(String message) {
        return new TinytuneException(ExitCode.USAGE, message);
    }
}
