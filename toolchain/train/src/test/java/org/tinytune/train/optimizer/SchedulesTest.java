package org.tinytune.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchedulesTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

    @Test
    void constantIsOneThroughout() {
        for (double progress = 0; progress < 1; progress += 0.125) {
            assertThat(new ConstantSchedule().factor(progress)).isEqualTo(1);
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

    /** A tenth after each third: 1, 0.1, 0.01, whichever side of the boundary a quotient is rounded to. */
    @Test
    void stepsAreEquallyLong() {
        StepSchedule schedule = StepSchedule.standard();
        assertThat(schedule.factor(0)).isEqualTo(1);
        assertThat(schedule.factor(0.33)).isEqualTo(1);
        assertThat(schedule.factor(10 / 30.0)).isEqualTo(0.1);
        assertThat(schedule.factor(0.6)).isEqualTo(0.1);
        assertThat(schedule.factor(20 / 30.0)).isCloseTo(0.01, ROUNDING);
        assertThat(schedule.factor(0.99)).isCloseTo(0.01, ROUNDING);
        // 0.3 / 0.1 is a little less than 3 in doubles.
        assertThat(new StepSchedule(0.5, 0.1).factor(0.3)).isEqualTo(0.125);
    }

    /** A hundredth at the end: its square root, a tenth, in the middle, and √0.1 = 0.316228 in the first quarter. */
    @Test
    void exponentialFallsByTheSameShare() {
        ExponentialSchedule schedule = ExponentialSchedule.standard();
        assertThat(schedule.factor(0)).isEqualTo(1);
        assertThat(schedule.factor(0.25)).isCloseTo(0.316227766, Offset.offset(1e-9));
        assertThat(schedule.factor(0.5)).isCloseTo(0.1, ROUNDING);
        assertThat(schedule.factor(1)).isCloseTo(0.01, ROUNDING);
    }

    /**
     * From 0.04 to 1 in three tenths, a third of which is {@code 0.04 + 0.96 · (1 - cos(π/3)) / 2 = 0.28} and half of
     * which is 0.52; then to 4e-6, halfway at 0.65.
     */
    @Test
    void oneCycleRisesAndFalls() {
        OneCycleSchedule schedule = OneCycleSchedule.standard();
        assertThat(schedule.factor(0)).isCloseTo(0.04, ROUNDING);
        assertThat(schedule.factor(0.1)).isCloseTo(0.28, ROUNDING);
        assertThat(schedule.factor(0.15)).isCloseTo(0.52, ROUNDING);
        assertThat(schedule.factor(0.3)).isCloseTo(1, ROUNDING);
        assertThat(schedule.factor(0.65)).isCloseTo(0.500002, ROUNDING);
        assertThat(schedule.factor(1)).isCloseTo(4e-6, ROUNDING);
    }

    /** Patience 1: two epochs in a row without a loss below 0.9 of the best halve the rate, down to a fifth. */
    @Test
    void aPlateauReducesTheRate() {
        Schedule schedule = new ReduceOnPlateau(0.5, 1, 0.1, 0.2).begin();
        double[] losses = {10, 8, 7.5, 7.1, 6, 5.9, 5.3, 5.5, 5.5, 5.5, 5.5, 5.5, 5.5};
        double[] factors = {1, 1, 1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.25, 0.25, 0.2};
        for (int epoch = 0; epoch < losses.length; epoch++) {
            schedule.epochEnded(losses[epoch]);
            assertThat(schedule.factor(0.9)).as("after epoch %d", epoch + 1).isEqualTo(factors[epoch]);
        }
    }

    @Test
    void aPlateauBeginsAnewInEveryRun() {
        ReduceOnPlateau settings = new ReduceOnPlateau(0.5, 0, 0, 0);
        Schedule used = settings.begin();
        used.epochEnded(1);
        used.epochEnded(1);
        assertThat(used.factor(0)).isEqualTo(0.5);
        assertThat(settings.begin().factor(0)).isEqualTo(1);
    }

    @Test
    void aPlateauIsResumed() throws IOException {
        ReduceOnPlateau settings = new ReduceOnPlateau(0.5, 2, 0, 0);
        Schedule first = settings.begin();
        for (double loss : new double[] {3, 3, 3, 3, 3, 3}) {
            first.epochEnded(loss);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        first.save(new DataOutputStream(bytes));
        Schedule second = settings.begin();
        second.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(second.factor(0)).isEqualTo(0.5);
        // The third epoch in a row after the first reduction, with a loss that would be a new best to a new schedule.
        second.epochEnded(3);
        assertThat(second.factor(0)).isEqualTo(0.25);
    }

    static Stream<String> names() {
        return Schedules.ALL.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void factorsStayBetweenZeroAndOne(String name) {
        Schedule schedule = Schedules.ALL.get(name).begin();
        for (int step = 0; step < 1000; step++) {
            assertThat(schedule.factor(step / 1000.0)).isGreaterThan(0).isLessThanOrEqualTo(1);
            if (step % 100 == 99) {
                schedule.epochEnded(1);
            }
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new CosineSchedule(1))
                .hasMessageStartingWith("the warm-up of the cosine schedule 1.0");
        assertThatThrownBy(() -> new StepSchedule(0, 0.5)).hasMessageStartingWith("the decay of the step schedule 0.0");
        assertThatThrownBy(() -> new StepSchedule(0.5, 2)).hasMessageStartingWith("the interval of steps 2.0");
        assertThatThrownBy(() -> new StepSchedule(1, 1e-12))
                .hasMessage("the interval of steps 1.0E-12: give 1.0E-6 to 1");
        assertThatThrownBy(() -> new ExponentialSchedule(0)).hasMessageStartingWith("the last factor of the schedule");
        assertThatThrownBy(() -> new OneCycleSchedule(1, 0.1, 0)).hasMessageStartingWith("the rise of the cycle 1.0");
        assertThatThrownBy(() -> new ReduceOnPlateau(1, 3, 0, 0)).hasMessageStartingWith("the decay at a plateau 1.0");
        assertThatThrownBy(() -> new ReduceOnPlateau(0.5, -1, 0, 0))
                .hasMessageStartingWith("the patience before a plateau -1");
    }
}
