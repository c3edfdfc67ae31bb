package org.tinytune.data.feature;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.CacheFolder;
import org.tinytune.data.ScratchFiles;

/**
 * Where features are kept: on the heap while they are few, otherwise in a file that is mapped.
 *
 * <p>Checked by: FeatureMemoryTest.
 *
 * @param folder of the files
 * @param maxHeapBytes more go to a file
 * @param mappedBytes of a file that are mapped as one, if a row is no longer
 */
record FeatureMemory(CacheFolder folder, long maxHeapBytes, int mappedBytes) {
    private static final int HEAP_BYTES = 1 << 18;

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
        int rows = Math.max(1, mappedBytes / rowBytes);
        ScratchFiles files = new ScratchFiles(folder, "features");
        return new FeatureRows(rowBytes, rows, files.map((long) rowBytes * count, (long) rows * rowBytes));
    }
}
