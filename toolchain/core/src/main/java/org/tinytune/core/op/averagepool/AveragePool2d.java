package org.tinytune.core.op.averagepool;

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
import org.tinytune.core.op.ChannelWise;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.Fusing;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.tensor.Shape;

/**
 * {@code AVERAGE_POOL_2D}: the mean of a window, of its elements inside the image only, channel by channel. Operand:
 * input {@code [N, H, W, C]}.
 */
public final class AveragePool2d implements Fusing<Pool2dParams>, ChannelWise<Pool2dParams> {
    /** The operator. */
    public static final AveragePool2d INSTANCE = new AveragePool2d();

    private static final TfliteCodec<Pool2dParams> TFLITE = Pool2dParams.codec(1);

    private AveragePool2d() {}

    @Override
    public String name() {
        return "AVERAGE_POOL_2D";
    }

    @Override
    public Shape inferShape(Pool2dParams params, List<Shape> inputs) {
        return params.inferShape(inputs);
    }

    @Override
    public QuantSpec quantSpec(Pool2dParams params) {
        return QuantSpec.sameAsInput();
    }

    @Override
    public RowWindow rowWindow(Pool2dParams params, List<Shape> inputs) {
        return params.rows(inputs.get(0)).rowWindow();
    }

    @Override
    public InPlace inPlace(Pool2dParams params) {
        return InPlace.NEVER;
    }

    @Override
    public Int8Kernel<Pool2dParams> int8() {
        return AveragePool2dKernel::prepare;
    }

    @Override
    public Int16Kernel<Pool2dParams> int16() {
        return AveragePool2dKernel::prepare;
    }

    @Override
    public Float32Kernel<Pool2dParams> float32() {
        return AveragePool2dTraining::float32;
    }

    @Override
    public QatKernel<Pool2dParams> qat() {
        return AveragePool2dTraining::qat;
    }

    @Override
    public TfliteCodec<Pool2dParams> tflite() {
        return TFLITE;
    }

    @Override
    public Cost cost(Pool2dParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inferShape(params, inputs));
    }

    @Override
    public Activation activation(Pool2dParams params) {
        return params.activation();
    }

    @Override
    public Pool2dParams withActivation(Pool2dParams params, Activation activation) {
        return params.withActivation(activation);
    }

    @Override
    public boolean keepsChannels(Pool2dParams params, List<Shape> inputs) {
        return true;
    }
}
