package org.tinytune.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * Memory in files that are mapped, for what the heap is too small for. A file has no name any more once it is mapped,
 * where the system allows that, and its space is free when its buffers are garbage.
 *
 * <p>Checked by: ScratchFilesTest, FeatureMemoryTest, ValueStoreTest.
 *
 * @param folder of the files
 * @param content what they hold, such as {@code features}: the ending of their names
 */
public record ScratchFiles(CacheFolder folder, String content) {
    private static final AtomicLong FILES = new AtomicLong();
    private static final int ZEROS = 1 << 20;

    /**
     * Room of zeros in one file.
     *
     * @param bytes at least 1
     * @param blockBytes of each buffer, but perhaps the last; at most 2^31 - 1
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the folder has no room for them
     */
    public List<ByteBuffer> map(long bytes, long blockBytes) {
        try {
            folder.create();
            removeLeft();
            return mapped(bytes, blockBytes);
        } catch (IOException e) {
            throw folder.cannotHold(bytes, content, e);
        }
    }

    /** Processes of two containers may share a folder and have the same number: then it takes the next name. */
    private List<ByteBuffer> mapped(long bytes, long blockBytes) throws IOException {
        while (true) {
            String name = ProcessHandle.current().pid() + "-" + FILES.incrementAndGet() + "." + content;
            try {
                return mapped(folder.path().resolve(name), bytes, blockBytes);
            } catch (FileAlreadyExistsException taken) {
                // The next number.
            }
        }
    }

    /** Made and opened in one step: others may take the name away as soon as there is one. */
    private static List<ByteBuffer> mapped(Path file, long bytes, long blockBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            try {
                reserve(channel, bytes);
                List<ByteBuffer> blocks = new ArrayList<>();
                for (long at = 0; at < bytes; at += blockBytes) {
                    blocks.add(channel.map(FileChannel.MapMode.READ_WRITE, at, Math.min(blockBytes, bytes - at)));
                }
                return blocks;
            } finally {
                remove(file);
            }
        }
    }

    /** A disk that is full says so here; of a mapped page it would be the end of the process. */
    private static void reserve(FileChannel channel, long bytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
        for (long at = 0; at < bytes; ) {
            zeros.clear().limit((int) Math.min(ZEROS, bytes - at));
            at += channel.write(zeros, at);
        }
    }

    /** A system that keeps the names of mapped files removes them when the process ends, or another one begins. */
    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException mapped) {
            file.toFile().deleteOnExit();
        }
    }

    /** Names of processes that were killed. Whoever maps such a file has it open already, and needs no name. */
    private void removeLeft() throws IOException {
        Pattern own = Pattern.compile("[0-9]+-[0-9]+\\." + Pattern.quote(content));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(
                folder.path(),
                file -> own.matcher(file.getFileName().toString()).matches())) {
            for (Path file : left) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException mapped) {
                    // Another process uses it.
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
