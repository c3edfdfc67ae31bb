package org.tinytune.core.op.pad;

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

/** {@code PAD}: surrounds a tensor with zeros. Operand: an input of any rank. */
public final class Pad implements ChannelWise<PadParams> {
    /** The operator. */
    public static final Pad INSTANCE = new Pad();

    /** Of TFLite, from which on a tensor may have more than four extents. */
    private static final int MANY_EXTENTS = 4;

    private static final TfliteCodec<PadParams> TFLITE = new OptionsCodec<PadParams>(
                    34,
                    22,
                    new OptionsCodec.Versions(1, 2, 3, 4),
                    List.of(),
                    (options, inputs) -> decode(inputs),
                    params -> List.of(new TfliteCodec.Constant(
                            "paddings", new int[] {params.before().size(), 2}, TensorData.of(interleaved(params)))),
                    1)
            .needing((params, operands) -> params.before().size() > 4 ? MANY_EXTENTS : 1);

    private Pad() {}

    private static PadParams decode(List<Tensor> inputs) {
        int[] paddings = OptionsCodec.int32Constant(inputs, 1, "list of paddings");
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        for (int i = 0; i + 1 < paddings.length; i += 2) {
            before.add(paddings[i]);
            after.add(paddings[i + 1]);
        }
        return new PadParams(before, after);
    }

    private static int[] interleaved(PadParams params) {
        int[] paddings = new int[2 * params.before().size()];
        for (int i = 0; i < params.before().size(); i++) {
            paddings[2 * i] = params.before().get(i);
            paddings[2 * i + 1] = params.after().get(i);
        }
        return paddings;
    }

    @Override
    public String name() {
        return "PAD";
    }

    @Override
    public Shape inferShape(PadParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, 1);
        Shape input = Shapes.require(inputs, 0);
        if (params.before().size() != input.rank() || params.after().size() != input.rank()) {
            throw new InvalidModelException(
                    "paddings are given for " + params.before().size() + " extents of " + input);
        }
        int[] dims = input.dims();
        for (int i = 0; i < dims.length; i++) {
            int before = params.before().get(i);
            int after = params.after().get(i);
            if (before < 0 || after < 0) {
                throw new InvalidModelException(
                        "padding " + before + ", " + after + " of extent " + i + " is negative");
            }
            dims[i] = (int) Math.min(Integer.MAX_VALUE, (long) before + dims[i] + after);
        }
        return Shapes.of(dims);
    }

    @Override
    public QuantSpec quantSpec(PadParams params) {
        return QuantSpec.sameAsInput();
    }

    @Override
    public RowWindow rowWindow(PadParams params, List<Shape> inputs) {
        Shape input = inputs.get(0);
        int above = input.rank() == 4 ? params.before().get(1) : 0;
        return new RowWindow(-above, 1, 1, input.rows());
    }

    @Override
    public InPlace inPlace(PadParams params) {
        return InPlace.NEVER;
    }

    @Override
    public Int8Kernel<PadParams> int8() {
        return PadKernel::prepare;
    }

    @Override
    public Int16Kernel<PadParams> int16() {
        return PadKernel::prepare;
    }

    @Override
    public Float32Kernel<PadParams> float32() {
        return PadTraining::float32;
    }

    @Override
    public QatKernel<PadParams> qat() {
        return PadTraining::qat;
    }

    @Override
    public TfliteCodec<PadParams> tflite() {
        return TFLITE;
    }

    @Override
    public Cost cost(PadParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inferShape(params, inputs));
    }

    @Override
    public boolean keepsChannels(PadParams params, List<Shape> inputs) {
        int last = inputs.get(0).rank() - 1;
        return params.before().get(last) == 0 && params.after().get(last) == 0;
    }
}
