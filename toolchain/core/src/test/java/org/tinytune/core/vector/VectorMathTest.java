package org.tinytune.core.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both implementations give the same bytes, over odd sizes, and what plain loops in double give, nearly. */
class VectorMathTest {
    private static final int CASES = 200;

    private final VectorMath plain = VectorProvider.plain();
    private final VectorMath vector = VectorProvider.get();

    @BeforeAll
    static void needsTheVectorApi() {
        assumeTrue(
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
                "the module jdk.incubator.vector is not there, so there is nothing to compare with");
    }

    @Test
    void theVectorApiIsTakenWhereItIsThere() {
        assertThat(vector.name()).startsWith("Vector API");
        assertThat(plain.name()).isEqualTo("plain Java");
    }

    @Test
    void productsAreTheSame() {
        for (int seed = 0; seed < CASES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int rows = random.nextInt(1, 30);
            int columns = random.nextInt(1, 50);
            Patches patches = patches(random, rows, random.nextInt(1, 20), columns);
            float[] a = floats(random, 3000);
            PackedMatrix b = new PackedMatrix(patches.elements(), columns);
            b.set(0, patches.elements(), floats(random, patches.elements() * columns), 0, columns, 1);
            float[] initial = Arrays.copyOf(floats(random, columns), PackedMatrix.paddedColumns(columns));
            float[] c = same(
                    seed, rows * columns + 5, (math, out) -> math.product(a, 3, patches, rows, b, initial, out, 5));
            assertThat((double) c[5]).as("seed %d", seed).isCloseTo(reference(a, 3, patches, b, initial[0]), within());
        }
    }

    private static double reference(float[] a, int offset, Patches patches, PackedMatrix b, float initial) {
        double sum = initial;
        for (int k = 0; k < patches.elements(); k++) {
            int at = offset + patches.offsets()[0] + patches.segments()[k / patches.run()] + k % patches.run();
            sum += (double) a[at] * b.data()[k * b.panelWidth(0)];
        }
        return sum;
    }

    @Test
    void outerProductsAreTheSame() {
        for (int seed = 0; seed < CASES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int rows = random.nextInt(1, 30);
            int m = random.nextInt(1, 20);
            Patches patches = patches(random, rows, random.nextInt(1, 40), 1);
            float[] a = floats(random, rows * m + 2);
            float[] b = floats(random, 3000);
            float[] c = same(
                    seed,
                    m * patches.elements(),
                    (math, out) -> math.outerProducts(a, 2, m, m, b, 7, patches, rows, out, 0));
            double sum = filled(m * patches.elements())[0];
            for (int p = 0; p < rows; p++) {
                sum += (double) a[2 + p * m] * b[7 + patches.offsets()[p] + patches.segments()[0]];
            }
            assertThat((double) c[0]).as("seed %d", seed).isCloseTo(sum, within());
        }
    }

    @Test
    void productsOfPlainMatricesAreTheSame() {
        for (int seed = 0; seed < CASES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int rows = random.nextInt(1, 30);
            int inner = random.nextInt(1, 40);
            int columns = random.nextInt(1, 70);
            int pitch = columns + random.nextInt(3);
            Patches patches = Patches.rows(rows, inner, pitch);
            float[] a = floats(random, rows * inner + 1);
            float[] b = floats(random, inner * pitch + VectorMath.SLACK + 2);
            float[] c = same(
                    seed,
                    rows * pitch + 4,
                    (math, out) -> math.product(a, 1, patches, rows, b, 2, columns, pitch, out, 4));
            double sum = 0;
            for (int k = 0; k < inner; k++) {
                sum += (double) a[1 + k] * b[2 + k * pitch];
            }
            assertThat((double) c[4]).as("seed %d", seed).isCloseTo(sum, within());
        }
    }

