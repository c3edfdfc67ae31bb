package org.tinytune.cli.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
    private static List<String> texts(double min, double max, int most) {
        return new Axis(min, max, 0, 100)
                .ticks(most).stream().map(Axis.Tick::text).toList();
    }

    @Test
    void ticksAreRoundNumbers() {
        assertThat(texts(0, 1, 5)).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(texts(-19.6, 20.2, 5)).containsExactly("-10", "0", "10", "20");
        assertThat(texts(0, 4000, 5)).containsExactly("0", "1000", "2000", "3000", "4000");
        assertThat(texts(1e7, 3e7, 2)).containsExactly("1E+7", "2E+7", "3E+7");
    }

    @Test
    void aSingleNumberHasRoomAround() {
        Axis axis = Axis.of(7, 7, 0, 100);

        assertThat(axis.at(7)).isCloseTo(50, within(1e-9));
        assertThat(Axis.of(0, 0, 0, 100).ticks(4)).isNotEmpty();
    }

    @Test
    void thereAreNeverTooManyTicks() {
        for (double max = 1e-9; max < 1e9; max *= 1.37) {
            assertThat(new Axis(-max / 3, max, 0, 1).ticks(5)).hasSizeBetween(2, 6);
        }
    }
}
