package org.tinytune.core.op.resizenearestneighbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.SingleNode;

class ResizeNearestNeighborTest {
    private static final Quantization Q = Quantization.perTensor(0.5f, 3);

    @Test
    void repeatsPixels() {
        byte[] output = new SingleNode()
                .input(Shape.of(1, 1, 2, 2), Q, 1, 2, 3, 4)
                .run(ResizeNearestNeighbor.INSTANCE, new ResizeNearestNeighborParams(2, 4, false, false), Q);
        assertThat(output).containsExactly(1, 2, 1, 2, 3, 4, 3, 4, 1, 2, 1, 2, 3, 4, 3, 4);
    }

    @Test
    void leavesPixelsOut() {
        assertThat(row(false, false, 2)).containsExactly(1, 3);
        assertThat(row(true, false, 2)).containsExactly(1, 5);
        assertThat(row(false, true, 2)).containsExactly(2, 4);
        assertThat(row(true, false, 3)).containsExactly(1, 3, 5);
    }

    @Test
    void aRowNeedsTheRowThatItRepeats() {
        ResizeNearestNeighborParams twice = new ResizeNearestNeighborParams(6, 6, false, false);
        RowWindow window = ResizeNearestNeighbor.INSTANCE.rowWindow(twice, List.of(Shape.of(1, 3, 3, 1)));
        for (int y = 0; y < 6; y++) {
            assertThat(window.first(y)).isEqualTo(y / 2);
            assertThat(window.end(y)).isEqualTo(y / 2 + 1);
        }
    }

    @Test
    void refusesSizesBelow1AndWhatIsNoImage() {
        assertThatThrownBy(() -> new ResizeNearestNeighborParams(0, 2, false, false))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("cannot resize an image to 0 x 2");
        assertThatThrownBy(() -> ResizeNearestNeighbor.INSTANCE.inferShape(
                        new ResizeNearestNeighborParams(1, 2, false, false), List.of(Shape.of(1, 3))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("operand 0 is [1, 3], not of rank 4");
    }

    private static byte[] row(boolean alignCorners, boolean halfPixelCenters, int width) {
        return new SingleNode()
                .input(Shape.of(1, 1, 5, 1), Q, 1, 2, 3, 4, 5)
                .run(
                        ResizeNearestNeighbor.INSTANCE,
                        new ResizeNearestNeighborParams(1, width, alignCorners, halfPixelCenters),
                        Q);
    }
}
