package org.tinytune.train;

import java.util.Arrays;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Samples;
import org.tinytune.data.augmentation.Augmentation;
import org.tinytune.train.quantize.RealRange;

/**
 * Writes samples into a network's input: encoded as the model's metadata says, and as whole numbers where the input is
 * int8. Raw values are read once and kept.
 */
final class SampleFeed {
    private final Samples samples;
    private final float[] encoded;
    private final int elements;
    private final Augmentation augmentation;
    private final long seed;
    private final Shape shape;

    /**
     * @param samples what is fed
     * @param encoding from raw to real values
     * @param augmentation of real values; {@link Augmentation#NONE} to feed samples as they are
     * @param seed of the augmentation
     */
    SampleFeed(Samples samples, InputEncoding encoding, Augmentation augmentation, long seed) {
        this.samples = samples;
        this.shape = samples.shape();
        this.elements = shape.elements();
        this.augmentation = augmentation;
        this.seed = seed;
        this.encoded = new float[Math.multiplyExact(samples.size(), elements)];
        int channels = shape.dim(-1);
        for (int i = 0; i < samples.size(); i++) {
            samples.read(i, encoded, i * elements);
        }
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = encoding.encode(encoded[i], i % channels);
        }
    }

    /** The samples as they are. */
    static SampleFeed plain(Samples samples, InputEncoding encoding) {
        return new SampleFeed(samples, encoding, Augmentation.NONE, 0);
    }

    /** How many samples there are. */
    int size() {
        return samples.size();
    }

    /** The class of a sample. */
    int target(int i) {
        return samples.target(i);
    }

    /** The smallest and the largest real value, 0 included. */
    RealRange range() {
        float min = 0;
        float max = 0;
        for (float value : encoded) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        return RealRange.of(min, max);
    }

    /**
     * Fills the input with the samples of a shard.
     *
     * @param input the tensor that is filled
     * @param into where its values go
     * @param order of the samples
     * @param from position in the order of the batch's first sample
     * @param shard of the batch
     * @param epoch for the augmentation's random stream
     */
    void fill(Tensor input, FloatSpan into, int[] order, int from, Shard shard, int epoch) {
        float[] sample = new float[elements];
        for (int b = shard.begin(); b < shard.end(); b++) {
            int i = order[from + b];
            System.arraycopy(encoded, i * elements, sample, 0, elements);
            if (augmentation != Augmentation.NONE) {
                augmentation.apply(sample, shape, Augmentation.stream(seed, epoch, samples.index(i)));
            }
            quantize(sample, input.quantization());
            System.arraycopy(sample, 0, into.array(), into.offset() + b * elements, elements);
        }
    }

    private static void quantize(float[] sample, Quantization quantization) {
        for (int e = 0; quantization.isPresent() && e < sample.length; e++) {
            sample[e] = quantization.quantizeInt8(sample[e]);
        }
    }

    /** 0, 1, 2 … */
    int[] inOrder() {
        int[] order = new int[size()];
        Arrays.setAll(order, i -> i);
        return order;
    }
}
