package org.tinytune.train.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static final int THREADS = 3;

    @Test
    void everyUnitIsDoneOnce() {
        AtomicIntegerArray done = new AtomicIntegerArray(100);
        try (Workers workers = new Workers(THREADS)) {
            for (int count : new int[] {1, 2, 7, 100}) {
                workers.run(count, (unit, worker) -> done.incrementAndGet(unit));
            }
        }
        for (int unit = 0; unit < done.length(); unit++) {
            assertThat(done.get(unit)).as("unit %d", unit).isEqualTo(unit < 1 ? 4 : unit < 2 ? 3 : unit < 7 ? 2 : 1);
        }
    }

    @Test
    void whatGoesWrongInAUnitIsThrownToTheCaller() {
        try (Workers workers = new Workers(THREADS)) {
            assertThatThrownBy(() -> workers.run(10, (unit, worker) -> {
                        if (unit == 9) {
                            throw new IllegalStateException("unit 9");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("unit 9");
        }
    }

    /** A thread that lived on would keep all that its last piece of work refers to. */
    @Test
    void helpersHaveEndedWhenTheyAreClosed() {
        long before = helpers();
        Workers workers = new Workers(THREADS);
        workers.run(10, (unit, worker) -> {});
        assertThat(helpers()).isEqualTo(before + THREADS - 1);
        workers.close();
        assertThat(helpers()).isEqualTo(before);
    }

    private static long helpers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().startsWith("tinytune-train-"))
                .count();
    }
}
