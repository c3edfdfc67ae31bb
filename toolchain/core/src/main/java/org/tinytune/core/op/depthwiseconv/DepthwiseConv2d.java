package org.tinytune.core.op.depthwiseconv;

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
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.ChannelWise;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.Fusing;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.op.SlidingWindow;
import org.tinytune.core.tensor.Shape;

/**
 * {@code DEPTHWISE_CONV_2D}: every output channel sees one input channel of a window. Operands: input {@code [N, H, W,
 * C_IN]}, weights {@code [1, KH, KW, C_IN·M]}, and optionally bias {@code [C_IN·M]}.
 */
public final class DepthwiseConv2d implements Fusing<DepthwiseConv2dParams>, ChannelWise<DepthwiseConv2dParams> {
    /** The operator. */
    public static final DepthwiseConv2d INSTANCE = new DepthwiseConv2d();

    private static final int CHANNEL_AXIS = 3;

    /** Of TFLite, from which on windows may be dilated. */
    private static final int DILATED = 2;

    private static final TfliteCodec<DepthwiseConv2dParams> TFLITE = new OptionsCodec<DepthwiseConv2dParams>(
                    4,
                    2,
                    new OptionsCodec.Versions(1, 3, 5, 6),
                    List.of(
                            TfliteCodec.Field.ofByte(0, 0, p -> p.padding().code()),
                            TfliteCodec.Field.ofInt(1, 0, DepthwiseConv2dParams::strideWidth),
                            TfliteCodec.Field.ofInt(2, 0, DepthwiseConv2dParams::strideHeight),
                            TfliteCodec.Field.ofInt(3, 0, DepthwiseConv2dParams::depthMultiplier),
                            TfliteCodec.Field.ofByte(4, 0, p -> p.activation().code()),
                            TfliteCodec.Field.ofInt(5, 1, DepthwiseConv2dParams::dilationWidth),
                            TfliteCodec.Field.ofInt(6, 1, DepthwiseConv2dParams::dilationHeight)),
                    (options, inputs) -> new DepthwiseConv2dParams(
                            options.getInt(2),
                            options.getInt(1),
                            options.getInt(6),
                            options.getInt(5),
                            options.getInt(3),
                            Padding.ofCode(options.getInt(0)),
                            Activation.ofCode(options.getInt(4))))
            .needing((p, operands) -> p.dilationHeight() == 1 && p.dilationWidth() == 1 ? 1 : DILATED);

    private DepthwiseConv2d() {}

    @Override
    public String name() {
        return "DEPTHWISE_CONV_2D";
    }

    @Override
    public Shape inferShape(DepthwiseConv2dParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 2, 3);
        Shape input = Shapes.require4d(inputs, 0);
        Shape weights = Shapes.require4d(inputs, 1);
        int channels = weights.dim(3);
        if (weights.dim(0) != 1 || (long) input.dim(3) * params.depthMultiplier() != channels) {
            throw new InvalidModelException("weights " + weights + " do not fit " + input.dim(3)
                    + " input channels with depth multiplier " + params.depthMultiplier());
        }
        Shapes.requireBias(inputs, channels);
        return Shapes.of(
                input.dim(0),
                rows(params, inputs).output(),
                columns(params, inputs).output(),
                channels);
    }

    /** The window along the rows of the input. */
    public static SlidingWindow rows(DepthwiseConv2dParams p, List<Shape> inputs) {
        return SlidingWindow.of(
                p.padding(), inputs.get(0).dim(1), inputs.get(1).dim(1), p.strideHeight(), p.dilationHeight());
    }

    /** The window along the columns of the input. */
    public static SlidingWindow columns(DepthwiseConv2dParams p, List<Shape> inputs) {
        return SlidingWindow.of(
                p.padding(), inputs.get(0).dim(2), inputs.get(1).dim(2), p.strideWidth(), p.dilationWidth());
    }

    @Override
    public QuantSpec quantSpec(DepthwiseConv2dParams params) {
        return QuantSpec.weighted(CHANNEL_AXIS);
    }

    @Override
    public RowWindow rowWindow(DepthwiseConv2dParams params, List<Shape> inputs) {
        return rows(params, inputs).rowWindow();
    }

    @Override
    public InPlace inPlace(DepthwiseConv2dParams params) {
        return InPlace.NEVER;
    }

    @Override
    public Int8Kernel<DepthwiseConv2dParams> int8() {
        return DepthwiseConv2dInt8::prepare;
    }

    @Override
    public Int16Kernel<DepthwiseConv2dParams> int16() {
        return DepthwiseConv2dInt16::prepare;
    }

    @Override
    public Float32Kernel<DepthwiseConv2dParams> float32() {
        return DepthwiseConv2dFloat32::new;
    }

    @Override
    public QatKernel<DepthwiseConv2dParams> qat() {
        return DepthwiseConv2dQat::new;
    }

    @Override
    public TfliteCodec<DepthwiseConv2dParams> tflite() {
        return TFLITE;
    }

    @Override
    public Cost cost(DepthwiseConv2dParams params, List<Shape> inputs) {
        Shape weights = inputs.get(1);
        return Costs.weighted(inputs, inferShape(params, inputs), (long) weights.dim(1) * weights.dim(2));
    }

    @Override
    public Activation activation(DepthwiseConv2dParams params) {
        return params.activation();
    }

    @Override
    public DepthwiseConv2dParams withActivation(DepthwiseConv2dParams params, Activation activation) {
        return params.withActivation(activation);
    }

    @Override
    public boolean keepsChannels(DepthwiseConv2dParams params, List<Shape> inputs) {
        return params.depthMultiplier() == 1;
    }
}
