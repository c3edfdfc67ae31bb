package org.tinytune.core.graph;

import java.util.Optional;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Elements;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/**
 * A tensor of a graph: an activation, a constant, or a state that lives from one inference to the next.
 *
 * @param name unique in its graph
 * @param shape with batch 1
 * @param type of the elements
 * @param quantization how the integers stand for real values; {@link Quantization#NONE} if they are no such integers
 * @param data the elements of a constant; empty for all others
 * @param state whether the value survives an inference (recurrent cells, sliding windows)
 */
public record Tensor(
        String name,
        Shape shape,
        ElementType type,
        Quantization quantization,
        Optional<TensorData> data,
        boolean state) {

    /**
     * Checks that the parts agree.
     *
     * @throws InvalidModelException if the data has another type or length, a channel axis does not fit the shape, or a
     *     state is a constant
     */
    public Tensor {
        if (data.isPresent()) {
            if (state) {
                throw new InvalidModelException("tensor '" + name + "' is both a state and a constant");
            }
            TensorData d = data.get();
            if (d.type() != type || d.length() != shape.elements()) {
                throw new InvalidModelException("tensor '" + name + "': data " + d + " is not " + type + shape);
            }
        }
        if (quantization.channels() > 1) {
            int axis = quantization.axis();
            if (axis < 0 || axis >= shape.rank() || shape.dim(axis) != quantization.channels()) {
                throw new InvalidModelException(
                        "tensor '" + name + "': " + quantization + " do not fit the shape " + shape);
            }
        }
    }

    /** An activation. */
    public static Tensor activation(String name, Shape shape, ElementType type, Quantization quantization) {
        return new Tensor(name, shape, type, quantization, Optional.empty(), false);
    }

    /** A constant. */
    public static Tensor constant(String name, Shape shape, Quantization quantization, TensorData data) {
        return new Tensor(name, shape, data.type(), quantization, Optional.of(data), false);
    }

    /** A state, which lives from one inference to the next, and is real 0 before the first. */
    public static Tensor state(String name, Shape shape, ElementType type, Quantization quantization) {
        return new Tensor(name, shape, type, quantization, Optional.empty(), true);
    }

    /**
     * A part of the tensor: some slices along an extent.
     *
     * @param axis the extent, from 0
     * @param indices of the slices, in ascending order
     */
    public Tensor along(int axis, int... indices) {
        int[] dims = shape.dims();
        int extent = dims[axis];
        int inner = 1;
        for (int i = axis + 1; i < dims.length; i++) {
            inner *= dims[i];
        }
        int[] elements = new int[shape.elements() / extent * indices.length];
        for (int i = 0; i < elements.length; i++) {
            int slice = i / inner;
            int outer = slice / indices.length;
            elements[i] = (outer * extent + indices[slice % indices.length]) * inner + i % inner;
        }
        dims[axis] = indices.length;
        return new Tensor(
                name, Shape.of(dims), type, quantization.along(axis, indices), data.map(d -> d.at(elements)), state);
    }

    /** The same constant with other elements, of any type and with the quantization that it had. */
    public Tensor withData(TensorData other) {
        return new Tensor(name, shape, other.type(), quantization, Optional.of(other), state);
    }

    /** Whether the elements are known before the first inference. */
    public boolean isConstant() {
        return data.isPresent();
    }

    /** The byte that a state is full of when it is real 0: the zero point of an int8, otherwise 0. */
    public byte zeroByte() {
        return type == ElementType.INT8 && quantization.isPresent() ? (byte) quantization.zeroPoint() : 0;
    }

    /** Bytes of all elements. */
    public int bytes() {
        return Math.multiplyExact(shape.elements(), type.bytes());
    }

    /** Bytes of one row. */
    public int rowBytes() {
        return Math.multiplyExact(shape.rowElements(), type.bytes());
    }

    /**
     * The int8 elements of a constant; not to be written to.
     *
     * @throws InvalidModelException if this is no int8 constant
     */
    public byte[] int8Data() {
        return require(ElementType.INT8).int8();
    }

    /**
     * The elements of a constant as kernels read them, int8 or int16 in little endian; not to be written to.
     *
     * @throws InvalidModelException if this is no such constant
     */
    public byte[] kernelBytes() {
        if (type != ElementType.INT16) {
            return int8Data();
        }
        short[] elements = int16Data();
        byte[] bytes = new byte[elements.length * type.bytes()];
        for (int i = 0; i < elements.length; i++) {
            Elements.INT16.set(bytes, 0, i, elements[i]);
        }
        return bytes;
    }

    /**
     * The int16 elements of a constant; not to be written to.
     *
     * @throws InvalidModelException if this is no int16 constant
     */
    public short[] int16Data() {
        return require(ElementType.INT16).int16();
    }

    /**
     * The int32 elements of a constant; not to be written to.
     *
     * @throws InvalidModelException if this is no int32 constant
     */
    public int[] int32Data() {
        return require(ElementType.INT32).int32();
    }

    /**
     * The int64 elements of a constant; not to be written to.
     *
     * @throws InvalidModelException if this is no int64 constant
     */
    public long[] int64Data() {
        return require(ElementType.INT64).int64();
    }

    /**
     * The float elements of a constant; not to be written to.
     *
     * @throws InvalidModelException if this is no float constant
     */
    public float[] float32Data() {
        return require(ElementType.FLOAT32).float32();
    }

    private TensorData require(ElementType wanted) {
        if (data.isEmpty() || type != wanted) {
            throw new InvalidModelException("tensor '" + name + "' is no " + wanted + " constant");
        }
        return data.get();
    }
}