    @Test
    void productsWithABiasForEachRowAreTheSame() {
        for (int seed = 0; seed < CASES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int rows = random.nextInt(1, 30);
            int inner = random.nextInt(1, 40);
            int columns = random.nextInt(1, 70);
            int pitch = PackedMatrix.paddedColumns(columns);
            Patches patches = Patches.rows(rows, inner, pitch);
            float[] a = floats(random, rows * inner + 1);
            float[] source = floats(random, columns * inner + 3);
            PackedMatrix b = new PackedMatrix(inner, columns);
            b.setColumns(0, columns, source, 3);
            float[] initial = floats(random, rows + 1);
            float[][] results = new float[2][rows * pitch];
            plain.productWithRowBias(a, 1, patches, rows, b, columns, initial, 1, results[0], 0);
            vector.productWithRowBias(a, 1, patches, rows, b, columns, initial, 1, results[1], 0);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    int at = i * pitch + j;
                    assertThat(results[1][at]).as("seed %d, %d", seed, at).isEqualTo(results[0][at]);
                    double sum = initial[1 + i];
                    for (int k = 0; k < inner; k++) {
                        sum += (double) a[1 + i * inner + k] * source[3 + j * inner + k];
                    }
                    assertThat((double) results[1][at])
                            .as("seed %d, %d", seed, at)
                            .isCloseTo(sum, within());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void findsWhatIsNoFiniteNumberWhereverItIs(float value) {
        for (int count : new int[] {1, 15, 16, 33, 100}) {
            for (int at = 0; at < count; at++) {
                float[] x = floats(new SplittableRandom(at), count + 1);
                assertThat(plain.areFinite(x, 1, count)).isTrue();
                assertThat(vector.areFinite(x, 1, count)).isTrue();
                x[1 + at] = value;
                assertThat(plain.areFinite(x, 1, count)).isFalse();
                assertThat(vector.areFinite(x, 1, count)).isFalse();
                assertThat(vector.areFinite(x, 2 + at, count - at - 1)).isTrue();
            }
        }
    }

    @Test
    void quantizingRoundsTiesToEven() {
        float[] steps = {-0.2f, -0f, 0.5f, 1.5f, 2.5f, -0.5f, -1.5f, 126.5f, 127.6f, -500, 3.49f};
        float[] rounded = {0, 0, 0, 2, 2, 0, -2, 126, 128, -500, 3};
        float[] x = new float[40];
        int sum = 0;
        int magnitudes = 0;
        for (int i = 0; i < x.length; i++) {
            x[i] = steps[i % steps.length] * 0.25f;
            sum += (int) rounded[i % steps.length];
            magnitudes += (int) Math.abs(rounded[i % steps.length]);
        }
        for (VectorMath math : new VectorMath[] {plain, vector}) {
            float[] q = new float[41];
            float[] y = new float[42];

            long sums = math.quantize(x, 0, q, 1, y, 2, x.length, 0.25f);

            assertThat(sums >> Integer.SIZE).isEqualTo(sum);
            assertThat((int) sums).isEqualTo(magnitudes);
            for (int i = 0; i < x.length; i++) {
                float expected = rounded[i % steps.length];
                assertThat(Float.floatToRawIntBits(q[1 + i])).isEqualTo(Float.floatToRawIntBits(expected));
                assertThat(Float.floatToRawIntBits(y[2 + i])).isEqualTo(Float.floatToRawIntBits(expected * 0.25f));
            }
        }
    }

    @Test
    void greatestMagnitudesAreTheSame() {
        for (int count : new int[] {0, 1, 15, 32, 33, 100, 1000}) {
            float[] x = floats(new SplittableRandom(count), count + 1);
            float greatest = 0;
            for (int i = 1; i <= count; i++) {
                greatest = Math.max(greatest, Math.abs(x[i]));
            }
            assertThat(plain.maxAbs(x, 1, count)).isEqualTo(greatest);
            assertThat(vector.maxAbs(x, 1, count)).isEqualTo(greatest);
        }
    }

    @Test
    void depthwiseProductsAndTheirGradientsAreTheSame() {
        for (int seed = 0; seed < CASES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int rows = random.nextInt(1, 30);
            int channels = random.nextInt(1, 40);
            int taps = random.nextInt(1, 11);
            Patches patches = patches(random, rows, taps, channels, channels + random.nextInt(2));
            int results = patches.targets()[rows - 1] + channels;
            float[] x = floats(random, 3000);
            float[] w = floats(random, taps * channels + VectorMath.SLACK);
            float[] initial = floats(random, channels + VectorMath.SLACK);
            float[] dy = floats(random, rows * channels + 1 + VectorMath.SLACK);
            float[] y = same(seed, results, (math, out) -> math.depthwise(x, 1, patches, rows, w, initial, out, 0));
            double sum = initial[0];
            for (int s = 0; s < taps; s++) {
                sum += (double) x[1 + patches.offsets()[0] + patches.segments()[s]] * w[s * channels];
            }
            assertThat((double) y[0]).as("seed %d", seed).isCloseTo(sum, within());
            same(seed, taps * channels, (math, out) -> math.depthwiseGradient(x, 1, patches, rows, dy, 1, out, 0));
            same(seed, results, (math, out) -> math.maximum(x, 1, patches, rows, out, 0));
        }
    }

    @Test
    void patchesAreCopiedTheSame() {
        for (int seed = 0; seed < CASES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int rows = random.nextInt(1, 30);
            int run = random.nextInt(1, 40);
            Patches patches = patches(random, rows, run, run);
            float[] x = floats(random, 3000);
            int copied = rows * patches.elements();
            float[] y = same(seed, copied, (math, out) -> {
                float[] more = new float[copied + VectorMath.SLACK + 3];
                math.copyPatches(x, 1, patches, rows, more, 3);
                System.arraycopy(more, 3, out, 0, copied);
            });
            int[] segments = patches.segments();
            int last = 1 + patches.offsets()[rows - 1] + segments[segments.length - 1] + run - 1;
            assertThat(y[copied - 1]).as("seed %d", seed).isEqualTo(x[last]);
        }
    }

    @Test
    void elementwiseLoopsAreTheSame() {
        for (int count : new int[] {0, 1, 4, 6, 8, 13, 64, 207, 1000}) {
            SplittableRandom random = new SplittableRandom(count);
            float[] x = floats(random, count + 3);
            float[] y = floats(random, count + 2);
            x[0] = -0f;
            same(count, count, (math, out) -> math.add(out, 0, y, 1, count));
            same(count, count, (math, out) -> math.addClamped(x, 1, y, 2, out, 0, count, -0.5f, 0.75f));
            same(count, count, (math, out) -> math.dequantize(x, 0, out, 0, count, 3, 0.37f));
            same(count, count, (math, out) -> math.clamp(out, 0, count, 0, 0.6f));
            same(count, count, (math, out) -> math.maskClamped(out, 0, x, 0, count, 0, 0.6f));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 10, 16, 20, 33})
    void channelwiseLoopsAreTheSame(int channels) {
        SplittableRandom random = new SplittableRandom(channels);
        float[][] constants = new float[3][];
        for (int i = 0; i < constants.length; i++) {
            constants[i] = Arrays.copyOf(floats(random, channels), Periodic.period(channels));
            Periodic.repeat(constants[i], channels);
        }
        for (int rows : new int[] {1, 2, 3, 4, 5, 9, 64, 101}) {
            int count = rows * channels;
            float[] x = floats(random, count + 1);
            float[] y = floats(random, count);
            same(rows, count, (math, out) -> math.affine(x, 1, out, 0, count, constants[0], constants[1], -0.3f, 0.5f));
            same(
                    rows,
                    count,
                    (math, out) -> math.combine(x, 1, y, 0, out, 0, count, constants[0], constants[1], constants[2]));
            same(rows, count + 2 * channels, (math, out) -> {
                float[] products = new float[channels];
                int first = count + channels;
                float[] sums = new float[channels];
                math.maskedColumnProducts(
                        out, 0, x, 1, -0.4f, 0.7f, y, 0, constants[0], rows, channels, sums, products, 0);
                System.arraycopy(sums, 0, out, count, channels);
                System.arraycopy(products, 0, out, first, channels);
            });
            float[] sums = same(rows, channels, (math, out) -> math.columnSums(x, 1, rows, channels, out, 0));
            double sum = 0;
            for (int r = 0; r < rows; r++) {
                sum += x[1 + r * channels];
            }
            assertThat((double) sums[0]).isCloseTo(sum, within());
            same(
                    rows,
                    channels,
                    (math, out) -> math.columnProducts(x, 1, constants[0], y, 0, constants[1], rows, channels, out, 0));
        }
    }

    @Test
    void requantizationAsksForWhatItCannotDecideAndIsTheSame() {
        SplittableRandom random = new SplittableRandom(5);
        int[] asked = new int[2];
        for (int channels = 1; channels < 20; channels++) {
            RequantizeTable table = new RequantizeTable(channels, -7, -100, 127);
            for (int c = 0; c < channels; c++) {
                table.scale[c] = (float) random.nextDouble(0.0005, 0.01);
                table.shift[c] = random.nextInt(-1000, 1000);
                table.certain[c] = 0.49f;
            }
            Periodic.repeat(table.scale, channels);
            Periodic.repeat(table.shift, channels);
            Periodic.repeat(table.certain, channels);
            int count = 57 * channels;
            float[] accumulators = new float[count];
            for (int i = 0; i < count; i++) {
                accumulators[i] = random.nextInt(-40_000, 40_000);
            }
            float[][] results = new float[2][];
            for (int p = 0; p < 2; p++) {
                int provider = p;
                results[p] = accumulators.clone();
                (p == 0 ? plain : vector).requantize(results[p], 0, count, table, (x, i) -> {
                    asked[provider]++;
                    return x == accumulators[i] ? 1000 + i : Float.NaN;
                });
            }
            assertThat(results[1]).containsExactly(results[0]);
        }
        assertThat(asked[0]).isEqualTo(asked[1]).isPositive();
    }

    @Test
    void optimizerStepsAreTheSame() {
        for (int count : new int[] {1, 8, 13, 207}) {
            SplittableRandom random = new SplittableRandom(count);
            float[] g = floats(random, count + 1);
            VectorMath.AdamStep step = new VectorMath.AdamStep(0.01f, 0.9f, 0.999f, 37.5f, 1e-8f, 0.9999f);
            float[][] states = new float[4][];
            for (int i = 0; i < states.length; i++) {
                states[i] = new float[count + 1];
            }
            same(count, count + 1, (math, out) -> {
                float[] m = math == plain ? states[0] : states[1];
                float[] v = math == plain ? states[2] : states[3];
                math.adam(out, g, m, v, 1, count, step);
                math.adam(out, g, m, v, 1, count, step);
                math.momentum(out, g, m, 1, count, 0.1f, 0.9f, 0.999f);
            });
            assertThat(states[1]).containsExactly(states[0]);
            assertThat(states[3]).containsExactly(states[2]);
            assertThat(vector.maxAbs(g, 1, count)).isEqualTo(plain.maxAbs(g, 1, count));
        }
    }

    /** Runs both on equal outputs, compares them bit by bit and returns what they hold. */
    private float[] same(long seed, int length, BiConsumer<VectorMath, float[]> run) {
        float[] expected = filled(length);
        float[] actual = expected.clone();
        run.accept(plain, expected);
        run.accept(vector, actual);
        for (int i = 0; i < length; i++) {
            assertThat(Float.floatToRawIntBits(actual[i]))
                    .as("seed %d, element %d of %d: %s and %s", seed, i, length, expected[i], actual[i])
                    .isEqualTo(Float.floatToRawIntBits(expected[i]));
        }
        return actual;
    }

    private static float[] filled(int length) {
        return floats(new SplittableRandom(99), length);
    }

    private static Patches patches(SplittableRandom random, int rows, int run, int resultRun) {
        return patches(random, rows, random.nextInt(1, 6), run, resultRun);
    }

    private static Patches patches(SplittableRandom random, int rows, int taps, int run, int resultRun) {
        int[] offsets = new int[rows];
        int[] segments = new int[taps];
        for (int i = 0; i < rows; i++) {
            offsets[i] = random.nextInt(1000);
        }
        for (int i = 0; i < segments.length; i++) {
            segments[i] = random.nextInt(1000);
        }
        return new Patches(offsets, segments, run, Patches.multiples(rows, resultRun));
    }

    private static float[] floats(SplittableRandom random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-4);
    }
}
