package org.tinytune.data.feature;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Parallel;
import org.tinytune.data.Samples;
import org.tinytune.data.ValueRange;
import org.tinytune.data.VariedSamples;
import org.tinytune.data.augmentation.Augmentation;

/**
 * The features of windows, or smaller images, as samples of a network: a raw value is a byte of the network's input
 * plus 128. Samples, targets and indices are those of the windows.
 *
 * <p>Checked by: FeatureSamplesTest.
 */
public final class FeatureSamples implements VariedSamples {
    private static final int OFFSET = 128;
    private static final ValueRange RANGE = new ValueRange(0, 255);

    /** How often a window is changed anew; then its changes come again, see docs/data.md. */
    private static final int MAX_VARIANTS = 16;

    /** Of fewer, all would be learnt by heart: then every epoch makes its own. */
    private static final int LEAST_VARIANTS = 4;

    /** The same on every machine, as what is trained depends on it. */
    private static final long VARIANT_BYTES = 256L << 20;

    private final Samples windows;
    private final float scale;
    private final FeatureMaker maker;
    private final Augmentation augmentation;
    private final long seed;
    private final Shape shape;
    private final FeatureMemory memory;
    private final FeatureRows features;
    /** How many variants of a window are kept; 0 if there is no room for enough of them. */
    private final int variants;

    private final Optional<Variants> kept;

    /**
     * The changed features, each made when it is first asked for.
     *
     * @param made a bit for each row that is there, set behind its bytes, so that whoever sees it sees them
     */
    private record Variants(FeatureRows rows, AtomicIntegerArray made) {
        static Variants none(FeatureRows rows, int count) {
            return new Variants(rows, new AtomicIntegerArray(count / Integer.SIZE + 1));
        }

        /** Two threads may make the same, which is then the same. */
        byte[] get(int row, Supplier<byte[]> maker) {
            int word = row / Integer.SIZE;
            int bit = 1 << row % Integer.SIZE;
            if ((made.get(word) & bit) != 0) {
                return rows.get(row);
            }
            byte[] values = maker.get();
            rows.put(row, values);
            made.accumulateAndGet(word, bit, (before, with) -> before | with);
            return values;
        }
    }

    private FeatureSamples(
            Samples windows,
            float scale,
            FeatureMaker maker,
            Augmentation augmentation,
            long seed,
            FeatureMemory memory,
            FeatureRows features) {
        this.windows = windows;
        this.scale = scale;
        this.maker = maker;
        this.augmentation = augmentation;
        this.seed = seed;
        this.memory = memory;
        this.features = features;
        Shape made = maker.features().shape();
        this.shape = Shape.of(made.dim(1), made.dim(2), made.dim(3));
        long bytes = Math.max(1, (long) windows.size() * shape.elements());
        int room = (int) Math.min(MAX_VARIANTS, VARIANT_BYTES / bytes);
        this.variants = augmentation == Augmentation.NONE || room < LEAST_VARIANTS ? 0 : room;
        this.kept = variants == 0 ? Optional.empty() : Optional.of(noVariants());
    }

    /**
     * The features of all windows.
     *
     * @param frontEnd that ends in int8
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if there is room for them neither in memory nor on
     *     disk
     * @throws CancellationException if somebody stopped it
     */
    public static FeatureSamples of(FrontEnd frontEnd, Samples windows, Parallel parallel) {
        return of(frontEnd, windows, parallel, FeatureMemory.ofUser());
    }

    static FeatureSamples of(FrontEnd frontEnd, Samples windows, Parallel parallel, FeatureMemory memory) {
        FeatureMaker maker = FeatureMaker.of(frontEnd);
        float scale = scale(windows, frontEnd.input());
        FeatureRows features = memory.rows(maker.features().shape().elements(), windows.size());
        ElementType type = maker.input().type();
        parallel.forEach(
                windows.size(),
                i -> features.put(i, maker.make(window(windows, i, scale, Augmentation.NONE, null, type))));
        return new FeatureSamples(windows, scale, maker, Augmentation.NONE, 0, memory, features);
    }

    /** What the network of a model sees of some samples: their features, if the model begins with a front end. */
    public static Samples seenBy(Graph model, Samples samples, Parallel parallel) {
        return FrontEnd.of(model).<Samples>map(f -> of(f, samples, parallel)).orElse(samples);
    }

    /** Counts of the front end in a count of the windows, which may have been read with another scale. */
    private static float scale(Samples windows, Tensor samples) {
        float own = samples.quantization().scale();
        return windows.signal().map(signal -> (float) signal.scale() / own).orElse(1f);
    }

    private static byte[] window(
            Samples windows, int i, float scale, Augmentation augmentation, RandomGenerator random, ElementType type) {
        float[] counts = new float[windows.shape().elements()];
        windows.read(i, counts, 0);
        augmentation.apply(counts, windows.shape(), random);
        if (scale != 1) {
            for (int v = 0; v < counts.length; v++) {
                counts[v] *= scale;
            }
        }
        return FeatureMaker.bytes(counts, type);
    }

    /**
     * The same that vary with changes of the windows.
     *
     * @param ofChanges their seed
     */
    public FeatureSamples varied(Augmentation ofWindows, long ofChanges) {
        return new FeatureSamples(windows, scale, maker, ofWindows, ofChanges, memory, features);
    }

    /** How these samples become the input of a network that stands behind a front end. */
    public static InputEncoding encoding(Tensor features) {
        float zero = OFFSET + features.quantization().zeroPoint();
        float one = 1 / features.quantization().scale();
        return new InputEncoding(List.of(zero), List.of(one), RANGE.min(), RANGE.max());
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public TaskKind task() {
        return windows.task();
    }

    @Override
    public List<String> labels() {
        return windows.labels();
    }

    @Override
    public Optional<ValueRange> declaredRange() {
        return Optional.of(RANGE);
    }

    @Override
    public int size() {
        return windows.size();
    }

    @Override
    public int target(int i) {
        return windows.target(i);
    }

    @Override
    public OptionalInt normalClass() {
        return windows.normalClass();
    }

    @Override
    public List<String> quantities() {
        return windows.quantities();
    }

    @Override
    public void readQuantities(int i, float[] into, int offset) {
        windows.readQuantities(i, into, offset);
    }

    @Override
    public int index(int i) {
        return windows.index(i);
    }

    @Override
    public void read(int i, float[] into, int offset) {
        copy(features.get(i), into, offset);
    }

    @Override
    public void readVaried(int i, int epoch, float[] into) {
        copy(varied(i, epoch), into, 0);
    }

    private byte[] varied(int i, int epoch) {
        if (augmentation == Augmentation.NONE) {
            return features.get(i);
        }
        if (kept.isEmpty()) {
            return changed(i, epoch);
        }
        int number = epoch % variants;
        return kept.get().get(number * windows.size() + i, () -> changed(i, number));
    }

    private Variants noVariants() {
        int count = Math.multiplyExact(variants, windows.size());
        return Variants.none(memory.rows(shape.elements(), count), count);
    }

    private byte[] changed(int i, int number) {
        // Not the numbers that change features behind it.
        RandomGenerator random = Augmentation.stream(~seed, number, windows.index(i));
        return maker.make(
                window(windows, i, scale, augmentation, random, maker.input().type()));
    }

    private static void copy(byte[] from, float[] into, int offset) {
        for (int v = 0; v < from.length; v++) {
            into[offset + v] = from[v] + OFFSET;
        }
    }
}
