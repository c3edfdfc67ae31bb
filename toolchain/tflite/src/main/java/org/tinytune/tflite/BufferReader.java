package org.tinytune.tflite;

import java.nio.ByteBuffer;
import java.util.List;
import org.tinytune.core.graph.InvalidModelException;

/**
 * The bytes of constants and metadata. Writers of models above 2 GB put them behind the flatbuffer, and some do so with
 * any model: a buffer then has an offset into the file and a size instead of a vector.
 *
 * <p>Source: tensorflow:lite/schema/schema.fbs, table Buffer. Checked by: ForeignFilesTest.
 */
final class BufferReader {
    /** An offset of bytes behind the flatbuffer is valid from here on. */
    private static final long FIRST_OFFSET = 2;

    private final UntrustedFile file;
    private final List<FlatTable> buffers;

    BufferReader(UntrustedFile file, List<FlatTable> buffers) {
        this.file = file;
        this.buffers = buffers;
    }

    /**
     * The bytes of a buffer, little endian; none of an empty one.
     *
     * @param index as a file states it, an unsigned number
     * @throws InvalidModelException if there is no such buffer
     */
    ByteBuffer bytes(int index) {
        if (index < 0 || index >= buffers.size()) {
            throw new InvalidModelException(
                    "there is no buffer " + Integer.toUnsignedString(index) + " among " + buffers.size());
        }
        FlatTable buffer = buffers.get(index);
        long offset = buffer.getLong(Schema.Buffer.OFFSET, 0);
        if (Long.compareUnsigned(offset, FIRST_OFFSET) < 0) {
            return buffer.bytes(Schema.Buffer.DATA);
        }
        long size = buffer.getLong(Schema.Buffer.SIZE, 0);
        file.take(offset, size);
        return file.slice((int) offset, (int) size);
    }
}
