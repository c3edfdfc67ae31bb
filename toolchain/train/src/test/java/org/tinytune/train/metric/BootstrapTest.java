package org.tinytune.train.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapTest {
    private static Statistics mean(double... values) {
        return new MeanStatistics(Metric.Name.of("mean"), values);
    }

    /** Expected: {@code numpy.quantile([1, 2, 4, 8, 16], q)}, numpy 1.24.2. */
    @ParameterizedTest
    @CsvSource({"0, 1", "0.025, 1.1", "0.5, 4", "0.6, 5.6", "0.975, 15.2", "1, 16"})
    void interpolatesQuantiles(double share, double expected) {
        assertThat(Quantiles.ofSorted(new double[] {1, 2, 4, 8, 16}, share)).isCloseTo(expected, Offset.offset(1e-12));
        assertThat(Quantiles.ofSorted(new double[] {3}, share)).isEqualTo(3);
        assertThat(Quantiles.ofSorted(new double[0], share)).isNaN();
    }

    /** Means of 400 values are nearly normal: 95 % of them lie within 1.96 of their deviations, which is that / 20. */
    @Test
    void coversWhatTheNormalDistributionSays() {
        SplittableRandom random = new SplittableRandom(1);
        double[] values = new double[400];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian();
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
        Metric metric = new Bootstrap(20_000, 1).measure(List.of(mean(values))).get(0);

        assertThat(metric.value()).isCloseTo(mean, Offset.offset(1e-12));
        assertThat(metric.interval().low()).isCloseTo(mean - 1.96 * deviation / 20, Offset.offset(0.004));
        assertThat(metric.interval().high()).isCloseTo(mean + 1.96 * deviation / 20, Offset.offset(0.004));
    }

    /** Each resample has as many samples as there are, any sample any number of times; all statistics see the same. */
    @Test
    void drawsWithReplacement() {
        List<int[]> first = new ArrayList<>();
        List<int[]> second = new ArrayList<>();
        new Bootstrap(2000, 5).measure(List.of(recording(20, first), recording(20, second)));

        assertThat(first).hasSize(2001);
        assertThat(first.get(0)).containsOnly(1);
        long[] ofSample = new long[20];
        for (int[] counts : first) {
            assertThat(IntStream.of(counts).sum()).isEqualTo(20);
            Arrays.setAll(ofSample, i -> ofSample[i] + counts[i]);
        }
        // Mean 2001 and deviation 44 each.
        for (long n : ofSample) {
            assertThat(n).isBetween(1800L, 2200L);
        }
        Set<Integer> seen = new HashSet<>();
        first.forEach(counts -> IntStream.of(counts).forEach(seen::add));
        assertThat(seen).contains(0, 1, 2, 3, 4);
        for (int r = 0; r < first.size(); r++) {
            assertThat(second.get(r)).isEqualTo(first.get(r));
        }
    }

    private static Statistics recording(int samples, List<int[]> calls) {
        return new Statistics() {
            @Override
            public List<Metric.Name> names() {
                return List.of(Metric.Name.of("none"));
            }

            @Override
            public int samples() {
                return samples;
            }

            @Override
            public void compute(int[] counts, double[] into, int at) {
                calls.add(counts.clone());
            }
        };
    }

    @Test
    void dependsOnTheSeedAlone() {
        Statistics statistics = mean(3, 1, 4, 1, 5, 9, 2, 6);

        assertThat(new Bootstrap(500, 1).measure(List.of(statistics)))
                .isEqualTo(new Bootstrap(500, 1).measure(List.of(statistics)))
                .isNotEqualTo(new Bootstrap(500, 2).measure(List.of(statistics)));
        // A statistic more or less does not change the others.
        assertThat(new Bootstrap(500, 1).measure(List.of(mean(1, 2, 3, 4, 5, 6, 7, 8), statistics)))
                .contains(new Bootstrap(500, 1).measure(List.of(statistics)).get(0));
    }

    /** Recall of a class with one sample of three is undefined in the resamples that lack it, and 1 in the others. */
    @Test
    void undefinedResamplesAreLeftOut() {
        ClassStatistics statistics =
                new ClassStatistics(List.of("a", "b", "c"), new int[] {0, 0, 1}, new int[] {0, 0, 1});
        List<Metric> metrics = new Bootstrap(200, 1).measure(List.of(statistics));

        assertThat(metrics)
                .contains(new Metric(Metric.Name.of("recall", "b"), 1, new Interval(1, 1)))
                .contains(new Metric(Metric.Name.of("recall", "c"), Double.NaN, Interval.UNDEFINED));
        assertThat(metrics.stream().filter(m -> m.name().of().isEmpty())).allMatch(Metric::isDefined);
    }

    @Test
    void statisticsOfOtherSamplesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.seeded(1).measure(List.of(mean(1, 2), mean(1))))
                .withMessage("statistics of different samples");
        assertThatIllegalArgumentException().isThrownBy(() -> new Bootstrap(0, 1));
    }
}
