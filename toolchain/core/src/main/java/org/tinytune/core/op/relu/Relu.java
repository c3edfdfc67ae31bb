package org.tinytune.core.op.relu;

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
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Clamp;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.RescaleInt16;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.tensor.Shape;

/** {@code RELU} on its own: negative values become 0. Operand: an input of any rank. */
public final class Relu implements Clamp {
    /** The operator. */
    public static final Relu INSTANCE = new Relu();

    private static final TfliteCodec<NoParams> TFLITE = new OptionsCodec<>(
            19, 0, new OptionsCodec.Versions(1, 2, 3, 3), List.of(), (options, inputs) -> new NoParams());

    private Relu() {}

    @Override
    public String name() {
        return "RELU";
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
        return InPlace.over(0);
    }

    @Override
    public boolean gradientInPlace() {
        return true;
    }

    @Override
    public Int8Kernel<NoParams> int8() {
        return ReluInt8::prepare;
    }

    @Override
    public Int16Kernel<NoParams> int16() {
        return (params, operands) -> RescaleInt16.clamp(operands, Activation.RELU);
    }

    @Override
    public Float32Kernel<NoParams> float32() {
        return ReluFloat32::prepare;
    }

    @Override
    public QatKernel<NoParams> qat() {
        return ReluQat::prepare;
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
    public Activation activation() {
        return Activation.RELU;
    }
}
