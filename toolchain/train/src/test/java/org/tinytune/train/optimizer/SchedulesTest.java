package org.tinytune.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SchedulesTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

    @Test
    void constantIsOneThroughout() {
        for (double progress = 0; progress < 1; progress += 0.125) {
            assertThat(Schedule.CONSTANT.factor(progress)).isEqualTo(1);
        }
    }

    /** {@code (1 + cos(π t)) / 2}: cos 0 = 1, cos(π/3) = 0.5, cos(π/2) = 0, cos(2π/3) = -0.5, cos π = -1. */
    @Test
    void withoutWarmUpItIsHalfACosine() {
        CosineSchedule schedule = new CosineSchedule(0);
        assertThat(schedule.factor(0)).isCloseTo(1, ROUNDING);
        assertThat(schedule.factor(1 / 3.0)).isCloseTo(0.75, ROUNDING);
        assertThat(schedule.factor(0.5)).isCloseTo(0.5, ROUNDING);
        assertThat(schedule.factor(2 / 3.0)).isCloseTo(0.25, ROUNDING);
        assertThat(schedule.factor(1)).isCloseTo(0, ROUNDING);
    }

    /** A fifth of the way up, then the cosine over the other four fifths: 0.6 is their middle. */
    @Test
    void warmUpIsAStraightLineInFrontOfTheCosine() {
        CosineSchedule schedule = new CosineSchedule(0.2);
        assertThat(schedule.factor(0.05)).isCloseTo(0.25, ROUNDING);
        assertThat(schedule.factor(0.1)).isCloseTo(0.5, ROUNDING);
        assertThat(schedule.factor(0.2)).isCloseTo(1, ROUNDING);
        assertThat(schedule.factor(0.6)).isCloseTo(0.5, ROUNDING);
        assertThat(schedule.factor(1)).isCloseTo(0, ROUNDING);
    }

    @Test
    void theFirstStepMovesSomething() {
        assertThat(new CosineSchedule(0.2).factor(0)).isEqualTo(0.05);
        assertThat(CosineSchedule.standard().factor(0)).isEqualTo(0.05);
    }

    @Test
    void afterTheWarmUpItOnlyFalls() {
        CosineSchedule schedule = CosineSchedule.standard();
        double before = 1;
        for (double progress = 0.05; progress < 1; progress += 0.01) {
            assertThat(schedule.factor(progress)).isBetween(0.0, before);
            before = schedule.factor(progress);
        }
    }
}
