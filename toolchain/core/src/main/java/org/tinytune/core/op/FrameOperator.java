package org.tinytune.core.op;

import java.util.List;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int16Kernel;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;

/**
 * An operator that makes features of frames of samples, of each channel on its own. Operand: samples, int16 {@code [1,
 * samples, 1, channels]}; output: features, int16 {@code [1, frames, features, channels]}, with a scale that the
 * operator gives. It stands before a network and is trained with nobody: training sees its features.
 *
 * @param <P> the operator's parameters
 */
public abstract class FrameOperator<P extends Record> implements DspBlock<P> {
    private final String name;
    private final Class<P> paramsType;
    private final Quantization features;

    /**
     * Of that name.
     *
     * @param paramsType the class of the parameters
     * @param features how the output is quantized
     */
    protected FrameOperator(String name, Class<P> paramsType, Quantization features) {
        this.name = name;
        this.paramsType = paramsType;
        this.features = features;
    }

    /** How samples are cut into frames. */
    protected abstract Frames frames(P params);

    /** Features of a frame. */
    protected abstract int features(P params);

    /** Multiplications of a frame. */
    protected abstract long macs(P params);

    /** Values of a frame that are made one by one: its features, if a block does not make them of others. */
    protected int values(P params) {
        return features(params);
    }

    /** What computes a frame; may be shared by threads. */
    protected abstract FrameKernel.Frame frame(P params);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Class<P> paramsType() {
        return paramsType;
    }

    /** How the output is quantized, whatever the parameters are. */
    public final Quantization output() {
        return features;
    }

    @Override
    public final Shape inferShape(P params, List<Shape> inputs) {
        Shape samples = frames(params).requireReadings(inputs);
        return Shapes.of(1, frames(params).count(samples.dim(1)), features(params), samples.dim(3));
    }

    @Override
    public final QuantSpec quantSpec(P params) {
        return QuantSpec.fixed(features);
    }

    @Override
    public final RowWindow rowWindow(P params, List<Shape> inputs) {
        return frames(params).window(inputs.get(0).rows());
    }

    @Override
    public final InPlace inPlace(P params) {
        return InPlace.NEVER;
    }

    @Override
    public final Int8Kernel<P> int8() {
        return Int8Kernel.none("samples are int16");
    }

    @Override
    public final Int16Kernel<P> int16() {
        return (params, operands) -> {
            Int16Tensors.activation(operands.input(0));
            Int16Tensors.requireOutput(operands, name, features);
            int channels = operands.input(0).shape().dim(3);
            return new FrameKernel(frames(params), channels, frame(params));
        };
    }

    @Override
    public final TfliteCodec<P> tflite() {
        return TfliteCodec.none("TFLite has no integer " + name + "; its parameters belong into the metadata");
    }

    @Override
    public final Cost cost(P params, List<Shape> inputs) {
        Shape output = inferShape(params, inputs);
        Cost moved = Costs.withoutMacs(inputs, output);
        return new Cost(macs(params) * output.rows() * output.dim(3), moved.bytesRead(), moved.bytesWritten());
    }

    @Override
    public final BlockWork work(P params, List<Shape> inputs) {
        Shape output = inferShape(params, inputs);
        long count = (long) output.rows() * output.dim(3);
        return new BlockWork(count, count * frames(params).length(), count * values(params));
    }
}
