package org.tinytune.core.op.mean;

import java.util.ArrayList;
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
import org.tinytune.core.op.ChannelWise;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** {@code MEAN}: averages extents away. Operand: an input of any rank. */
public final class Mean implements ChannelWise<MeanParams> {
    /** The operator. */
    public static final Mean INSTANCE = new Mean();

    private static final TfliteCodec<MeanParams> TFLITE = new OptionsCodec<>(
            40,
            27,
            new OptionsCodec.Versions(1, 2, 3, 3),
            List.of(TfliteCodec.Field.ofByte(0, 0, p -> p.keepDims() ? 1 : 0)),
            (options, inputs) -> decode(options, inputs),
            params -> List.of(new TfliteCodec.Constant(
                    "axes", new int[] {params.axes().size()}, TensorData.of(toArray(params.axes())))),
            1);

    private Mean() {}

    private static MeanParams decode(TfliteCodec.Options options, List<Tensor> inputs) {
        int[] axes = OptionsCodec.int32Constant(inputs, 1, "list of axes");
        int rank = inputs.get(0).shape().rank();
        List<Integer> resolved = new ArrayList<>();
        for (int axis : axes) {
            resolved.add(axis < 0 ? axis + rank : axis);
        }
        return new MeanParams(resolved, options.getFlag(0));
    }

    private static int[] toArray(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public String name() {
        return "MEAN";
    }

    @Override
    public Shape inferShape(MeanParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, 1);
        Shape input = Shapes.require(inputs, 0);
        if (params.axes().isEmpty()) {
            throw new InvalidModelException("no axis to average along");
        }
        for (int axis : params.axes()) {
            if (axis < 0 || axis >= input.rank()) {
                throw new InvalidModelException("there is no axis " + axis + " in " + input);
            }
        }
        List<Integer> dims = new ArrayList<>();
        for (int i = 0; i < input.rank(); i++) {
            if (!params.axes().contains(i)) {
                dims.add(input.dim(i));
            } else if (params.keepDims()) {
                dims.add(1);
            }
        }
        return Shapes.of(toArray(dims));
    }

    @Override
    public QuantSpec quantSpec(MeanParams params) {
        return QuantSpec.ownRange();
    }

    @Override
    public RowWindow rowWindow(MeanParams params, List<Shape> inputs) {
        return RowWindow.all(inputs.get(0).rows());
    }

    @Override
    public InPlace inPlace(MeanParams params) {
        return InPlace.NEVER;
    }

    @Override
    public Int8Kernel<MeanParams> int8() {
        return MeanKernel::prepare;
    }

    @Override
    public Int16Kernel<MeanParams> int16() {
        return MeanKernel::prepare;
    }

    @Override
    public Float32Kernel<MeanParams> float32() {
        return MeanTraining::float32;
    }

    @Override
    public QatKernel<MeanParams> qat() {
        return MeanTraining::qat;
    }

    @Override
    public TfliteCodec<MeanParams> tflite() {
        return TFLITE;
    }

    @Override
    public Cost cost(MeanParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inferShape(params, inputs));
    }

    @Override
    public boolean keepsChannels(MeanParams params, List<Shape> inputs) {
        return !params.axes().contains(inputs.get(0).rank() - 1);
    }
}
