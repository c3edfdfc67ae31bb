package org.tinytune.core.op.slide;

import java.util.List;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int16Kernel;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.InferenceOnly;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.tensor.Shape;

/**
 * {@code SLIDE}: the latest rows of a tensor that grows by a few rows at each inference. Operands: the new rows
 * {@code [1, NEW, W, C]}, and a state of those before them, {@code [1, KEPT, W, C]}, which is written to. Output: both,
 * oldest first, {@code [1, KEPT + NEW, W, C]}; the state then holds the last {@code KEPT} of these.
 *
 * <p>Rows are computed in order, each once: a row is kept in the place of one that has been read before.
 */
public final class Slide implements InferenceOnly<NoParams> {
    /** The operator. */
    public static final Slide INSTANCE = new Slide();

    /** The operand that is the state. */
    public static final int STATE = 1;

    private static final int OPERANDS = 2;

    private Slide() {}

    @Override
    public String name() {
        return "SLIDE";
    }

    @Override
    public Shape inferShape(NoParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, OPERANDS, OPERANDS);
        Shape added = Shapes.require4d(inputs, 0);
        Shape kept = Shapes.require4d(inputs, STATE);
        boolean fits =
                added.dim(0) == 1 && kept.dim(0) == 1 && added.dim(2) == kept.dim(2) && added.dim(3) == kept.dim(3);
        if (!fits) {
            throw new InvalidModelException("new rows " + added + " do not continue a state of " + kept);
        }
        return Shapes.of(1, kept.dim(1) + added.dim(1), added.dim(2), added.dim(3));
    }

    @Override
    public QuantSpec quantSpec(NoParams params) {
        return QuantSpec.sameAsInput();
    }

    /** The first rows need none of the input. */
    @Override
    public RowWindow rowWindow(NoParams params, List<Shape> inputs) {
        return new RowWindow(-inputs.get(STATE).rows(), 1, 1, inputs.get(0).rows());
    }

    @Override
    public InPlace inPlace(NoParams params) {
        return InPlace.NEVER;
    }

    @Override
    public Int8Kernel<NoParams> int8() {
        return (params, operands) -> SlideKernel.prepare(operands);
    }

    @Override
    public Int16Kernel<NoParams> int16() {
        return (params, operands) -> SlideKernel.prepare(operands);
    }

    @Override
    public TfliteCodec<NoParams> tflite() {
        return TfliteCodec.none("a file holds the model; its continuous use is derived from that");
    }

    /** The state is written as well as the output. */
    @Override
    public Cost cost(NoParams params, List<Shape> inputs) {
        Cost moved = Costs.withoutMacs(inputs, inferShape(params, inputs));
        return new Cost(
                0, moved.bytesRead(), moved.bytesWritten() + inputs.get(STATE).elements());
    }
}
