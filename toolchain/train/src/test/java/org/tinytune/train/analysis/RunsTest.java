package org.tinytune.train.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class RunsTest {
    private long clock;
    private int runs;

    /** How often work runs until it is warm, of which run i takes so long. */
    private int runsOfWarmUp(IntToLongFunction nanos) {
        new Runs(() -> clock += nanos.applyAsLong(runs++), () -> clock).warmUp(0);
        return runs;
    }

    @Test
    void warmsUpUntilRunsGetNoFaster() {
        assertThat(runsOfWarmUp(i -> Math.max(25, 100 >> i))).isEqualTo(4);
    }

    @Test
    void steadyRunsAreWarmAtOnce() {
        assertThat(runsOfWarmUp(i -> 100 - i)).isEqualTo(2);
    }

    @Test
    void endsWhereRunsGetFasterForEver() {
        assertThat(runsOfWarmUp(i -> 1_000_000 >> i)).isEqualTo(10);
    }
}
