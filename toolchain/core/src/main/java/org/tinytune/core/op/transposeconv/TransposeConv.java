package org.tinytune.core.op.transposeconv;

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
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.Fusing;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.op.SlidingWindow;
import org.tinytune.core.tensor.Shape;

/**
 * {@code TRANSPOSE_CONV}: a convolution backwards, from its output to its input; every input pixel paints a window of
 * the output, and strides make an image larger. Operands: input {@code [N, H, W, C_IN]}, weights {@code [C_OUT, KH, KW,
 * C_IN]}, and optionally bias {@code [C_OUT]}.
 */
public final class TransposeConv implements Fusing<TransposeConvParams> {
    /** The operator. */
    public static final TransposeConv INSTANCE = new TransposeConv();

    private static final int CHANNEL_AXIS = 0;

    private static final TfliteCodec<TransposeConvParams> TFLITE = new TransposeConvCodec();

    private TransposeConv() {}

    @Override
    public String name() {
        return "TRANSPOSE_CONV";
    }

    @Override
    public Shape inferShape(TransposeConvParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 2, 3);
        Shape input = Shapes.require4d(inputs, 0);
        Shape weights = Shapes.require4d(inputs, 1);
        if (weights.dim(3) != input.dim(3)) {
            throw new InvalidModelException(
                    "weights " + weights + " do not fit the " + input.dim(3) + " input channels");
        }
        Shapes.requireBias(inputs, weights.dim(0));
        Shape output = Shapes.of(input.dim(0), params.outputHeight(), params.outputWidth(), weights.dim(0));
        requireFit(rows(params, inputs), input.dim(1), "rows");
        requireFit(columns(params, inputs), input.dim(2), "columns");
        return output;
    }

    private static void requireFit(SlidingWindow window, int input, String what) {
        if (window.output() != input) {
            throw new InvalidModelException("a convolution of " + window.input() + " output " + what + " has "
                    + window.output() + " of them, not the input's " + input);
        }
    }

    /** The window along the rows of the <em>output</em>, of the convolution that this is the transpose of. */
    public static SlidingWindow rows(TransposeConvParams p, List<Shape> inputs) {
        return SlidingWindow.of(p.padding(), p.outputHeight(), inputs.get(1).dim(1), p.strideHeight(), 1);
    }

    /** The window along the columns of the output. */
    public static SlidingWindow columns(TransposeConvParams p, List<Shape> inputs) {
        return SlidingWindow.of(p.padding(), p.outputWidth(), inputs.get(1).dim(2), p.strideWidth(), 1);
    }

    @Override
    public QuantSpec quantSpec(TransposeConvParams params) {
        return QuantSpec.weighted(CHANNEL_AXIS);
    }

    @Override
    public RowWindow rowWindow(TransposeConvParams params, List<Shape> inputs) {
        return rows(params, inputs).transposedRowWindow();
    }

    @Override
    public InPlace inPlace(TransposeConvParams params) {
        return InPlace.NEVER;
    }

    @Override
    public Int8Kernel<TransposeConvParams> int8() {
        return TransposeConvInt8::prepare;
    }

    @Override
    public Int16Kernel<TransposeConvParams> int16() {
        return TransposeConvInt16::prepare;
    }

    @Override
    public Float32Kernel<TransposeConvParams> float32() {
        return TransposeConvFloat32::new;
    }

    @Override
    public QatKernel<TransposeConvParams> qat() {
        return TransposeConvQat::new;
    }

    @Override
    public TfliteCodec<TransposeConvParams> tflite() {
        return TFLITE;
    }

    /** Every input pixel meets every weight, those that are cut off at the border included. */
    @Override
    public Cost cost(TransposeConvParams params, List<Shape> inputs) {
        Cost read = Costs.weighted(inputs, inferShape(params, inputs), 0);
        Shape input = inputs.get(0);
        long macs = (long) inputs.get(1).elements() * input.dim(1) * input.dim(2);
        return new Cost(macs, read.bytesRead(), read.bytesWritten());
    }

    @Override
    public Activation activation(TransposeConvParams params) {
        return params.activation();
    }

    @Override
    public TransposeConvParams withActivation(TransposeConvParams params, Activation activation) {
        return params.withActivation(activation);
    }
}
