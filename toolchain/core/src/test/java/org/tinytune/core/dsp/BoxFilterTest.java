package org.tinytune.core.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BoxFilterTest {
    private static final int MOST = 60;

    @Test
    void everyElementCoversItsPartOfTheInput() {
        for (int input = 1; input <= MOST; input++) {
            for (int output = 1; output <= input; output++) {
                BoxFilter filter = BoxFilter.of(input, output);
                double ratio = (double) input / output;
                for (int i = 0; i < output; i++) {
                    int sum = 0;
                    for (int k = 0; k < input; k++) {
                        double covered = Math.max(0, Math.min((i + 1) * ratio, k + 1) - Math.max(i * ratio, k));
                        boolean counts = filter.first(i) <= k && k < filter.end(i);
                        int weight = counts ? filter.weight(i, k) : 0;
                        assertThat(weight / (double) filter.parts()).isCloseTo(covered, within(1e-9));
                        sum += weight;
                    }
                    assertThat(sum).isEqualTo(filter.span());
                    assertThat(filter.weight(i, filter.first(i))).isPositive();
                    assertThat(filter.weight(i, filter.end(i) - 1)).isPositive();
                }
            }
        }
    }

    @Test
    void wholeRatiosHaveEqualWeights() {
        assertThat(BoxFilter.of(96, 32)).isEqualTo(new BoxFilter(3, 1));
        assertThat(BoxFilter.of(240, 96)).isEqualTo(new BoxFilter(5, 2));
    }

    @Test
    void nothingIsMadeGreater() {
        assertThatThrownBy(() -> BoxFilter.of(4, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("4 elements cannot be averaged to 5");
        assertThatThrownBy(() -> BoxFilter.of(4, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
