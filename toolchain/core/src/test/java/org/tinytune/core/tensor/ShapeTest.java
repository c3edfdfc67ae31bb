package org.tinytune.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void anImageHasRowsAndAnythingElseIsOneRow() {
        assertThat(Shape.of(1, 4, 5, 3).rows()).isEqualTo(4);
        assertThat(Shape.of(1, 4, 5, 3).rowElements()).isEqualTo(15);
        assertThat(Shape.of(2, 7).rows()).isEqualTo(1);
        assertThat(Shape.of(2, 7).rowElements()).isEqualTo(14);
        assertThat(Shape.of().rowElements()).isEqualTo(1);
    }

    @Test
    void countsExtentsFromEitherEnd() {
        Shape shape = Shape.of(1, 4, 5, 3);

        assertThat(shape.dim(-1)).isEqualTo(shape.dim(3)).isEqualTo(3);
        assertThat(shape.withBatch(8)).isEqualTo(Shape.of(8, 4, 5, 3));
        assertThat(shape).hasToString("[1, 4, 5, 3]");
    }

    @Test
    void theCallerKeepsNoHandOnTheExtents() {
        int[] dims = {2, 3};
        Shape shape = Shape.of(dims);
        dims[0] = 9;
        shape.dims()[1] = 9;

        assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    }

    @Test
    void refusesWhatNoTensorCanHave() {
        assertThatThrownBy(() -> Shape.of(1, 0)).hasMessageContaining("extent 0");
        assertThatThrownBy(() -> Shape.of(-3)).hasMessageContaining("extent -3");
        assertThatThrownBy(() -> Shape.of(1 << 16, 1 << 15)).hasMessageContaining("2^31");
        assertThatThrownBy(() -> Shape.of(1 << 30, 1 << 30, 1 << 30)).hasMessageContaining("2^31");
        assertThatThrownBy(() -> Shape.of(new int[9])).hasMessageContaining("rank 9");
        assertThat(Shape.of(Integer.MAX_VALUE).elements()).isEqualTo(Integer.MAX_VALUE);
    }
}
