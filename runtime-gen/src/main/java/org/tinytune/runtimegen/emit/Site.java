package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.tensor.Shape;
import org.tinytune.runtimegen.CTarget;

/**
 * Where a node stands: what it computes on, and how the plan holds its tensors.
 *
 * @param params the operator's parameters
 * @param operands the node's tensors
 * @param inputRingRows rows that are held of each input at once; all of them unless it is streamed
 * @param outputRingRows rows that are held of the output at once
 * @param wholeOutput whether one step computes all rows
 * @param inPlace whether the output begins where input 0 does
 * @param target what the call is for
 * @param variant of the kernel
 */
public record Site<P extends Record>(
        P params,
        Operands operands,
        List<Integer> inputRingRows,
        int outputRingRows,
        boolean wholeOutput,
        boolean inPlace,
        CTarget target,
        String variant) {

    /** Keeps a copy. */
    public Site {
        inputRingRows = List.copyOf(inputRingRows);
    }

    /** Input {@code i}, an activation. */
    Tensor input(int i) {
        Tensor tensor = operands.input(i);
        if (tensor.isConstant()) {
            throw new InvalidModelException(
                    "tensor '" + tensor.name() + "': the C kernel takes no constant in this place");
        }
        return tensor;
    }

    /** The shape of input {@code i}. */
    Shape inputShape(int i) {
        return operands.input(i).shape();
    }

    /** The output. */
    Tensor output() {
        return operands.output();
    }

    /** The shape of the output. */
    Shape outputShape() {
        return operands.output().shape();
    }

    /** Whether the kernel is one for int16. */
    boolean isInt16() {
        return operands.areInt16();
    }

    /** Bytes of an element of the output, for kernels that only move elements and count in bytes. */
    int elementBytes() {
        return output().type().bytes();
    }

    /** A call of the kernel of that name for int16, or for int8, whichever the node is of. */
    KernelCall.Builder call(String kernel) {
        return isInt16() ? KernelCall.ofInt16(kernel) : KernelCall.of(kernel);
    }

    /** Whether any tensor is held in part, or the output computed in parts: then rows must be told apart. */
    boolean streamed() {
        boolean rings = outputRingRows < outputShape().rows();
        for (int i = 0; i < inputRingRows.size(); i++) {
            rings |=
                    operands.hasInput(i) && inputRingRows.get(i) < inputShape(i).rows();
        }
        return rings || !wholeOutput;
    }
}
