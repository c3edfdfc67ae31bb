package org.tinytune.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.OutputEncoding;
import org.tinytune.core.tensor.Shape;

class OutputEncodingsTest {
    /** Values 1, 3, 5, 7 have mean 4 and variance (9 + 1 + 1 + 9) / 4; the other quantity is always the same. */
    @Test
    void standardizesEachQuantity() {
        DatasetBuilder builder =
                new DatasetBuilder(DatasetCard.named("test"), Shape.of(1)).quantities(List.of("y", "z"));
        for (int i = 0; i < 4; i++) {
            builder.add(new float[] {i}, new float[] {1 + 2 * i, -8});
        }

        OutputEncoding encoding = OutputEncodings.standardized(builder.build());

        assertThat(encoding).isEqualTo(new OutputEncoding(List.of(4f, -8f), List.of((float) Math.sqrt(5), 1f)));
    }
}
