package org.tinytune.core.op.stridedslice;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.OperatorCodec;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.stridedslice.StridedSliceParams.Axis;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/**
 * {@code STRIDED_SLICE} in a file: begins, ends and strides are constants, and masks say which of them do not count. An
 * ellipsis is read, but never written; new axes are not supported.
 *
 * <p>Source: tensorflow:lite/kernels/internal/strided_slice_logic.h (StridedSliceStartForAxis, StridedSliceEndForAxis)
 * and lite/tools/versioning/op_version.cc. Checked by: StridedSliceTest, OperatorDifferentialTest.
 */
final class StridedSliceCodec extends OperatorCodec<StridedSliceParams> {
    static final StridedSliceCodec INSTANCE = new StridedSliceCodec();

    private static final int BEGIN_MASK = 0;
    private static final int END_MASK = 1;
    private static final int ELLIPSIS_MASK = 2;
    private static final int NEW_AXIS_MASK = 3;
    private static final int SHRINK_AXIS_MASK = 4;
    private static final int OFFSET = 5;

    private StridedSliceCodec() {
        super(
                45,
                32,
                8,
                3,
                List.of(
                        Field.ofInt(BEGIN_MASK, 0, params -> 0),
                        Field.ofInt(END_MASK, 0, params -> mask(params, axis -> end(axis) < 0)),
                        Field.ofInt(ELLIPSIS_MASK, 0, params -> 0),
                        Field.ofInt(NEW_AXIS_MASK, 0, params -> 0),
                        Field.ofInt(SHRINK_AXIS_MASK, 0, params -> mask(params, Axis::dropped)),
                        Field.ofByte(OFFSET, 0, params -> 0)));
    }

    private static int mask(StridedSliceParams params, Predicate<Axis> predicate) {
        int mask = 0;
        for (int i = 0; i < params.axes().size(); i++) {
            mask |= predicate.test(params.axes().get(i)) ? 1 << i : 0;
        }
        return mask;
    }

    /** Just behind the last element, in the direction of the stride: -1 where a file needs the mask. */
    private static int end(Axis axis) {
        return (int) axis.last() + Integer.signum(axis.stride());
    }

    @Override
    public int version(StridedSliceParams params, Operands operands) {
        if (params.axes().size() > 4) {
            return 4;
        }
        return operands.output().type() == ElementType.INT8 ? 2 : 1;
    }

    @Override
    public List<Constant> constants(StridedSliceParams params, Operands operands) {
        return List.of(
                constant("begin", params, Axis::begin),
                constant("end", params, StridedSliceCodec::end),
                constant("strides", params, Axis::stride));
    }

    private static Constant constant(String suffix, StridedSliceParams params, ToIntFunction<Axis> value) {
        int[] values = params.axes().stream().mapToInt(value).toArray();
        return new Constant(suffix, new int[] {values.length}, TensorData.of(values));
    }

    @Override
    public StridedSliceParams decode(Options options, List<Tensor> inputs) {
        if (options.getInt(NEW_AXIS_MASK) != 0) {
            throw new InvalidModelException("slices with new axes are not supported");
        }
        Shape input = inputs.get(0).shape();
        int[] begins = OptionsCodec.int32Constant(inputs, 1, "begin of the slice");
        int[] ends = OptionsCodec.int32Constant(inputs, 2, "end of the slice");
        int[] strides = OptionsCodec.int32Constant(inputs, 3, "stride of the slice");
        boolean ellipsis = options.getInt(ELLIPSIS_MASK) != 0;
        if (begins.length != ends.length
                || begins.length != strides.length
                || begins.length > input.rank() + (ellipsis ? 1 : 0)) {
            throw new InvalidModelException("begin, end and stride do not fit the extents of " + input);
        }
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < begins.length; i++) {
            if (isSet(options, ELLIPSIS_MASK, i)) {
                addWhole(axes, input, input.rank() - (begins.length - i - 1));
            } else {
                axes.add(axis(options, i, begins[i], ends[i], strides[i], input.dim(axes.size())));
            }
        }
        addWhole(axes, input, input.rank());
        return new StridedSliceParams(axes);
    }

    private static boolean isSet(Options options, int mask, int i) {
        return (options.getInt(mask) & 1 << i) != 0;
    }

    /** Adds extents that are taken whole, until there are so many. */
    private static void addWhole(List<Axis> axes, Shape input, int count) {
        while (axes.size() < count) {
            axes.add(Axis.of(0, input.dim(axes.size())));
        }
    }

    private static Axis axis(Options options, int i, int statedBegin, int statedEnd, int stride, int size) {
        if (stride == 0) {
            throw new InvalidModelException("stride " + i + " of the slice is 0");
        }
        boolean forward = stride > 0;
        int begin = isSet(options, BEGIN_MASK, i) ? (forward ? 0 : size - 1) : clamp(statedBegin, size, forward);
        if (isSet(options, SHRINK_AXIS_MASK, i)) {
            return checked(new Axis(Math.max(0, begin), 1, 1, true), i, size);
        }
        long behind = statedEnd + (options.getFlag(OFFSET) ? (long) begin : 0);
        int end = isSet(options, END_MASK, i) ? (forward ? size : -1) : clamp(behind, size, forward);
        long count = forward
                ? ((long) end - begin + stride - 1) / stride
                : ((long) begin - end - stride - 1) / -(long) stride;
        if (count < 1) {
            throw new InvalidModelException("the slice of extent " + i + ", which has " + size + ", is empty");
        }
        return checked(new Axis(begin, stride, (int) count, false), i, size);
    }

    private static Axis checked(Axis axis, int i, int size) {
        if (!axis.fits(size)) {
            throw new InvalidModelException("the slice of extent " + i + " reaches beyond its " + size);
        }
        return axis;
    }

    /** An index that may count from the end, limited to the extent and the place just behind it. */
    private static int clamp(long index, int size, boolean forward) {
        long fromFirst = index < 0 ? index + size : index;
        int least = forward ? 0 : -1;
        int most = forward ? size : size - 1;
        return (int) Math.max(least, Math.min(most, fromFirst));
    }
}
