package org.tinytune.core.op.prelu;

import java.util.List;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.InferenceOnly;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.tensor.Shape;

/**
 * {@code PRELU}: multiplies negative values by a slope of their own. Operands: an input of any rank; the slopes, whose
 * extents are the input's last ones, {@code [C]} or {@code [H, W, C]} for an image, or a single slope.
 */
public final class Prelu implements InferenceOnly<NoParams> {
    /** The operator. */
    public static final Prelu INSTANCE = new Prelu();

    private static final TfliteCodec<NoParams> TFLITE = new OptionsCodec<>(
            54, 0, new OptionsCodec.Versions(1, 1, 1), List.of(), (options, inputs) -> new NoParams());

    private Prelu() {}

    @Override
    public String name() {
        return "PRELU";
    }

    @Override
    public Shape inferShape(NoParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 2, 2);
        Shape input = Shapes.require(inputs, 0);
        Shape slopes = Shapes.require(inputs, 1);
        if (slopes.rank() > input.rank() || !areLastExtents(slopes, input)) {
            throw new InvalidModelException("slopes " + slopes + " are not the last extents of " + input);
        }
        return input;
    }

    /** Whether the slopes, without leading extents of 1, have the last extents of the input. */
    private static boolean areLastExtents(Shape slopes, Shape input) {
        int rank = slopes.rank();
        for (int i = 1, elements = 1; i <= rank && elements < slopes.elements(); i++) {
            if (slopes.dim(-i) != input.dim(-i)) {
                return false;
            }
            elements *= slopes.dim(-i);
        }
        return true;
    }

    @Override
    public QuantSpec quantSpec(NoParams params) {
        return QuantSpec.ownRange();
    }

    @Override
    public RowWindow rowWindow(NoParams params, List<Shape> inputs) {
        return RowWindow.rowByRow(inputs.get(0).rows());
    }

    @Override
    public InPlace inPlace(NoParams params) {
        return InPlace.over(0);
    }

    @Override
    public Int8Kernel<NoParams> int8() {
        return PreluInt8::prepare;
    }

    @Override
    public TfliteCodec<NoParams> tflite() {
        return TFLITE;
    }

    @Override
    public Cost cost(NoParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inputs.get(0));
    }
}
