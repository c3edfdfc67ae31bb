package org.tinytune.cli.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * The right to write into a folder of results, held by one run at a time.
 *
 * <p>The operating system takes it back when the process dies. It is a lock on a file of its own, which stays behind,
 * as a lock file that is deleted could be locked by two processes.
 *
 * <p>Checked by: RunFolderTest.
 */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, or fails at once.
     *
     * @param file to lock, in the folder; made if it is not there
     * @throws TinytuneException with {@link ExitCode#USAGE} if another run holds it, or the folder is not writable
     */
    static FolderLock acquire(Path file) {
        FileChannel channel = open(file);
        try {
            if (channel.tryLock() != null) {
                return new FolderLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // Another part of this process holds it. Closing the channel would take it away from that one.
            throw inUse(file, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close(channel);
        throw inUse(file, null);
    }

    private static FileChannel open(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw RunFolder.notWritable(file.getParent(), e);
        }
    }

    private static TinytuneException inUse(Path file, Exception cause) {
        return new TinytuneException(
                ExitCode.USAGE,
                file.getParent() + ": another run is writing there (wait for it, stop it, or give another --out)",
                cause);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        close(channel);
    }
}
