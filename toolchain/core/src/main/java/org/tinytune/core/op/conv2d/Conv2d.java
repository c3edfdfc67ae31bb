package org.tinytune.core.op.conv2d;

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
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.BiasType;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.Fusing;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.op.SlidingWindow;
import org.tinytune.core.tensor.Shape;

/**
 * {@code CONV_2D}: every output channel sees all input channels of a window. Operands: input {@code [N, H, W, C_IN]},
 * weights {@code [C_OUT, KH, KW, C_IN]}, and optionally bias {@code [C_OUT]}.
 */
public final class Conv2d implements Fusing<Conv2dParams> {
    /** The operator. */
    public static final Conv2d INSTANCE = new Conv2d();

    private static final int CHANNEL_AXIS = 0;

    private static final int BIAS_TYPE = 6;

    /** Of TFLite, from which on there is that option. */
    private static final int WITH_BIAS_TYPE = 8;

    private static final TfliteCodec<Conv2dParams> TFLITE = new OptionsCodec<Conv2dParams>(
                    3,
                    1,
                    new OptionsCodec.Versions(1, 3, 4, 8),
                    List.of(
                            TfliteCodec.Field.ofByte(0, 0, p -> p.padding().code()),
                            TfliteCodec.Field.ofInt(1, 0, Conv2dParams::strideWidth),
                            TfliteCodec.Field.ofInt(2, 0, Conv2dParams::strideHeight),
                            TfliteCodec.Field.ofByte(3, 0, p -> p.activation().code()),
                            TfliteCodec.Field.ofInt(4, 1, Conv2dParams::dilationWidth),
                            TfliteCodec.Field.ofInt(5, 1, Conv2dParams::dilationHeight),
                            BiasType.field(BIAS_TYPE)),
                    Conv2d::decode)
            .needing((params, operands) -> BiasType.version(operands, WITH_BIAS_TYPE));

    private Conv2d() {}

    private static Conv2dParams decode(TfliteCodec.Options options, List<Tensor> inputs) {
        BiasType.check(options, BIAS_TYPE, inputs, 2);
        return new Conv2dParams(
                options.getInt(2),
                options.getInt(1),
                options.getInt(5),
                options.getInt(4),
                Padding.ofCode(options.getInt(0)),
                Activation.ofCode(options.getInt(3)));
    }

    @Override
    public String name() {
        return "CONV_2D";
    }

    @Override
    public Shape inferShape(Conv2dParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 2, 3);
        Shape input = Shapes.require4d(inputs, 0);
        Shape weights = Shapes.require4d(inputs, 1);
        if (weights.dim(3) != input.dim(3)) {
            throw new InvalidModelException("weights " + weights + " do not fit the " + input.dim(3)
                    + " input channels (grouped convolution is not supported)");
        }
        Shapes.requireBias(inputs, weights.dim(0));
        return Shapes.of(
                input.dim(0),
                rows(params, inputs).output(),
                columns(params, inputs).output(),
                weights.dim(0));
    }

    /** The window along the rows of the input. */
    public static SlidingWindow rows(Conv2dParams p, List<Shape> inputs) {
        return SlidingWindow.of(
                p.padding(), inputs.get(0).dim(1), inputs.get(1).dim(1), p.strideHeight(), p.dilationHeight());
    }

    /** The window along the columns of the input. */
    public static SlidingWindow columns(Conv2dParams p, List<Shape> inputs) {
        return SlidingWindow.of(
                p.padding(), inputs.get(0).dim(2), inputs.get(1).dim(2), p.strideWidth(), p.dilationWidth());
    }

    @Override
    public QuantSpec quantSpec(Conv2dParams params) {
        return QuantSpec.weighted(CHANNEL_AXIS);
    }

    @Override
    public RowWindow rowWindow(Conv2dParams params, List<Shape> inputs) {
        return rows(params, inputs).rowWindow();
    }

    @Override
    public InPlace inPlace(Conv2dParams params) {
        return InPlace.NEVER;
    }

    @Override
    public Int8Kernel<Conv2dParams> int8() {
        return Conv2dInt8::prepare;
    }

    @Override
    public Int16Kernel<Conv2dParams> int16() {
        return Conv2dInt16::prepare;
    }

    @Override
    public Float32Kernel<Conv2dParams> float32() {
        return Conv2dFloat32::prepare;
    }

    @Override
    public QatKernel<Conv2dParams> qat() {
        return Conv2dQat::prepare;
    }

    @Override
    public TfliteCodec<Conv2dParams> tflite() {
        return TFLITE;
    }

    @Override
    public Cost cost(Conv2dParams params, List<Shape> inputs) {
        Shape weights = inputs.get(1);
        return Costs.weighted(inputs, inferShape(params, inputs), weights.elements() / weights.dim(0));
    }

    @Override
    public Activation activation(Conv2dParams params) {
        return params.activation();
    }

    @Override
    public Conv2dParams withActivation(Conv2dParams params, Activation activation) {
        return params.withActivation(activation);
    }
}
