package org.tinytune.core.op.quantize;

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
import org.tinytune.core.op.RescaleInt16;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.tensor.Shape;

/**
 * {@code QUANTIZE} between int8 and int16, or within one of them: the same values with another scale and zero point;
 * nothing in float. Operand: an input of any rank.
 *
 * <p>TFLite's also turns floats into integers, which no graph here does.
 */
public final class Quantize implements ChannelWise<NoParams> {
    /** The operator. */
    public static final Quantize INSTANCE = new Quantize();

    private static final TfliteCodec<NoParams> TFLITE = new OptionsCodec<>(
            114, 0, new OptionsCodec.Versions(1, 1, 2, 2), List.of(), (options, inputs) -> new NoParams());

    private Quantize() {}

    @Override
    public String name() {
        return "QUANTIZE";
    }

    @Override
    public Shape inferShape(NoParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, 1);
        return Shapes.require(inputs, 0);
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
        // Of another width than the input, the output has another number of bytes, and needs memory of its own.
        return InPlace.over(0);
    }

    @Override
    public Int8Kernel<NoParams> int8() {
        return QuantizeInt8::prepare;
    }

    @Override
    public Int16Kernel<NoParams> int16() {
        return (params, operands) -> RescaleInt16.quantize(operands);
    }

    @Override
    public Float32Kernel<NoParams> float32() {
        return QuantizeTraining::float32;
    }

    @Override
    public QatKernel<NoParams> qat() {
        return QuantizeTraining::qat;
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
