package org.tinytune.search.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tinytune.search.StudyException;
import org.tinytune.search.StudyException.Kind;

/**
 * The right to write a study's file, held by one process at a time.
 *
 * <p>The operating system takes it back when the process dies. It is a lock on a file of its own, which stays behind: a
 * lock on the study itself would be lost as soon as SQLite closed the file once, and a lock file that is deleted could
 * be locked by two processes.
 */
final class FileLease {
    /** Those of this process: closing a second channel to a file would give up the lock that the first one holds. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path lockFile;
    private final FileChannel channel;

    private FileLease(Path lockFile, FileChannel channel) {
        this.lockFile = lockFile;
        this.channel = channel;
    }

    /**
     * Takes the right to write {@code file}, or fails at once.
     *
     * @throws StudyException if another process, or another part of this one, holds it
     */
    static FileLease acquire(Path file) {
        Path lockFile = lockFile(file);
        if (!HELD.add(lockFile)) {
            throw inUse(file);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw inUse(file);
            }
            return new FileLease(lockFile, channel);
        } catch (IOException e) {
            abandon(lockFile, channel, e);
            throw notWritable(lockFile, e);
        } catch (OverlappingFileLockException e) {
            abandon(lockFile, channel, e);
            throw inUse(file);
        } catch (StudyException e) {
            abandon(lockFile, channel, e);
            throw e;
        }
    }

    /** Beside the file itself, not beside a link to it, so that two names of a study have one lock. */
    private static Path lockFile(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        try {
            Path real = Files.exists(absolute)
                    ? absolute.toRealPath()
                    : absolute.getParent().toRealPath().resolve(absolute.getFileName());
            return real.resolveSibling(real.getFileName() + ".lock");
        } catch (IOException e) {
            throw notWritable(absolute, e);
        }
    }

    private static StudyException notWritable(Path path, IOException e) {
        return new StudyException(
                Kind.STORAGE, path + ": cannot be written (check that the folder exists and is writable)", e);
    }

    private static StudyException inUse(Path file) {
        return new StudyException(Kind.IN_USE, file + ": another run holds this study (wait for it, or stop it)");
    }

    private static void abandon(Path lockFile, FileChannel channel, Exception cause) {
        HELD.remove(lockFile);
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Gives the right back; a second call does nothing, as another part of this process may hold it by then. */
    synchronized void release() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new StudyException(Kind.STORAGE, lockFile + ": cannot be closed (" + e.getMessage() + ")", e);
        } finally {
            HELD.remove(lockFile);
        }
    }
}
