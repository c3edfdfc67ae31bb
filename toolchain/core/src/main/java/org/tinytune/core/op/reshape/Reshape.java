package org.tinytune.core.op.reshape;

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
import org.tinytune.core.op.ElementCopy;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** {@code RESHAPE}: the same elements under another shape. Operand: an input of any rank. */
public final class Reshape implements ChannelWise<ReshapeParams> {
    /** The operator. */
    public static final Reshape INSTANCE = new Reshape();

    private static final int INFERRED = -1;
    /** The field of ReshapeOptions. */
    private static final int NEW_SHAPE = 0;

    private static final TfliteCodec<ReshapeParams> TFLITE = new OptionsCodec<>(
            22,
            17,
            new OptionsCodec.Versions(1, 1, 1),
            List.of(),
            Reshape::decode,
            params -> List.of(new TfliteCodec.Constant(
                    "shape",
                    new int[] {params.shape().rank()},
                    TensorData.of(params.shape().dims()))),
            1);

    private Reshape() {}

    /** Newer files hold the shape as a second operand, older ones among the options. */
    private static ReshapeParams decode(TfliteCodec.Options options, List<Tensor> inputs) {
        int[] dims = inputs.size() > 1
                ? OptionsCodec.int32Constant(inputs, 1, "shape").clone()
                : options.getVector(NEW_SHAPE);
        long known = 1;
        int inferred = INFERRED;
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] != INFERRED) {
                known *= dims[i];
            } else if (inferred == INFERRED) {
                inferred = i;
            }
        }
        if (inferred != INFERRED) {
            int elements = inputs.get(0).shape().elements();
            if (known < 1 || elements % known != 0) {
                throw new InvalidModelException("no extent fits " + elements + " elements in place of the -1");
            }
            dims[inferred] = Math.toIntExact(elements / known);
        }
        return new ReshapeParams(Shapes.of(dims));
    }

    @Override
    public String name() {
        return "RESHAPE";
    }

    @Override
    public Shape inferShape(ReshapeParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, 1);
        Shape input = Shapes.require(inputs, 0);
        if (input.elements() != params.shape().elements()) {
            throw new InvalidModelException("cannot turn " + input + " into " + params.shape());
        }
        return params.shape();
    }

    @Override
    public QuantSpec quantSpec(ReshapeParams params) {
        return QuantSpec.sameAsInput();
    }

    @Override
    public RowWindow rowWindow(ReshapeParams params, List<Shape> inputs) {
        return RowWindow.all(inputs.get(0).rows());
    }

    @Override
    public InPlace inPlace(ReshapeParams params) {
        return InPlace.over(0);
    }

    @Override
    public boolean gradientInPlace() {
        return true;
    }

    @Override
    public Int8Kernel<ReshapeParams> int8() {
        return (params, operands) -> ElementCopy.prepare(operands);
    }

    @Override
    public Int16Kernel<ReshapeParams> int16() {
        return (params, operands) -> ElementCopy.prepare(operands);
    }

    @Override
    public Float32Kernel<ReshapeParams> float32() {
        return ReshapeTraining::float32;
    }

    @Override
    public QatKernel<ReshapeParams> qat() {
        return ReshapeTraining::qat;
    }

    @Override
    public TfliteCodec<ReshapeParams> tflite() {
        return TFLITE;
    }

    @Override
    public Cost cost(ReshapeParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, params.shape());
    }

    @Override
    public boolean keepsChannels(ReshapeParams params, List<Shape> inputs) {
        return true;
    }

    @Override
    public ReshapeParams withOutput(ReshapeParams params, Shape output) {
        return new ReshapeParams(output);
    }
}
