package org.tinytune.data.feature;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.CacheFolder;

/**
 * Where features are kept: on the heap while they are few, otherwise in a file that is mapped. The file has no name any
 * more once it is mapped, where the system allows that, and its space is free when its features are garbage.
 *
 * <p>Checked by: FeatureMemoryTest.
 *
 * @param folder of the files
 * @param maxHeapBytes more go to a file
 * @param mappedBytes of a file that are mapped as one, if a row is no longer
 */
record FeatureMemory(CacheFolder folder, long maxHeapBytes, int mappedBytes) {
    private static final String ENDING = ".features";
    private static final AtomicLong FILES = new AtomicLong();

    private static final int HEAP_BYTES = 1 << 18;
    private static final int ZEROS = 1 << 20;

    /**
     * That of this user: what takes more than 256 MiB, or an eighth of the Java heap, is in a file. A training has
     * several: of its training samples and of what they vary to, of its validation samples.
     */
    static FeatureMemory ofUser() {
        return new FeatureMemory(
                CacheFolder.ofUser(), Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8), 1 << 30);
    }

    /**
     * Room for rows, all zeros.
     *
     * @param rowBytes at least 1
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the folder has no room for them
     */
    FeatureRows rows(int rowBytes, int count) {
        long bytes = (long) rowBytes * count;
        return bytes <= maxHeapBytes ? onHeap(rowBytes, count) : inFile(rowBytes, count);
    }

    private static FeatureRows onHeap(int rowBytes, int count) {
        int rows = Math.max(1, HEAP_BYTES / rowBytes);
        List<ByteBuffer> blocks = new ArrayList<>();
        for (int first = 0; first < count; first += rows) {
            blocks.add(ByteBuffer.allocate(Math.min(rows, count - first) * rowBytes));
        }
        return new FeatureRows(rowBytes, rows, blocks);
    }

    private FeatureRows inFile(int rowBytes, int count) {
        // What earlier trainings have mapped is unmapped when it is collected, which a heap with room puts off.
        System.gc();
        try {
            folder.create();
            removeLeft();
            return new FeatureRows(rowBytes, rowsMapped(rowBytes), map(rowBytes, count));
        } catch (IOException e) {
            throw folder.cannotHold((long) rowBytes * count, "features", e);
        }
    }

    private int rowsMapped(int rowBytes) {
        return Math.max(1, mappedBytes / rowBytes);
    }

    private List<ByteBuffer> map(int rowBytes, int count) throws IOException {
        Path file = folder.path().resolve(ProcessHandle.current().pid() + "-" + FILES.incrementAndGet() + ENDING);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long bytes = (long) rowBytes * count;
            reserve(channel, bytes);
            List<ByteBuffer> blocks = new ArrayList<>();
            long length = (long) rowsMapped(rowBytes) * rowBytes;
            for (long at = 0; at < bytes; at += length) {
                blocks.add(channel.map(FileChannel.MapMode.READ_WRITE, at, Math.min(length, bytes - at)));
            }
            return blocks;
        } finally {
            remove(file);
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
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder.path(), "*" + ENDING)) {
            for (Path file : left) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException mapped) {
                    // Another process uses it.
                }
            }
        }
    }
}
