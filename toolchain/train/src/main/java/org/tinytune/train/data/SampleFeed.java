package org.tinytune.train.data;

import java.util.Arrays;
import java.util.Optional;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.data.Samples;
import org.tinytune.data.VariedSamples;
import org.tinytune.data.augmentation.Augmentation;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.ShardTask;
import org.tinytune.train.task.Task;

/**
 * Fills the input of a network with samples: reads the raw values, changes them at random if it is told to, encodes
 * them, and quantizes them where the network takes integers. A sample of several steps fills as many entries.
 */
public final class SampleFeed implements ShardTask {
    private final Samples samples;
    private final FloatSpan input;
    private final Quantization quantization;
    private final float[] mean;
    private final float[] deviation;
    private final int elements;
    private final float[][] raw;
    private final int maxSamples;
    private float[] encoded = new float[0];
    private final int steps;
    private int[] order = new int[0];
    private int first;
    private Augmentation augmentation = Augmentation.NONE;
    private Optional<VariedSamples> varied = Optional.empty();
    private long seed;
    private int epoch;
    private float share = 1;
    private int batch;

    /**
     * @param samples to read
     * @param network to fill, with one input
     * @throws InvalidModelException if a sample does not fit the network's input
     */
    public SampleFeed(Samples samples, Network network) {
        Graph graph = network.graph();
        Tensor tensor = graph.input();
        this.samples = samples;
        this.elements = samples.shape().elements();
        if (graph.inputs().size() != 1 || network.steps() * tensor.shape().elements() != elements) {
            throw new InvalidModelException("samples of " + samples.shape() + " do not fit the model's input '"
                    + tensor.name() + "' of " + tensor.shape());
        }
        this.input = network.values(graph.inputs().get(0));
        this.quantization = tensor.type() == ElementType.INT8 ? tensor.quantization() : Quantization.NONE;
        InputEncoding encoding = graph.metadata().encoding();
        int channels =
                network.steps() == 1 ? samples.shape().dim(-1) : tensor.shape().dim(-1);
        this.mean = new float[channels];
        this.deviation = new float[channels];
        for (int c = 0; c < channels; c++) {
            int i = encoding.mean().size() == 1 ? 0 : c;
            mean[c] = encoding.mean().get(i);
            deviation[c] = encoding.deviation().get(i);
        }
        this.raw = new float[network.shards()][elements];
        this.maxSamples = network.maxSamples();
        this.steps = network.steps();
    }

    /**
     * How many steps of a graph a sample is: 1, unless the graph has states and the sample several inputs, one behind
     * the other.
     */
    public static int steps(Samples samples, Graph graph) {
        int input = graph.input().shape().elements();
        int sample = samples.shape().elements();
        return graph.hasState() && sample % input == 0 ? sample / input : 1;
    }

    /** The samples that it reads. */
    public Samples samples() {
        return samples;
    }

    /** The next batch: the samples {@code order[first]}, {@code order[first + 1]} and so on, as they are. */
    public void select(int[] indices, int begin) {
        order = indices;
        first = begin;
        augmentation = Augmentation.NONE;
        varied = Optional.empty();
        share = 1;
    }

    /** The next batch, changed at random: the same sample of the same epoch always in the same way. */
    public void select(int[] indices, int begin, Augmentation change, long streamSeed, int streamEpoch) {
        order = indices;
        first = begin;
        augmentation = change;
        varied = samples instanceof VariedSamples v ? Optional.of(v) : Optional.empty();
        seed = streamSeed;
        epoch = streamEpoch;
        share = 1;
    }

    /**
     * Mixes every sample of the batch that was selected with the one behind it, and the last with the first. Batches
     * are in random order, so these are random pairs.
     *
     * @param shareOfSample in [0, 1]; the partner has the rest
     * @param samplesOfBatch how many there are
     * @see Mixup
     */
    public void mix(double shareOfSample, int samplesOfBatch) {
        share = (float) shareOfSample;
        batch = samplesOfBatch;
    }

    /** From now on, keeps the real inputs of a batch as they are before they are quantized or overwritten. */
    public void keepEncoded() {
        encoded = new float[maxSamples * elements];
    }

    /**
     * What the outputs should be for the sample at a position of the batch, or what mixing makes of it.
     *
     * @param scratch as long as {@code into}
     */
    public void readTarget(int position, Task task, float[] into, float[] scratch) {
        task.target(samples, sample(position), encoded, position * elements, into);
        // What is to be reconstructed has been mixed already.
        if (share < 1 && !task.isReconstruction()) {
            task.target(samples, sample(partner(position)), encoded, position * elements, scratch);
            for (int i = 0; i < into.length; i++) {
                into[i] = share * into[i] + (1 - share) * scratch[i];
            }
        }
    }

    private int partner(int position) {
        return position + 1 < batch ? position + 1 : 0;
    }

    /** The sample at a position of the batch. */
    public int sample(int position) {
        return order[first + position];
    }

    @Override
    public void run(Shard shard) {
        float[] buffer = raw[shard.index()];
        for (int n = shard.begin() / steps; n < shard.end() / steps; n++) {
            int at = input.offset() + n * elements;
            read(sample(n), buffer);
            System.arraycopy(buffer, 0, input.array(), at, elements);
            if (share < 1) {
                read(sample(partner(n)), buffer);
                mix(buffer, at);
            }
            if (encoded.length > 0) {
                System.arraycopy(input.array(), at, encoded, n * elements, elements);
            }
            if (quantization.isPresent()) {
                quantize(input.array(), at);
            }
        }
    }

    /** A sample as a network takes real values. */
    private void read(int sample, float[] buffer) {
        if (varied.isPresent()) {
            varied.get().readVaried(sample, epoch, buffer);
        } else {
            samples.read(sample, buffer, 0);
        }
        if (augmentation != Augmentation.NONE) {
            augmentation.apply(buffer, samples.shape(), Augmentation.stream(seed, epoch, samples.index(sample)));
        }
        encode(buffer);
    }

    /**
     * A sample as it is, as a network takes real values.
     *
     * @param sample its index
     * @param into receives all of its elements
     */
    public void readEncoded(int sample, float[] into) {
        samples.read(sample, into, 0);
        encode(into);
    }

    /** As {@link InputEncoding#encode}. */
    private void encode(float[] values) {
        int channels = mean.length;
        if (channels == 1) {
            float m = mean[0];
            float d = deviation[0];
            for (int i = 0; i < elements; i++) {
                values[i] = (values[i] - m) / d;
            }
        } else {
            for (int i = 0; i < elements; i++) {
                values[i] = (values[i] - mean[i % channels]) / deviation[i % channels];
            }
        }
    }

    private void mix(float[] partner, int at) {
        float[] to = input.array();
        float rest = 1 - share;
        for (int i = 0; i < elements; i++) {
            to[at + i] = share * to[at + i] + rest * partner[i];
        }
    }

    /** As {@link Quantization#quantizeInt8}: a cast cuts towards zero, so half a step away from zero rounds. */
    private void quantize(float[] values, int at) {
        double scale = quantization.scale();
        int zeroPoint = quantization.zeroPoint();
        for (int i = at; i < at + elements; i++) {
            double q = values[i] / scale;
            long rounded = (long) (q < 0 ? q - 0.5 : q + 0.5) + zeroPoint;
            values[i] = Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, rounded));
        }
    }

    /** All samples, in their order. */
    public static int[] inOrder(Samples samples) {
        int[] indices = new int[samples.size()];
        Arrays.setAll(indices, i -> i);
        return indices;
    }
}
