package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.Samples;
import org.tinytune.data.ValueRange;
import org.tinytune.data.ValueStatistics;
import org.tinytune.data.split.Split;
import org.tinytune.data.split.SplitOptions;

/** Real data: the bundled digits, and Fashion-MNIST where it is installed. */
class BundledDataTest {
    private static final Path FASHION = Path.of("/usr/share/datasets/fashion-mnist");

    @Test
    void readsTheBundledDigits() {
        Dataset digits = DataSets.load(Path.of(System.getProperty("tinytune.root"), "examples", "digits"));

        assertThat(digits.size()).isEqualTo(1797);
        assertThat(digits.shape()).isEqualTo(Shape.of(8, 8, 1));
        assertThat(digits.labels()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(classCounts(digits)).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
        assertThat(digits.card().name()).isEqualTo("UCI optical digits");
        assertThat(digits.card().licence()).contains("CC BY 4.0");
        assertThat(digits.card().citation().orElseThrow()).contains("10.24432/C50P49");
        assertThat(digits.declaredRange()).contains(new ValueRange(0, 16));
        assertThat(ValueStatistics.of(digits).range()).isEqualTo(new ValueRange(0, 16));
        assertThat(digits.storedBytes()).isEqualTo(1797 * 64);
        assertThat(digits.target(3)).isEqualTo(3);
        float[] three = new float[64];
        digits.read(3, three, 0);
        assertThat(three).startsWith(0, 0, 7, 15, 13, 1, 0, 0, 0, 8, 13, 6, 15, 4);
    }

    @Test
    void readsFashionMnist() {
        if (!Files.isDirectory(FASHION)) {
            assertThat(System.getenv("CI")).as(FASHION + " under CI=true").isNotEqualTo("true");
            assumeTrue(false, FASHION + " is absent: install dataset-fashion-mnist");
        }
        Dataset fashion = DataSets.load(FASHION);

        assertThat(fashion.size()).isEqualTo(70_000);
        assertThat(fashion.shape()).isEqualTo(Shape.of(28, 28, 1));
        assertThat(fashion.labels()).hasSize(10);
        assertThat(classCounts(fashion)).containsOnly(7000);
        assertThat(fashion.storedBytes()).isEqualTo(70_000L * 784).isLessThan(60_000_000);
        assertThat(fashion.predefinedTest()).hasSize(10_000).startsWith(60_000);

        Split split = Split.of(fashion, SplitOptions.seeded(1));
        assertThat(split.test().size()).isEqualTo(10_000);
        assertThat(split.search().validation().size()).isEqualTo(10_000);
        assertThat(split.search().training().size()).isEqualTo(50_000);
        assertThat(classCounts(split.search().training())).containsOnly(5000);
        // The figures that are published with the set, over all of its training images: 0.2860 and 0.3530 of 255.
        ValueStatistics statistics = ValueStatistics.of(split.search().all());
        assertThat(statistics.mean(0) / 255).isBetween(0.28595, 0.28605);
        assertThat(statistics.deviation(0) / 255).isBetween(0.35295, 0.35305);
    }

    private static int[] classCounts(Samples samples) {
        int[] counts = new int[samples.labels().size()];
        for (int i = 0; i < samples.size(); i++) {
            counts[samples.target(i)]++;
        }
        return counts;
    }
}
