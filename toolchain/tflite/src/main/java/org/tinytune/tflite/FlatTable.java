package org.tinytune.tflite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table of a flatbuffer: fields by number, each of which a file may leave out.
 *
 * <p>The first word of a table leads back to its vtable: two lengths (of the vtable and of the table), then for each
 * field its place in the table, or 0. Vectors, strings and further tables lie elsewhere, behind an offset.
 *
 * <p>Every method throws a {@link org.tinytune.core.TinytuneException} if what it follows leads out of the file.
 *
 * <p>Source: google/flatbuffers:docs, "FlatBuffer internals".
 */
final class FlatTable {
    private static final int VTABLE_HEADER_BYTES = 4;

    private final UntrustedFile file;
    private final int position;
    private final int vtable;
    private final int fields;
    private final int tableBytes;

    FlatTable(UntrustedFile file, int position) {
        this.file = file;
        this.position = position;
        long start = (long) position - file.getInt(position);
        if (start < 0 || start > Integer.MAX_VALUE) {
            throw file.damaged("the table at byte " + position + " has no field list");
        }
        vtable = (int) start;
        int vtableBytes = file.getUnsignedShort(vtable);
        tableBytes = file.getUnsignedShort(vtable + Short.BYTES);
        if (vtableBytes < VTABLE_HEADER_BYTES || tableBytes < Integer.BYTES) {
            throw file.damaged("the table at byte " + position + " has no room for its own header");
        }
        file.take(vtable, vtableBytes);
        file.take(position, tableBytes);
        fields = (vtableBytes - VTABLE_HEADER_BYTES) / Short.BYTES;
    }

    /** Whether the field is there. */
    boolean has(int field) {
        return field < fields && file.getUnsignedShort(entry(field)) != 0;
    }

    private int entry(int field) {
        return vtable + VTABLE_HEADER_BYTES + field * Short.BYTES;
    }

    /** Where the field lies, which has to be there. */
    private int place(int field, int width) {
        int offset = file.getUnsignedShort(entry(field));
        if (offset < Integer.BYTES || offset + width > tableBytes) {
            throw file.damaged("field " + field + " lies outside the table at byte " + position);
        }
        return position + offset;
    }

    int getByte(int field, int absent) {
        return has(field) ? file.getByte(place(field, Byte.BYTES)) : absent;
    }

    int getInt(int field, int absent) {
        return has(field) ? file.getInt(place(field, Integer.BYTES)) : absent;
    }

    float getFloat(int field, float absent) {
        return has(field) ? Float.intBitsToFloat(file.getInt(place(field, Integer.BYTES))) : absent;
    }

    long getLong(int field, long absent) {
        return has(field) ? file.slice(place(field, Long.BYTES), Long.BYTES).getLong() : absent;
    }

    /** The table that a field leads to. */
    Optional<FlatTable> table(int field) {
        return has(field)
                ? Optional.of(new FlatTable(file, file.target(place(field, Integer.BYTES))))
                : Optional.empty();
    }

    /** The tables of a vector; none if it is left out. */
    List<FlatTable> tables(int field) {
        List<FlatTable> tables = new ArrayList<>();
        if (has(field)) {
            int vector = vector(field, Integer.BYTES);
            int length = file.getInt(vector);
            for (int i = 0; i < length; i++) {
                tables.add(new FlatTable(file, file.target(vector + Integer.BYTES + i * Integer.BYTES)));
            }
        }
        return tables;
    }

    /** The numbers of a vector; none if it is left out. */
    int[] ints(int field) {
        ByteBuffer raw = elements(field, Integer.BYTES);
        int[] values = new int[raw.remaining() / Integer.BYTES];
        raw.asIntBuffer().get(values);
        return values;
    }

    /** The numbers of a vector; none if it is left out. */
    float[] floats(int field) {
        ByteBuffer raw = elements(field, Float.BYTES);
        float[] values = new float[raw.remaining() / Float.BYTES];
        raw.asFloatBuffer().get(values);
        return values;
    }

    /** The numbers of a vector; none if it is left out. */
    long[] longs(int field) {
        ByteBuffer raw = elements(field, Long.BYTES);
        long[] values = new long[raw.remaining() / Long.BYTES];
        raw.asLongBuffer().get(values);
        return values;
    }

    /** A view of the bytes of a vector, little endian; none if it is left out. */
    ByteBuffer bytes(int field) {
        return elements(field, Byte.BYTES);
    }

    /** A string, with a replacement character for what is no UTF-8. */
    Optional<String> text(int field) {
        return has(field)
                ? Optional.of(StandardCharsets.UTF_8.decode(bytes(field)).toString())
                : Optional.empty();
    }

    private ByteBuffer elements(int field, int width) {
        if (!has(field)) {
            return ByteBuffer.allocate(0);
        }
        int vector = vector(field, width);
        return file.slice(vector + Integer.BYTES, file.getInt(vector) * width);
    }

    /** Where a vector lies: its length, then its elements, all of which are inside the file. */
    private int vector(int field, int width) {
        int vector = file.target(place(field, Integer.BYTES));
        long length = file.getInt(vector) & 0xffff_ffffL;
        file.take(vector + (long) Integer.BYTES, length * width);
        return vector;
    }
}
