package org.tinytune.train.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytune.core.TinytuneException;

class WeightScalingTest {
    private static final WeightScaling LEARNED = new LearnedScales(3, 1);

    @Test
    void zeroStandsForTheStart() {
        assertThat(LEARNED.scale(0.02f, 0)).isEqualTo(0.02f);
        assertThat(WeightScalings.MAGNITUDE.scale(0.02f, 0)).isEqualTo(0.02f);
    }

    /** By central differences, times 1 / √(N · 127). */
    @Test
    void theSlopeIsTheDerivativeOfTheScaleAsThePaperScalesIt() {
        float learned = 0.1f;
        float step = 0.01f;
        double slope = (LEARNED.scale(0.02f, learned + step) - LEARNED.scale(0.02f, learned - step)) / (2 * step);
        assertThat(LEARNED.slope(LEARNED.scale(0.02f, learned), 50))
                .isCloseTo(slope / Math.sqrt(50 * 127.0), Offset.offset(1e-5));
    }

    @Test
    void runawayNumbersStayWithinBounds() {
        for (float learned : new float[] {1e30f, -1e30f}) {
            assertThat(LEARNED.scale(0.02f, learned) / 0.02f).isBetween(0.01f, 60f);
        }
    }

    @Test
    void scalingsHaveNamesAndSettings() {
        assertThat(WeightScalings.ALL.names()).containsExactly("magnitude", "lsq");
        assertThat(WeightScalings.ALL.get("lsq", Map.of("rate", 2, "learning_share", 0.7)))
                .isEqualTo(new LearnedScales(2, 0.7));
        assertThatThrownBy(() -> new LearnedScales(0, 1))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("the weight scale learning rate factor 0.0: give a number above 0");
        assertThatThrownBy(() -> new LearnedScales(1, -0.1)).isInstanceOf(TinytuneException.class);
    }
}
