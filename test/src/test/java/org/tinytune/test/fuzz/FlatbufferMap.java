package org.tinytune.test.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where everything lies in a valid .tflite file: vtables, offsets, lengths of vectors, numbers. It walks the file by a
 * schema of its own, so that it shares no code with the reader under test.
 *
 * <p>Source: google/flatbuffers:docs, "FlatBuffer internals"; tensorflow:lite/schema/schema.fbs;
 * tflite-support:metadata/metadata_schema.fbs.
 */
final class FlatbufferMap {
    /** A table a line; its fields in the order of the schema, where a union takes two. */
    private static final String SCHEMA = """
            Model i32 [OperatorCode] [SubGraph] string [Buffer] [i32] [Metadata] [Signature]
            OperatorCode i8 string i32 i32
            SubGraph [Tensor] [i32] [i32] [Operator] string i32
            Tensor [i32] i8 i32 string Quantization i8 any [i32] i8 [any]
            Quantization [f32] [f32] [f32] [i64] i8 any i32
            Operator i32 [i32] [i32] i8 any [i8] i8 [i8] [i32] i64 i64
            Buffer [i8] i64 i64
            Metadata string i32
            Signature [any] [any] string string i32
            ModelMetadata string string string [SubGraphMetadata] string string [AssociatedFile] string
            SubGraphMetadata string string [TensorMetadata] [TensorMetadata] [AssociatedFile]
            TensorMetadata string string [string] any [ProcessUnit] Stats [AssociatedFile]
            ProcessUnit i8 Normalization
            Normalization [f32] [f32]
            Stats [f32] [f32]
            AssociatedFile string string i8 string string
            """;

    private static final Map<String, List<String>> TABLES = tables();
    private static final Map<String, Integer> WIDTHS = Map.of("i8", 1, "i32", 4, "f32", 4, "i64", 8);
    private static final int VTABLE_HEADER_BYTES = 4;
    private static final int METADATA_IDENTIFIER = 0x3130304d; // "M001", little endian
    /** Of a long vector, such as weights, the first elements stand for the others. */
    private static final int MAX_ELEMENTS = 64;

    private final ByteBuffer file;
    private final Map<Kind, List<Place>> places = new EnumMap<>(Kind.class);
    private final Set<Integer> seen = new HashSet<>();
    private final List<VectorPlace> vectors = new ArrayList<>();

    /** What stands at a place. */
    enum Kind {
        /** The word of a table that leads back to its vtable. */
        TABLE,
        /** The length of a vtable, or of its table. */
        VTABLE_LENGTH,
        /** Where a field lies in its table; two bytes, 0 if it is left out. */
        VTABLE_ENTRY,
        /** Leads forward to a table, a vector or a string. */
        OFFSET,
        /** How many elements a vector has, or bytes a string. */
        LENGTH,
        /** An integer, an enum or a flag. */
        INTEGER,
        /** A float. */
        FLOAT
    }

    /**
     * A place.
     *
     * @param width in bytes
     */
    record Place(Kind kind, int position, int width) {}

    /**
     * A vector or a string.
     *
     * @param position of its length
     */
    record VectorPlace(int position, int length, int elementBytes) {}

    /** @param bytes of a valid file */
    FlatbufferMap(byte[] bytes) {
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (Kind kind : Kind.values()) {
            places.put(kind, new ArrayList<>());
        }
        root(0, "Model");
    }

    private static Map<String, List<String>> tables() {
        Map<String, List<String>> tables = new HashMap<>();
        SCHEMA.lines().forEach(line -> {
            List<String> words = List.of(line.split(" "));
            tables.put(words.get(0), words.subList(1, words.size()));
        });
        return tables;
    }

    /** The places of a kind. */
    List<Place> places(Kind kind) {
        return places.get(kind);
    }

    /** All vectors and strings. */
    List<VectorPlace> vectors() {
        return vectors;
    }

    private void root(int start, String type) {
        add(Kind.OFFSET, start, Integer.BYTES);
        table(start + file.getInt(start), type);
    }

    private void add(Kind kind, int position, int width) {
        places.get(kind).add(new Place(kind, position, width));
    }

    private void table(int table, String type) {
        if (!seen.add(table)) {
            return;
        }
        add(Kind.TABLE, table, Integer.BYTES);
        int vtable = table - file.getInt(table);
        add(Kind.VTABLE_LENGTH, vtable, Short.BYTES);
        add(Kind.VTABLE_LENGTH, vtable + Short.BYTES, Short.BYTES);
        int fields = (file.getShort(vtable) - VTABLE_HEADER_BYTES) / Short.BYTES;
        for (int i = 0; i < fields; i++) {
            int entry = vtable + VTABLE_HEADER_BYTES + i * Short.BYTES;
            add(Kind.VTABLE_ENTRY, entry, Short.BYTES);
            if (file.getShort(entry) != 0) {
                value(table + file.getShort(entry), fieldType(type, i));
            }
        }
    }

    /** Fields of a table that is not described, such as an operator's options, are taken for numbers of four bytes. */
    private static String fieldType(String table, int field) {
        List<String> types = TABLES.getOrDefault(table, List.of());
        return field < types.size() ? types.get(field) : "i32";
    }

    private void value(int position, String type) {
        if (WIDTHS.containsKey(type)) {
            add(type.equals("f32") ? Kind.FLOAT : Kind.INTEGER, position, WIDTHS.get(type));
            return;
        }
        add(Kind.OFFSET, position, Integer.BYTES);
        int target = position + file.getInt(position);
        if (type.equals("string")) {
            vector(target, "i8");
        } else if (type.startsWith("[")) {
            vector(target, type.substring(1, type.length() - 1));
        } else {
            table(target, type);
        }
    }

    private void vector(int vector, String elementType) {
        if (!seen.add(vector)) {
            return;
        }
        add(Kind.LENGTH, vector, Integer.BYTES);
        int length = file.getInt(vector);
        int width = WIDTHS.getOrDefault(elementType, Integer.BYTES);
        vectors.add(new VectorPlace(vector, length, width));
        boolean plain = WIDTHS.containsKey(elementType);
        int first = vector + Integer.BYTES;
        for (int i = 0; i < (plain ? Math.min(length, MAX_ELEMENTS) : length); i++) {
            value(first + i * width, elementType);
        }
        if (elementType.equals("i8") && length > 2 * Integer.BYTES) {
            nested(first);
        }
    }

    /** The metadata are a flatbuffer within a buffer. */
    private void nested(int start) {
        if (file.getInt(start + Integer.BYTES) == METADATA_IDENTIFIER) {
            root(start, "ModelMetadata");
        }
    }
}
