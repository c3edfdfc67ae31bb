package org.tinytune.train.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

    private static double[] compute(Statistics statistics, int... counts) {
        double[] figures = new double[statistics.names().size()];
        statistics.compute(counts, figures, 0);
        return figures;
    }

    private static int[] once(int samples) {
        int[] counts = new int[samples];
        Arrays.fill(counts, 1);
        return counts;
    }

    /**
     * Of 3 a, 2 are taken for a and 1 for b; of 2 b, 1 each. Nothing is taken for c, which has a sample; d has none.
     */
    @Test
    void countsClassesByHand() {
        ClassStatistics statistics = new ClassStatistics(
                List.of("a", "b", "c", "d"), new int[] {0, 0, 0, 1, 1, 2}, new int[] {0, 0, 1, 0, 1, 1});
        double[] figures = compute(statistics, once(6));

        assertThat(statistics.names())
                .startsWith(Metric.Name.of("accuracy"), Metric.Name.of("macro F1"), Metric.Name.of("precision", "a"));
        assertThat(figures)
                .containsExactly(
                        new double[] {
                            3 / 6.0,
                            (2 / 3.0 + 2 / 5.0 + 0) / 3,
                            2 / 3.0,
                            2 / 3.0,
                            2 / 3.0,
                            1 / 3.0,
                            1 / 2.0,
                            2 / 5.0,
                            Double.NaN,
                            0,
                            0,
                            Double.NaN,
                            Double.NaN,
                            Double.NaN
                        },
                        ROUNDING);
    }

    /** A class without samples has no F1 even if some were taken for it. */
    @Test
    void aClassWithoutSamplesIsUndefined() {
        double[] figures = compute(new ClassStatistics(List.of("a", "b"), new int[] {0, 0}, new int[] {0, 1}), once(2));

        assertThat(figures).containsExactly(0.5, 2 / 3.0, 1, 0.5, 2 / 3.0, 0, Double.NaN, Double.NaN);
    }

    /** Pairs of a positive and a negative: of 2 x 3, 4 in order, 1 tied. */
    @Test
    void countsPairsInOrder() {
        double[] scores = {0.1, 0.4, 0.6, 0.4, 0.9};
        boolean[] positive = {false, false, false, true, true};

        assertThat(new RocCurve(scores, positive).area(once(5))).isEqualTo(4.5 / 6);
        assertThat(new RocCurve(new double[] {2, 2, 2}, new boolean[] {true, false, true}).area(once(3)))
                .isEqualTo(0.5);
        assertThat(new RocCurve(new double[] {0.0, -0.0}, new boolean[] {true, false}).area(once(2)))
                .isEqualTo(0.5);
        assertThat(new RocCurve(new double[] {Double.POSITIVE_INFINITY, 5}, new boolean[] {true, false}).area(once(2)))
                .isEqualTo(1);
    }

    /** Of 5 samples at 3 thresholds: the curve's trapezoids are the area. */
    @Test
    void theCurveHasAPointAThreshold() {
        double[] scores = {3, 1, 2, 2, 3};
        boolean[] positive = {true, false, true, false, true};
        RocCurve curve = new RocCurve(scores, positive);

        assertThat(curve.points())
                .containsExactly(
                        new RocCurve.Point(0, 0),
                        new RocCurve.Point(0, 2 / 3.0),
                        new RocCurve.Point(0.5, 1),
                        new RocCurve.Point(1, 1));
        assertThat(curve.area(once(5))).isCloseTo(0.5 * (2 / 3.0 + 1) / 2 + 0.5, ROUNDING);
    }

    @Test
    void oneClassAloneHasNoCurve() {
        assertThat(new RocCurve(new double[] {1, 2}, new boolean[] {true, true}).points())
                .isEmpty();
        assertThat(new RocCurve(new double[] {1, 2}, new boolean[] {true, true}).area(once(2)))
                .isNaN();
        assertThat(new RocCurve(new double[] {1, 2}, new boolean[] {true, false}).area(new int[] {2, 0}))
                .isNaN();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RocCurve(new double[] {1, Double.NaN}, new boolean[] {true, false}))
                .withMessage("the score of sample 1 is NaN");
    }

    /** The mean leaves out the class that has no samples. */
    @Test
    void averagesTheCurvesThatThereAre() {
        float[][] scores = {{0.9f, 0.1f, 0}, {0.3f, 0.7f, 0}, {0.6f, 0.3f, 0.1f}, {0.2f, 0.5f, 0.3f}};
        RocStatistics statistics = RocStatistics.ofClassifier(List.of("a", "b", "c"), new int[] {0, 0, 1, 1}, scores);

        assertThat(compute(statistics, once(4))).containsExactly(0.625, 0.75, 0.5, Double.NaN);
    }

    /** The second of two classes is the positive one. */
    @Test
    void oneCurveIsEnoughForTwoClasses() {
        float[][] scores = {{0.9f, 0.1f}, {0.4f, 0.6f}, {0.5f, 0.5f}};
        RocStatistics statistics = RocStatistics.ofClassifier(List.of("a", "b"), new int[] {0, 1, 0}, scores);

        assertThat(statistics.names()).containsExactly(Metric.Name.of("ROC-AUC"));
        assertThat(compute(statistics, once(3))).containsExactly(1);
    }

    /** A bin of three with confidence 0.9 and two hits, one of two with 0.6 and 0.62 that holds one hit. */
    @Test
    void measuresCalibrationByHand() {
        CalibrationStatistics statistics = new CalibrationStatistics(
                new double[] {0.9, 0.9, 0.9, 0.61, 0.63}, new boolean[] {true, true, false, true, false});

        assertThat(compute(statistics, once(5))[0]).isCloseTo((3 * (0.9 - 2 / 3.0) + 2 * (0.62 - 0.5)) / 5, ROUNDING);
    }

    /** Over- and underconfidence cancel inside a bin only; 0 and 1 are in a bin, a border is in the lower one. */
    @ParameterizedTest
    @CsvSource({"0.61, 0.63, 0.12", "0.59, 0.61, 0.51", "0.6, 0.61, 0.505", "0, 0.05, 0.475", "0.95, 1, 0.475"})
    void binsAreOfEqualWidth(double right, double wrong, double error) {
        CalibrationStatistics statistics =
                new CalibrationStatistics(new double[] {right, wrong}, new boolean[] {true, false});

        assertThat(compute(statistics, once(2))[0]).isCloseTo(error, ROUNDING);
    }

    /** Errors 1, 0, -2 of 1, 2, 6, whose mean is 3: squares 5 of 14. */
    @Test
    void measuresErrorsByHand() {
        RegressionStatistics statistics = new RegressionStatistics("y", new double[] {1, 2, 6}, new double[] {2, 2, 4});

        assertThat(compute(statistics, once(3)))
                .containsExactly(new double[] {Math.sqrt(5 / 3.0), 1, 1 - 5 / 14.0}, ROUNDING);
    }

    @Test
    void constantTruthHasNoDeterminationCoefficient() {
        RegressionStatistics statistics =
                new RegressionStatistics("y", new double[] {1e6 + 0.1, 1e6 + 0.1, 3}, new double[] {1, 2, 3});

        assertThat(compute(statistics, 2, 1, 0)[2]).isNaN();
        assertThat(compute(statistics, 1, 1, 1)[2]).isFinite();
    }

    @Test
    void aSampleThatDoesNotCountDoesNotMatter() {
        MeanStatistics statistics =
                new MeanStatistics(Metric.Name.of("loss"), new double[] {1, Double.POSITIVE_INFINITY, 4});

        assertThat(compute(statistics, 2, 0, 1)).containsExactly(2);
        assertThat(compute(statistics, 0, 0, 0)).containsExactly(Double.NaN);
        assertThat(compute(statistics, 1, 1, 1)).containsExactly(Double.POSITIVE_INFINITY);
    }

    /** A sample that counts three times is the same as three of it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void countsAreAsManySamples(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] counts = random.ints(30, 0, 4).toArray();
        int[] repeated = new int[Arrays.stream(counts).sum()];
        for (int i = 0, to = 0; i < counts.length; i++) {
            Arrays.fill(repeated, to, to += counts[i], i);
        }
        Samples samples = Samples.random(random, counts.length);
        List<Statistics> counted = samples.statistics();
        List<Statistics> many = samples.select(repeated).statistics();

        for (int s = 0; s < counted.size(); s++) {
            assertThat(compute(counted.get(s), counts))
                    .as("statistics %d, seed %d", s, seed)
                    .containsExactly(compute(many.get(s), once(repeated.length)), Offset.offset(1e-9));
        }
    }

    /** Inputs of all statistics, with ties among the scores. */
    private record Samples(int[] targets, int[] predictions, float[][] scores, double[] reals, double[] others) {
        static Samples random(SplittableRandom random, int n) {
            float[][] scores = new float[n][3];
            for (float[] row : scores) {
                for (int c = 0; c < row.length; c++) {
                    row[c] = random.nextInt(6) / 5f;
                }
            }
            return new Samples(
                    random.ints(n, 0, 3).toArray(),
                    random.ints(n, 0, 3).toArray(),
                    scores,
                    random.doubles(n, 0, 1).toArray(),
                    random.doubles(n, 0, 1).toArray());
        }

        Samples select(int[] indices) {
            return new Samples(
                    Arrays.stream(indices).map(i -> targets[i]).toArray(),
                    Arrays.stream(indices).map(i -> predictions[i]).toArray(),
                    Arrays.stream(indices).mapToObj(i -> scores[i]).toArray(float[][]::new),
                    Arrays.stream(indices).mapToDouble(i -> reals[i]).toArray(),
                    Arrays.stream(indices).mapToDouble(i -> others[i]).toArray());
        }

        List<Statistics> statistics() {
            List<String> labels = List.of("a", "b", "c");
            boolean[] hits = new boolean[targets.length];
            for (int i = 0; i < hits.length; i++) {
                hits[i] = targets[i] == predictions[i];
            }
            return List.of(
                    new MeanStatistics(Metric.Name.of("loss"), reals),
                    new ClassStatistics(labels, targets, predictions),
                    RocStatistics.ofClassifier(labels, targets, scores),
                    new CalibrationStatistics(reals, hits),
                    new RegressionStatistics("y", reals, others));
        }
    }
}
