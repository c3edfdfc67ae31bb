package org.tinytune.runtimegen.emit;

import org.tinytune.core.tensor.TensorData;

/**
 * A constant of a kernel that stays in flash.
 *
 * @param name the kernel's name of it, as in {@code weights}
 * @param data its elements, integers, in the order in which the kernel reads them
 */
public record FlashArray(String name, TensorData data) {
    /** Of int8 elements. */
    public static FlashArray of(String name, byte[] values) {
        return new FlashArray(name, TensorData.of(values));
    }

    /** Of int16 elements. */
    public static FlashArray of(String name, short[] values) {
        return new FlashArray(name, TensorData.of(values));
    }

    /** Of int32 elements. */
    public static FlashArray of(String name, int[] values) {
        return new FlashArray(name, TensorData.of(values));
    }

    /** Bytes in flash. */
    public int bytes() {
        return data.length() * data.type().bytes();
    }
}
