package org.tinytune.core.op.stridedslice;

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
import org.tinytune.core.op.Shapes;
import org.tinytune.core.op.stridedslice.StridedSliceParams.Axis;
import org.tinytune.core.tensor.Shape;

/**
 * {@code STRIDED_SLICE}: takes every so many-th element of each extent, forwards or backwards. Operand: an input of any
 * rank.
 */
public final class StridedSlice implements InferenceOnly<StridedSliceParams> {
    /** The operator. */
    public static final StridedSlice INSTANCE = new StridedSlice();

    private static final int IMAGE_RANK = 4;

    private StridedSlice() {}

    @Override
    public String name() {
        return "STRIDED_SLICE";
    }

    @Override
    public Shape inferShape(StridedSliceParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, 1);
        Shape input = Shapes.require(inputs, 0);
        List<Axis> axes = params.axes();
        if (axes.size() != input.rank()) {
            throw new InvalidModelException("a slice of " + axes.size() + " extents does not fit " + input);
        }
        for (int i = 0; i < axes.size(); i++) {
            if (!axes.get(i).fits(input.dim(i))) {
                throw new InvalidModelException("the slice of extent " + i + " reaches beyond " + input);
            }
        }
        return Shapes.of(axes.stream()
                .filter(axis -> !axis.dropped())
                .mapToInt(Axis::count)
                .toArray());
    }

    @Override
    public QuantSpec quantSpec(StridedSliceParams params) {
        return QuantSpec.sameAsInput();
    }

    @Override
    public RowWindow rowWindow(StridedSliceParams params, List<Shape> inputs) {
        Shape input = inputs.get(0);
        if (input.rank() == IMAGE_RANK && !params.dropsAxes()) {
            Axis rows = params.axes().get(1);
            if (rows.stride() > 0) {
                return new RowWindow(rows.begin(), rows.stride(), 1, input.rows());
            }
        }
        return RowWindow.all(input.rows());
    }

    @Override
    public InPlace inPlace(StridedSliceParams params) {
        return InPlace.NEVER;
    }

    @Override
    public Int8Kernel<StridedSliceParams> int8() {
        return StridedSliceKernel::prepare;
    }

    @Override
    public Int16Kernel<StridedSliceParams> int16() {
        return StridedSliceKernel::prepare;
    }

    @Override
    public TfliteCodec<StridedSliceParams> tflite() {
        return StridedSliceCodec.INSTANCE;
    }

    @Override
    public Cost cost(StridedSliceParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inferShape(params, inputs));
    }
}
