package org.tinytune.core.op.tanh;

import java.util.List;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.Float32Kernel;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int16Kernel;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.QatKernel;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.ChannelWise;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.op.SigmoidInt16;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;

/** {@code TANH}: the hyperbolic tangent. Operand: an input of any rank. */
public final class Tanh implements ChannelWise<NoParams> {
    /** The operator. */
    public static final Tanh INSTANCE = new Tanh();

    /** Values in steps of 1/128. */
    public static final Quantization OUTPUT = Quantization.perTensor(1f / 128, 0);

    private static final TfliteCodec<NoParams> TFLITE = new OptionsCodec<>(
            28, 0, new OptionsCodec.Versions(1, 2, 3, 3), List.of(), (options, inputs) -> new NoParams());

    private Tanh() {}

    @Override
    public String name() {
        return "TANH";
    }

    @Override
    public Shape inferShape(NoParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, 1);
        return Shapes.require(inputs, 0);
    }

    @Override
    public QuantSpec quantSpec(NoParams params) {
        return QuantSpec.fixed(OUTPUT);
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
        return TanhInt8::prepare;
    }

    @Override
    public Int16Kernel<NoParams> int16() {
        return (params, operands) -> SigmoidInt16.tanh(operands);
    }

    @Override
    public Float32Kernel<NoParams> float32() {
        return TanhTraining::float32;
    }

    @Override
    public QatKernel<NoParams> qat() {
        return TanhTraining::qat;
    }

    @Override
    public TfliteCodec<NoParams> tflite() {
        return TFLITE;
    }

    @Override
    public Cost cost(NoParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inputs.get(0));
    }

    @Override
    public boolean keepsChannels(NoParams params, List<Shape> inputs) {
        return true;
    }
}
