package org.tinytune.data.reader;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.tinytune.core.TinytuneException;

/**
 * An IDX file of unsigned bytes, the format of MNIST and its successors: two zero bytes, a type, the number of extents,
 * the extents as big-endian int32, the elements row-major.
 *
 * <p>Source: Y. LeCun, C. Cortes, C. Burges, The MNIST database of handwritten digits, section on file formats.
 */
final class IdxFile implements AutoCloseable {
    private static final int TYPE_UNSIGNED_BYTE = 0x08;
    private static final int MAX_RANK = 4;

    private final DataFile file;
    private final DataInputStream in;
    private final int[] extents;

    private IdxFile(DataFile file, DataInputStream in) throws IOException {
        this.file = file;
        this.in = in;
        if (in.readUnsignedShort() != 0) {
            throw file.invalid(" is not an IDX file, which begins with two zero bytes");
        }
        int type = in.readUnsignedByte();
        if (type != TYPE_UNSIGNED_BYTE) {
            throw file.invalid(": IDX elements of type 0x0" + Integer.toHexString(type)
                    + " are not read, only unsigned bytes (0x08)");
        }
        int rank = in.readUnsignedByte();
        if (rank < 1 || rank > MAX_RANK) {
            throw file.invalid(": an IDX file of " + rank + " extents holds neither labels nor images");
        }
        extents = new int[rank];
        for (int i = 0; i < rank; i++) {
            extents[i] = in.readInt();
        }
        checkLength();
    }

    /** Whether a file that begins with these bytes is an IDX file. */
    static boolean begins(byte[] head) {
        return head.length >= 4
                && head[0] == 0
                && head[1] == 0
                && head[2] >= TYPE_UNSIGNED_BYTE
                && head[2] <= 0x0e
                && head[3] >= 1
                && head[3] <= MAX_RANK;
    }

    /** Opens a file and checks what its header announces against what the file can hold. */
    static IdxFile open(DataFile file) {
        try {
            DataInputStream in = new DataInputStream(file.open());
            try {
                return new IdxFile(file, in);
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    /** The file's name, as messages show it. */
    String name() {
        return file.name();
    }

    /** The first extent: how many labels or images there are. */
    int count() {
        return extents[0];
    }

    /** The other extents: those of one image; none for labels. */
    int[] itemExtents() {
        return Arrays.copyOfRange(extents, 1, extents.length);
    }

    /** Reads the next bytes. */
    void read(byte[] into) {
        try {
            in.readFully(into);
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    /** Checks, after everything has been read, that nothing follows. */
    void expectEnd() {
        try {
            if (in.read() >= 0) {
                throw file.invalid(" goes on after the " + count() + " items that its header announces: it is damaged");
            }
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    /** The error of this file that the user can mend. */
    TinytuneException invalid(String what) {
        return file.invalid(what);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    private void checkLength() throws IOException {
        long announced = 4 + 4L * extents.length;
        long elements = 1;
        for (int extent : extents) {
            if (extent < 1) {
                throw file.invalid(": its header announces an extent of " + extent + ", it is empty or damaged");
            }
            if (elements > DataFile.MAX_UNPACKED_BYTES) {
                break;
            }
            elements *= extent;
        }
        announced += elements;
        if (announced > DataFile.MAX_UNPACKED_BYTES) {
            throw file.invalid(": its header announces " + Arrays.toString(extents) + " bytes, more than the "
                    + (DataFile.MAX_UNPACKED_BYTES >> 20) + " MiB that one file may hold");
        }
        long possible = file.maxUnpackedBytes();
        if (announced > possible) {
            throw new EOFException();
        }
        if (announced < possible && !file.isGzip()) {
            throw file.invalid(" holds " + possible + " bytes, its header announces " + announced + ": it is damaged");
        }
    }
}
