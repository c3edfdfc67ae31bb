package org.tinytune.core.op.leakyrelu;

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
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.RescaleInt16;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.tensor.Shape;

/**
 * {@code LEAKY_RELU}: negative values are scaled down. Operand: an input of any rank.
 *
 * <p>Source: Maas, Hannun, Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models", ICML 2013.
 */
public final class LeakyRelu implements ChannelWise<LeakyReluParams> {
    /** The operator. */
    public static final LeakyRelu INSTANCE = new LeakyRelu();

    private static final TfliteCodec<LeakyReluParams> TFLITE = new OptionsCodec<>(
            98,
            75,
            new OptionsCodec.Versions(1, 1, 2, 2),
            List.of(new TfliteCodec.Field<>(0, TfliteCodec.Kind.FLOAT, 0, LeakyReluParams::alpha)),
            (options, inputs) -> new LeakyReluParams((float) options.get(0)));

    private LeakyRelu() {}

    @Override
    public String name() {
        return "LEAKY_RELU";
    }

    @Override
    public Shape inferShape(LeakyReluParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, 1);
        return Shapes.require(inputs, 0);
    }

    @Override
    public QuantSpec quantSpec(LeakyReluParams params) {
        return QuantSpec.ownRange();
    }

    @Override
    public RowWindow rowWindow(LeakyReluParams params, List<Shape> inputs) {
        return RowWindow.rowByRow(inputs.get(0).rows());
    }

    @Override
    public InPlace inPlace(LeakyReluParams params) {
        return InPlace.over(0);
    }

    @Override
    public Int8Kernel<LeakyReluParams> int8() {
        return LeakyReluInt8::prepare;
    }

    @Override
    public Int16Kernel<LeakyReluParams> int16() {
        return (params, operands) -> RescaleInt16.leaky(operands, params.alpha());
    }

    @Override
    public Float32Kernel<LeakyReluParams> float32() {
        return LeakyReluTraining::float32;
    }

    @Override
    public QatKernel<LeakyReluParams> qat() {
        return LeakyReluTraining::qat;
    }

    @Override
    public TfliteCodec<LeakyReluParams> tflite() {
        return TFLITE;
    }

    @Override
    public Cost cost(LeakyReluParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inputs.get(0));
    }

    @Override
    public boolean keepsChannels(LeakyReluParams params, List<Shape> inputs) {
        return true;
    }
}
