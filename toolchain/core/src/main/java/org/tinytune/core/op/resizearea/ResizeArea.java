package org.tinytune.core.op.resizearea;

import java.util.List;
import org.tinytune.core.dsp.BoxFilter;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int16Kernel;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.BlockWork;
import org.tinytune.core.op.DspBlock;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.tensor.Shape;

/**
 * {@code RESIZE_AREA}: a part of a camera's image, averaged down to the size that a network takes, and grey if it is to
 * be. Operand: an image, int8 {@code [1, H, W, C]}, grey or of red, green and blue, each byte less 128. Output: int8
 * {@code [1, h, w, C]}, or {@code [1, h, w, 1]} if it is grey. Both are quantized alike, whatever the scale is, since a
 * mean is linear.
 */
public final class ResizeArea implements DspBlock<ResizeAreaParams> {
    /** The operator. */
    public static final ResizeArea INSTANCE = new ResizeArea();

    /** Red, green and blue. */
    static final int COLOURS = 3;

    private ResizeArea() {}

    @Override
    public String name() {
        return "RESIZE_AREA";
    }

    @Override
    public Class<ResizeAreaParams> paramsType() {
        return ResizeAreaParams.class;
    }

    @Override
    public Shape inferShape(ResizeAreaParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, 1);
        Shape image = Shapes.require4d(inputs, 0);
        int channels = image.dim(3);
        if (channels != COLOURS && (params.grey() || channels != 1)) {
            throw new InvalidModelException("an image " + image + " has " + channels + " channels, not "
                    + (params.grey() ? "3 to make grey" : "1 or 3"));
        }
        if (params.top() + params.height() > image.dim(1) || params.left() + params.width() > image.dim(2)) {
            throw new InvalidModelException("a part of " + params.height() + " x " + params.width() + " from row "
                    + params.top() + " and column " + params.left() + " on is not within an image " + image);
        }
        return Shapes.of(image.dim(0), params.outputHeight(), params.outputWidth(), params.grey() ? 1 : channels);
    }

    @Override
    public QuantSpec quantSpec(ResizeAreaParams params) {
        return QuantSpec.sameAsInput();
    }

    @Override
    public RowWindow rowWindow(ResizeAreaParams params, List<Shape> inputs) {
        BoxFilter rows = params.rows();
        int extent = rows.span() + rows.parts() - 1;
        return new RowWindow(
                params.top() * rows.parts(), rows.span(), extent, inputs.get(0).rows(), rows.parts());
    }

    @Override
    public InPlace inPlace(ResizeAreaParams params) {
        return InPlace.NEVER;
    }

    @Override
    public Int8Kernel<ResizeAreaParams> int8() {
        return ResizeAreaInt8::prepare;
    }

    @Override
    public Int16Kernel<ResizeAreaParams> int16() {
        return Int16Kernel.none(name());
    }

    @Override
    public TfliteCodec<ResizeAreaParams> tflite() {
        return TfliteCodec.none("TFLite has no integer " + name() + "; its parameters belong into the metadata");
    }

    /** Every pixel of the part is read, multiplied with its weight and added, each byte once. */
    @Override
    public Cost cost(ResizeAreaParams params, List<Shape> inputs) {
        long read = (long) params.height() * params.width() * inputs.get(0).dim(3);
        return new Cost(read, read, inferShape(params, inputs).elements());
    }

    /** A pixel is read for each pixel of the output that has a part of it. */
    @Override
    public BlockWork work(ResizeAreaParams params, List<Shape> inputs) {
        Shape output = inferShape(params, inputs);
        long rows = touched(params.height(), params.outputHeight());
        long columns = touched(params.width(), params.outputWidth());
        return new BlockWork(output.rows(), rows * columns * inputs.get(0).dim(3), output.elements());
    }

    /** How many of so many pixels the parts hold a bit of, those on a border twice. */
    private static long touched(int pixels, int parts) {
        long touched = 0;
        for (int part = 0; part < parts; part++) {
            long end = ((long) (part + 1) * pixels + parts - 1) / parts;
            touched += end - (long) part * pixels / parts;
        }
        return touched;
    }
}
