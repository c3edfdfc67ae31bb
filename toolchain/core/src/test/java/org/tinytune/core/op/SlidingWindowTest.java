package org.tinytune.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.RowWindow;

class SlidingWindowTest {
    @ParameterizedTest
    @CsvSource({
        // padding, input, taps, stride, dilation, output, before
        "SAME, 8, 3, 1, 1, 8, 1",
        "SAME, 8, 3, 2, 1, 4, 0",
        "SAME, 7, 3, 2, 1, 4, 1",
        "SAME, 8, 2, 1, 1, 8, 0",
        "SAME, 5, 4, 1, 1, 5, 1",
        "SAME, 8, 3, 1, 2, 8, 2",
        "SAME, 3, 1, 3, 1, 1, 0",
        "SAME, 1, 5, 1, 1, 1, 2",
        "VALID, 8, 3, 1, 1, 6, 0",
        "VALID, 8, 3, 2, 1, 3, 0",
        "VALID, 8, 3, 1, 3, 2, 0",
        "VALID, 3, 3, 5, 1, 1, 0"
    })
    void sizesAndPaddingAreThoseOfTflite(
            Padding padding, int input, int taps, int stride, int dilation, int output, int before) {
        assertThat(SlidingWindow.of(padding, input, taps, stride, dilation))
                .isEqualTo(new SlidingWindow(input, output, taps, stride, dilation, before));
    }

    @Test
    void theTapsInsideTheInputAreExactlyThoseBetweenFirstAndEnd() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2000; i++) {
            int dilation = random.nextInt(1, 4);
            int input = random.nextInt(1, 12);
            int taps = random.nextInt(1, 6);
            Padding padding = Padding.extent(taps, dilation) > input ? Padding.SAME : Padding.VALID;
            SlidingWindow window = SlidingWindow.of(padding, input, taps, random.nextInt(1, 5), dilation);
            RowWindow rows = window.rowWindow();
            for (int out = 0; out < window.output(); out++) {
                for (int tap = 0; tap < taps; tap++) {
                    int position = out * window.stride() - window.before() + tap * dilation;
                    boolean inside = position >= 0 && position < input;
                    assertThat(tap >= window.firstTap(out) && tap < window.endTap(out))
                            .as("%s, output %d, tap %d", window, out, tap)
                            .isEqualTo(inside);
                    if (inside) {
                        assertThat(window.position(out, tap)).isEqualTo(position);
                        assertThat(position).isBetween(rows.first(out), rows.end(out) - 1);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "3, 0, 1", "3, 1, 0", "3, -1, 1", "3, 2147483647, 1", "100000, 1, 1"})
    void refusesNumbersThatNoWindowHas(int taps, int stride, int dilation) {
        assertThatThrownBy(() -> SlidingWindow.of(Padding.SAME, 8, taps, stride, dilation))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("each must be in");
    }

    @Test
    void refusesAWindowLargerThanTheInput() {
        assertThatThrownBy(() -> SlidingWindow.of(Padding.VALID, 4, 3, 1, 2))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("a window of 5 does not fit into 4");
    }
}
