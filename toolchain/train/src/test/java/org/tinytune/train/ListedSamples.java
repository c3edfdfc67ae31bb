package org.tinytune.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Samples;
import org.tinytune.data.ValueRange;

/** Samples held in a list. */
public final class ListedSamples implements Samples {
    private final Shape shape;
    private final int classes;
    private final List<float[]> values = new ArrayList<>();
    private final List<Integer> targets = new ArrayList<>();

    /** No samples yet. */
    public ListedSamples(int classes, int... dims) {
        this.shape = Shape.of(dims);
        this.classes = classes;
    }

    /**
     * Images of 6x6 pixels with a bright bar on noise: level in class 0, upright in class 1, slanted in class 2. A
     * linear classifier cannot tell them apart, a small convolution can.
     */
    public static ListedSamples bars(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ListedSamples samples = new ListedSamples(3, 6, 6, 1);
        for (int n = 0; n < count; n++) {
            float[] image = new float[36];
            for (int i = 0; i < image.length; i++) {
                image[i] = (float) random.nextDouble(0, 0.3);
            }
            int y = random.nextInt(1, 5);
            int x = random.nextInt(1, 5);
            int dy = n % 3 == 0 ? 0 : 1;
            int dx = n % 3 == 1 ? 0 : 1;
            for (int k = -1; k <= 1; k++) {
                image[(y + k * dy) * 6 + x + k * dx] = (float) random.nextDouble(0.7, 1);
            }
            samples.add(n % 3, image);
        }
        return samples;
    }

    /**
     * Sequences of 6 steps of 3 values: a pulse on channel 0 and one on channel 1, on noise; which of them is first
     * makes the class. No step alone tells, nor does the sum of all.
     */
    public static ListedSamples orders(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ListedSamples samples = new ListedSamples(2, 6, 3);
        for (int n = 0; n < count; n++) {
            float[] sequence = new float[6 * 3];
            for (int i = 0; i < sequence.length; i++) {
                sequence[i] = (float) random.nextDouble(0, 0.3);
            }
            int first = random.nextInt(3);
            int second = random.nextInt(first + 1, 6);
            sequence[3 * first + n % 2] = (float) random.nextDouble(0.7, 1);
            sequence[3 * second + 1 - n % 2] = (float) random.nextDouble(0.7, 1);
            samples.add(n % 2, sequence);
        }
        return samples;
    }

    /** Adds a sample. */
    public ListedSamples add(int target, float... sample) {
        values.add(sample);
        targets.add(target);
        return this;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public List<String> labels() {
        return IntStream.range(0, classes).mapToObj(i -> "c" + i).toList();
    }

    @Override
    public Optional<ValueRange> declaredRange() {
        return Optional.empty();
    }

    @Override
    public int size() {
        return targets.size();
    }

    @Override
    public int target(int i) {
        return targets.get(i);
    }

    @Override
    public int index(int i) {
        return i;
    }

    @Override
    public void read(int i, float[] into, int offset) {
        System.arraycopy(values.get(i), 0, into, offset, values.get(i).length);
    }
}
