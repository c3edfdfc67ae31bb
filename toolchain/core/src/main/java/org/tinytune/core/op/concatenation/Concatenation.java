package org.tinytune.core.op.concatenation;

import java.util.List;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.Float32Kernel;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int16Kernel;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.QatKernel;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.ChannelWise;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.tensor.Shape;

/** {@code CONCATENATION}: one operand behind the other along an axis. Operands: one or more of one rank. */
public final class Concatenation implements ChannelWise<ConcatenationParams> {
    /** The operator. */
    public static final Concatenation INSTANCE = new Concatenation();

    /** The axis of the rows of an image. */
    private static final int ROWS = 1;

    private static final int IMAGE_RANK = 4;

    private static final TfliteCodec<ConcatenationParams> TFLITE = new OptionsCodec<>(
            2,
            10,
            new OptionsCodec.Versions(1, 2, 3, 3),
            List.of(TfliteCodec.Field.ofInt(0, 0, ConcatenationParams::axis), TfliteCodec.Field.ofByte(1, 0, p -> 0)),
            Concatenation::decode);

    private Concatenation() {}

    private static ConcatenationParams decode(TfliteCodec.Options options, List<Tensor> inputs) {
        if (options.getInt(1) != Activation.NONE.code()) {
            throw new InvalidModelException("a fused activation is not supported here");
        }
        int axis = options.getInt(0);
        return new ConcatenationParams(axis < 0 ? axis + inputs.get(0).shape().rank() : axis);
    }

    @Override
    public String name() {
        return "CONCATENATION";
    }

    @Override
    public Shape inferShape(ConcatenationParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, Integer.MAX_VALUE);
        Shape first = Shapes.require(inputs, 0);
        int axis = params.axis();
        if (axis < 0 || axis >= first.rank()) {
            throw new InvalidModelException("there is no axis " + axis + " in " + first);
        }
        int[] dims = first.dims();
        long extent = 0;
        for (int i = 0; i < inputs.size(); i++) {
            Shape shape = Shapes.require(inputs, i);
            if (!equalBut(axis, first, shape)) {
                throw new InvalidModelException(
                        "operands " + first + " and " + shape + " cannot be joined along axis " + axis);
            }
            extent += shape.dim(axis);
        }
        dims[axis] = (int) Math.min(Integer.MAX_VALUE, extent);
        return Shapes.of(dims);
    }

    private static boolean equalBut(int axis, Shape first, Shape second) {
        boolean equal = first.rank() == second.rank();
        for (int i = 0; equal && i < first.rank(); i++) {
            equal = i == axis || first.dim(i) == second.dim(i);
        }
        return equal;
    }

    /** Whether whole rows of images are joined, so that an output row comes from one operand only. */
    public static boolean joinsRows(ConcatenationParams params, Shape output) {
        return params.axis() == ROWS && output.rank() == IMAGE_RANK;
    }

    /** Elements that an operand contributes at a time: its extents from the axis on. */
    public static int run(ConcatenationParams params, Shape shape) {
        int run = 1;
        for (int i = params.axis(); i < shape.rank(); i++) {
            run *= shape.dim(i);
        }
        return run;
    }

    @Override
    public QuantSpec quantSpec(ConcatenationParams params) {
        return QuantSpec.sameAsAllInputs();
    }

    @Override
    public RowWindow rowWindow(ConcatenationParams params, List<Shape> inputs) {
        int rows = inputs.stream().mapToInt(Shape::rows).max().orElseThrow();
        return joinsRows(params, inputs.get(0)) ? RowWindow.all(rows) : RowWindow.rowByRow(rows);
    }

    @Override
    public InPlace inPlace(ConcatenationParams params) {
        return InPlace.NEVER;
    }

    @Override
    public Int8Kernel<ConcatenationParams> int8() {
        return ConcatenationKernel::prepare;
    }

    @Override
    public Int16Kernel<ConcatenationParams> int16() {
        return ConcatenationKernel::prepare;
    }

    @Override
    public Float32Kernel<ConcatenationParams> float32() {
        return ConcatenationTraining::float32;
    }

    @Override
    public QatKernel<ConcatenationParams> qat() {
        return ConcatenationTraining::qat;
    }

    @Override
    public TfliteCodec<ConcatenationParams> tflite() {
        return TFLITE;
    }

    @Override
    public Cost cost(ConcatenationParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inferShape(params, inputs));
    }

    @Override
    public boolean keepsChannels(ConcatenationParams params, List<Shape> inputs) {
        return params.axis() != inputs.get(0).rank() - 1;
    }

    @Override
    public boolean joinsChannels(ConcatenationParams params, List<Shape> inputs) {
        return params.axis() == inputs.get(0).rank() - 1;
    }
}
