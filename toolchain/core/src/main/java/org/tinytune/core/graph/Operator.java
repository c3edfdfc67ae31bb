package org.tinytune.core.graph;

import java.util.List;
import org.tinytune.core.tensor.Shape;

/**
 * All that the toolchain knows of one operator. Operators are added often and facets seldom, so each operator is one
 * package with one implementation of this interface, and its consumers ask facets instead of switching over names.
 *
 * @param <P> the operator's parameters
 */
public interface Operator<P extends Record> {
    /** The TFLite name, as in {@code DEPTHWISE_CONV_2D}. */
    String name();

    /**
     * The shape of every output.
     *
     * @param inputs shapes of all operands, {@code null} for one that is left out
     * @throws InvalidModelException if the operands do not fit each other or the parameters
     */
    Shape inferShape(P params, List<Shape> inputs);

    /** How the operator's tensors are quantized. */
    QuantSpec quantSpec(P params);

    /** The parameters once the operator is computed in int8, where the reference may know fewer of them. */
    default P quantizedParams(P params) {
        return params;
    }

    /** Which input rows an output row needs, for streaming and line buffers. */
    RowWindow rowWindow(P params, List<Shape> inputs);

    /** Which input the output may overwrite. */
    InPlace inPlace(P params);

    /**
     * Whether the gradient of operand 0 may overwrite that of the output in the backward pass: each element of it is
     * made of the same element of the output's.
     */
    default boolean gradientInPlace() {
        return false;
    }

    /** Integers only, a range of output rows: the definition of the operator. */
    Int8Kernel<P> int8();

    /** The same where activations are int16; nearly every operator for which TFLite defines that has it. */
    default Int16Kernel<P> int16() {
        return Int16Kernel.none(name());
    }

    /**
     * The kernel for the types of a node's tensors.
     *
     * @throws InvalidModelException naming what neither {@link #int8} nor {@link #int16} can compute
     */
    default RowKernel kernel(P params, Operands operands) {
        return operands.areInt16() ? int16().prepare(params, operands) : int8().prepare(params, operands);
    }

    /** Forward and backward in float. */
    Float32Kernel<P> float32();

    /** Forward in the integers of {@link #int8}, fast, and backward: quantization-aware training. */
    QatKernel<P> qat();

    /** How the operator is written to and read from a TFLite file. */
    TfliteCodec<P> tflite();

    /** What one inference costs. */
    Cost cost(P params, List<Shape> inputs);
}
