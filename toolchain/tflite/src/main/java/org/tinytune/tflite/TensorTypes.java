package org.tinytune.tflite;

import java.util.Map;
import java.util.Optional;
import org.tensorflow.lite.schema.TensorType;
import org.tinytune.core.tensor.ElementType;

/** The element types that both a file and a graph know. */
final class TensorTypes {
    private static final Map<ElementType, Byte> CODES = Map.of(
            ElementType.FLOAT32, TensorType.FLOAT32,
            ElementType.INT8, TensorType.INT8,
            ElementType.INT16, TensorType.INT16,
            ElementType.INT32, TensorType.INT32,
            ElementType.INT64, TensorType.INT64);

    private TensorTypes() {}

    /** The number that stands for a type in a file. */
    static byte code(ElementType type) {
        return CODES.get(type);
    }

    /** The type with that number, if a graph can hold it. */
    static Optional<ElementType> ofCode(int code) {
        return CODES.entrySet().stream()
                .filter(e -> e.getValue() == code)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** What the schema calls a type. */
    static String name(int code) {
        return code >= 0 && code < TensorType.names.length ? TensorType.name(code) : "type " + code;
    }
}
