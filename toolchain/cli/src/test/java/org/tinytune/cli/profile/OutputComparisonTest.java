package org.tinytune.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutputComparisonTest {
    @Test
    void equalOutputsDifferInNoByte() {
        OutputComparison comparison = OutputComparison.of(List.of(new byte[] {1, -2}), List.of(new byte[] {1, -2}));

        assertThat(comparison.bytes()).isEqualTo(2);
        assertThat(comparison.differingBytes()).isZero();
        assertThat(comparison.first()).isEmpty();
    }

    @Test
    void countsAllDifferencesAndNamesTheFirst() {
        OutputComparison comparison = OutputComparison.of(
                List.of(new byte[] {1, 2}, new byte[] {3, -4}, new byte[] {0, 0}),
                List.of(new byte[] {1, 2}, new byte[] {3, 4}, new byte[] {5, 6}));

        assertThat(comparison.differingBytes()).isEqualTo(3);
        assertThat(comparison.first()).contains(new OutputComparison.Difference(1, 1, -4, 4));
    }

    @Test
    void refusesWhatCannotBeCompared() {
        assertThatThrownBy(() -> OutputComparison.of(List.of(), List.of(new byte[1])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OutputComparison.of(List.of(new byte[2]), List.of(new byte[1])))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
