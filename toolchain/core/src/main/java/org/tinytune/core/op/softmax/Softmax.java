package org.tinytune.core.op.softmax;

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
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.Probabilities;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;

/** {@code SOFTMAX} over the last extent. Operand: an input of rank 1 or more. */
public final class Softmax implements Probabilities<SoftmaxParams> {
    /** The operator. */
    public static final Softmax INSTANCE = new Softmax();

    /** Probabilities in steps of 1/256, from -128 for 0. */
    public static final Quantization OUTPUT = Quantization.perTensor(1f / 256, -128);

    private static final TfliteCodec<SoftmaxParams> TFLITE = new OptionsCodec<>(
            25,
            9,
            new OptionsCodec.Versions(1, 2, 3, 3),
            List.of(new TfliteCodec.Field<>(0, TfliteCodec.Kind.FLOAT, 0, SoftmaxParams::beta)),
            (options, inputs) -> new SoftmaxParams((float) options.get(0)));

    private Softmax() {}

    @Override
    public String name() {
        return "SOFTMAX";
    }

    @Override
    public boolean areIndependent() {
        return false;
    }

    @Override
    public Shape inferShape(SoftmaxParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, 1);
        Shape input = Shapes.require(inputs, 0);
        if (input.rank() == 0) {
            throw new InvalidModelException("a scalar has no extent to run over");
        }
        return input;
    }

    @Override
    public QuantSpec quantSpec(SoftmaxParams params) {
        return QuantSpec.fixed(OUTPUT);
    }

    @Override
    public RowWindow rowWindow(SoftmaxParams params, List<Shape> inputs) {
        return RowWindow.rowByRow(inputs.get(0).rows());
    }

    @Override
    public InPlace inPlace(SoftmaxParams params) {
        return InPlace.over(0);
    }

    @Override
    public Int8Kernel<SoftmaxParams> int8() {
        return SoftmaxInt8::prepare;
    }

    @Override
    public Int16Kernel<SoftmaxParams> int16() {
        return SoftmaxInt16::prepare;
    }

    @Override
    public Float32Kernel<SoftmaxParams> float32() {
        return SoftmaxFloat32::new;
    }

    @Override
    public QatKernel<SoftmaxParams> qat() {
        return SoftmaxQat::new;
    }

    @Override
    public TfliteCodec<SoftmaxParams> tflite() {
        return TFLITE;
    }

    @Override
    public Cost cost(SoftmaxParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inputs.get(0));
    }
}
