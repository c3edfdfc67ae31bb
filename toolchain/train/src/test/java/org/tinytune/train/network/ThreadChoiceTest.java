package org.tinytune.train.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadChoiceTest {
    private static final int ONE = 1;
    private static final int ALL = 4;

    private long clock;
    private final ThreadChoice choice = new ThreadChoice(ALL, () -> clock);

    /** Runs steps that take as long as is said, and tells on how many threads each did. */
    private List<Integer> run(int steps, long nanosOnAll, long nanosOnOne) {
        List<Integer> threads = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            int count = choice.begin();
            threads.add(count);
            clock += count == ALL ? nanosOnAll : nanosOnOne;
            choice.end();
        }
        return threads;
    }

    @Test
    void triesOneThreadAndKeepsItWhereItIsFaster() {
        assertThat(run(ThreadChoice.WARM_UP + ThreadChoice.TRIAL, 20, 10)).containsOnly(ALL);
        assertThat(run(ThreadChoice.TRIAL, 20, 10)).containsOnly(ONE);
        assertThat(run(ThreadChoice.PERIOD - 2 * ThreadChoice.TRIAL, 20, 10)).containsOnly(ONE);
    }

    @Test
    void goesBackToAllThreadsAfterTheTrialWhereTheyAreAsFast() {
        run(ThreadChoice.WARM_UP + 2 * ThreadChoice.TRIAL, 10, 10);

        assertThat(run(ThreadChoice.PERIOD - 2 * ThreadChoice.TRIAL, 10, 10)).containsOnly(ALL);
    }

    @Test
    void triesAgain() {
        run(ThreadChoice.WARM_UP + ThreadChoice.PERIOD, 20, 10);

        assertThat(run(ThreadChoice.TRIAL, 5, 10)).containsOnly(ALL);
        assertThat(run(ThreadChoice.TRIAL, 5, 10)).containsOnly(ONE);
        assertThat(run(10, 5, 10)).containsOnly(ALL);
    }

    @Test
    void aStepThatTakesVeryLongDecidesNothing() {
        run(ThreadChoice.WARM_UP, 10, 20);
        run(ThreadChoice.TRIAL - 1, 10, 20);
        run(1, 1_000_000, 20);
        run(ThreadChoice.TRIAL, 10, 20);

        assertThat(run(1, 10, 20)).containsOnly(ALL);
    }

    @Test
    void aSingleThreadIsNoChoice() {
        ThreadChoice single = new ThreadChoice(ONE, () -> {
            throw new AssertionError("no clock is read");
        });
        for (int i = 0; i < 2 * ThreadChoice.PERIOD; i++) {
            assertThat(single.begin()).isEqualTo(ONE);
            single.end();
        }
    }
}
