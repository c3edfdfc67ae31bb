package org.tinytune.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.tensor.Shape;

class InputEncodingsTest {
    private static final DatasetCard CARD = DatasetCard.named("test");

    @Test
    void statisticsAreThoseOfEachChannel() {
        // Two images of 1x2 pixels and 2 channels.
        Dataset data = new DatasetBuilder(CARD, Shape.of(1, 2, 2))
                .add(new float[] {1, 10, 3, 10}, "a")
                .add(new float[] {5, 10, 7, 10}, "b")
                .build();

        ValueStatistics statistics = ValueStatistics.of(data);

        assertThat(statistics.channels()).isEqualTo(2);
        assertThat(statistics.mean(0)).isEqualTo(4);
        assertThat(statistics.deviation(0)).isEqualTo(Math.sqrt(5));
        assertThat(statistics.range(0)).isEqualTo(new ValueRange(1, 7));
        assertThat(statistics.mean(1)).isEqualTo(10);
        assertThat(statistics.deviation(1)).isZero();
        assertThat(statistics.range()).isEqualTo(new ValueRange(1, 10));
    }

    @Test
    void deviationOfLargeValuesDoesNotCancel() {
        Dataset data = new DatasetBuilder(CARD, Shape.of(1))
                .add(new float[] {16777214}, "a")
                .add(new float[] {16777216}, "b")
                .build();

        assertThat(ValueStatistics.of(data).deviation(0)).isEqualTo(1);
    }

    @Test
    void standardizesEachFeatureAndLeavesConstantOnesAlone() {
        Dataset data = new DatasetBuilder(CARD, Shape.of(2))
                .add(new float[] {2, 7}, "a")
                .add(new float[] {6, 7}, "b")
                .build();

        InputEncoding encoding = InputEncodings.standardized(data);

        assertThat(encoding).isEqualTo(new InputEncoding(List.of(4f, 7f), List.of(2f, 1f), 2, 7));
        assertThat(encoding.encode(6, 0)).isEqualTo(1);
        assertThat(encoding.encode(7, 1)).isZero();
    }

    /** Two steps of two values each: [2, 7], [6, 7]. */
    @Test
    void stepsOfASampleShareTheirChannels() {
        Dataset data = new DatasetBuilder(CARD, Shape.of(4))
                .add(new float[] {2, 7, 6, 7}, "a")
                .add(new float[] {6, 7, 2, 7}, "b")
                .build();

        assertThat(InputEncodings.standardized(data, 2))
                .isEqualTo(new InputEncoding(List.of(4f, 7f), List.of(2f, 1f), 2, 7));
    }

    @Test
    void scalesTheTrainingRangeUnlessOneIsDeclared() {
        DatasetBuilder own = new DatasetBuilder(CARD, Shape.of(1));
        DatasetBuilder declared = new DatasetBuilder(CARD, Shape.of(1)).declaredRange(new ValueRange(0, 16));
        for (DatasetBuilder builder : List.of(own, declared)) {
            builder.add(new float[] {4}, "a").add(new float[] {12}, "b");
        }

        InputEncoding fromSamples = InputEncodings.scaled(own.build(), -1, 1);
        InputEncoding fromDeclared = InputEncodings.scaled(declared.build(), 0, 1);

        assertThat(fromSamples.encode(4, 0)).isEqualTo(-1);
        assertThat(fromSamples.encode(12, 0)).isEqualTo(1);
        assertThat(fromDeclared.encode(4, 0)).isEqualTo(0.25f);
        assertThat(fromDeclared.rawMin()).isEqualTo(4);
        assertThat(fromDeclared.rawMax()).isEqualTo(12);
    }

    @Test
    void scalesAConstantToTheLowEnd() {
        Dataset data = new DatasetBuilder(CARD, Shape.of(1))
                .add(new float[] {5}, "a")
                .add(new float[] {5}, "b")
                .build();

        assertThat(InputEncodings.scaled(data, -1, 1).encode(5, 0)).isCloseTo(-1, within(1e-6f));
        assertThatIllegalArgumentException().isThrownBy(() -> InputEncodings.scaled(data, 1, 1));
    }
}
