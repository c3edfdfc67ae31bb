package org.tinytune.cli.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.SignalFacts;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.tensor.Elements;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Samples;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.ValueRange;

/** Turns raw values into the bytes of a model's input tensor, as {@code model.h} does on the board. */
public final class SampleEncoder {
    private static final int IMAGE_RANK = 4;

    /** What a rate may be off: a clock's error, not another rate. */
    private static final double RATE_TOLERANCE = 0.01;

    private final Tensor input;
    private final InputEncoding encoding;
    private final Shape sampleShape;
    private final boolean steps;
    private final boolean takesCounts;
    private final Optional<Double> rateHz;

    private SampleEncoder(Graph graph) {
        input = graph.input();
        encoding = graph.metadata().encoding();
        steps = graph.hasState();
        sampleShape = sampleShape(graph);
        takesCounts = FrontEnd.of(graph).isPresent();
        rateHz = SignalFacts.of(graph.metadata()).rateHz();
    }

    private static Shape sampleShape(Graph graph) {
        Shape input = graph.input().shape();
        int steps = graph.hasState() ? graph.metadata().steps() : 1;
        if (input.rank() == IMAGE_RANK) {
            return Shape.of(steps * input.dim(1), input.dim(2), input.dim(3));
        }
        return steps > 1 ? Shape.of(steps, 1, input.elements()) : Shape.of(input.elements());
    }

    /**
     * The encoder of a model.
     *
     * @param graph with one input, int8 or int16
     * @throws InvalidModelException if it has several inputs
     */
    public static SampleEncoder of(Graph graph) {
        if (graph.inputs().size() != 1) {
            throw new InvalidModelException("the model has " + graph.inputs().size() + " inputs, a sample is only one");
        }
        return new SampleEncoder(graph);
    }

    /**
     * The shape of a sample: {@code [H, W, C]} or {@code [N]}; of T steps {@code [T · H, W, C]} or {@code [T, 1, N]}.
     */
    public Shape sampleShape() {
        return sampleShape;
    }

    /**
     * The raw values that the model has been trained on.
     *
     * @throws InvalidModelException if its metadata states no range
     */
    public ValueRange rawRange() {
        if (!(encoding.rawMin() <= encoding.rawMax())) {
            throw new InvalidModelException("the model's metadata says that raw values range from " + encoding.rawMin()
                    + " to " + encoding.rawMax());
        }
        return new ValueRange(encoding.rawMin(), encoding.rawMax());
    }

    /**
     * The input tensor of a sample; of one of several steps, their input tensors one behind the other.
     *
     * @param raw values in the order of {@link #sampleShape}
     */
    public byte[] encode(float[] raw) {
        int channels = input.shape().rank() == 0 ? 1 : input.shape().dim(-1);
        Elements elements = Elements.of(input.type());
        byte[] bytes = new byte[raw.length * elements.bytes()];
        for (int i = 0; i < raw.length; i++) {
            int q = input.quantization().quantize(encoding.encode(raw[i], i % channels), elements);
            elements.set(bytes, 0, i, q);
        }
        return bytes;
    }

    /**
     * The real input of a sample, not quantized.
     *
     * @param raw values in the order of {@link #sampleShape}
     */
    public float[] real(float[] raw) {
        int channels = input.shape().rank() == 0 ? 1 : input.shape().dim(-1);
        float[] real = new float[raw.length];
        for (int i = 0; i < raw.length; i++) {
            real[i] = encoding.encode(raw[i], i % channels);
        }
        return real;
    }

    /** The input tensor of sample {@code i}. */
    public byte[] encode(Samples samples, int i) {
        float[] raw = new float[samples.shape().elements()];
        samples.read(i, raw, 0);
        float counts = samples.signal().map(this::countsOf).orElse(1f);
        for (int v = 0; v < raw.length && counts != 1; v++) {
            raw[v] *= counts;
        }
        return encode(raw);
    }

    /** Counts of the model in a count of recordings, which may have been read with another scale. */
    private float countsOf(SignalFormat signal) {
        return takesCounts ? (float) signal.scale() / input.quantization().scale() : 1;
    }

    /** The input tensors of all samples, in order. */
    public List<byte[]> encode(Samples samples) {
        return IntStream.range(0, samples.size())
                .mapToObj(i -> encode(samples, i))
                .toList();
    }

    /**
     * Checks that a data set has samples of the model's shape, and of its rate if both tell one. An image and its
     * values in one row are the same; a model with states takes any number of steps.
     *
     * @param name of the data set, for the message
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if not
     */
    public void requireShape(String name, Samples samples) {
        samples.signal().ifPresent(signal -> requireRate(name, signal.rateHz()));
        Shape shape = samples.shape();
        boolean flat = shape.rank() == 1 || sampleShape.rank() == 1;
        if (steps && shape.elements() % input.shape().elements() == 0) {
            return;
        }
        if (!shape.equals(sampleShape) && !(flat && shape.elements() == sampleShape.elements())) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    name + ": samples are " + shape + ", the model takes " + sampleShape
                            + " (give the data that the model was made for)");
        }
    }

    private void requireRate(String name, double rate) {
        if (rateHz.isPresent() && Math.abs(rate / rateHz.get() - 1) > RATE_TOLERANCE) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    name + ": recordings are at " + rate + " Hz, the model takes " + rateHz.get() + " Hz (give --rate "
                            + rateHz.get() + ")");
        }
    }
}
