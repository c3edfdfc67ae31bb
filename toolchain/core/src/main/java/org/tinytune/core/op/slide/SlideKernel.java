package org.tinytune.core.op.slide;

import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int16Tensors;
import org.tinytune.core.op.Int8Tensors;

/**
 * {@code SLIDE} in int8 or int16: copies. Output row {@code y} is row {@code y} of the state, or behind these one of
 * the new rows; from row {@code NEW} on it is kept in row {@code y - NEW} of the state, which nobody reads again.
 *
 * <p>Checked by: SlideTest, KernelDifferentialTest.
 */
public final class SlideKernel implements RowKernel {
    private final int keptRows;
    private final int newRows;

    private SlideKernel(int keptRows, int newRows) {
        this.keptRows = keptRows;
        this.newRows = newRows;
    }

    /**
     * Checks the operands.
     *
     * @throws InvalidModelException if the state is none, or is of another type or quantization than the rest
     */
    public static SlideKernel prepare(Operands operands) {
        Tensor added = Int16Tensors.activationOfEither(operands.input(0));
        Tensor kept = operands.input(Slide.STATE);
        if (!kept.state() || kept.type() != added.type() || !kept.quantization().equals(added.quantization())) {
            throw new InvalidModelException("'" + kept.name() + "' is no state of " + added.type() + " with "
                    + added.quantization() + ", as '" + added.name() + "' is");
        }
        Int16Tensors.activationOfEither(operands.output());
        Int8Tensors.requireSameQuantization(operands);
        return new SlideKernel(kept.shape().rows(), added.shape().rows());
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows added = inputs[0];
        Rows kept = inputs[Slide.STATE];
        Rows out = outputs[0];
        for (int y = begin; y < end; y++) {
            if (y < keptRows) {
                System.arraycopy(kept.memory(), kept.at(y), out.memory(), out.at(y), out.rowBytes());
            } else {
                System.arraycopy(added.memory(), added.at(y - keptRows), out.memory(), out.at(y), out.rowBytes());
            }
            if (y >= newRows) {
                System.arraycopy(out.memory(), out.at(y), kept.memory(), kept.at(y - newRows), out.rowBytes());
            }
        }
    }
}
