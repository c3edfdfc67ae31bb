package org.tinytune.core.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;

class RooflineTest {
    /** Two million products or eight million bytes a second: the ridge is at a quarter of a product per byte. */
    private static final Roofline ROOFLINE = new Roofline(2e6, 8e6);

    @Test
    void theRidgeIsWhereBothLimitsMeet() {
        assertThat(ROOFLINE.ridge()).isEqualTo(0.25);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 400, 100, COMPUTE, 500", // 2 per byte: 1000 products take 500 us, 500 bytes take 62.5
        "100, 350, 50, COMPUTE, 50", // on the ridge: both take 50 us
        "100, 350, 58, MEMORY, 51", // just below: 408 bytes take 51 us
        "0, 8, 8, MEMORY, 2",
        "0, 0, 0, MEMORY, 0"
    })
    void workIsHeldUpByTheSlowerLimit(long macs, long read, long written, Bound bound, double micros) {
        Work work = new Work(macs, read, written);

        assertThat(ROOFLINE.bound(work)).isEqualTo(bound);
        assertThat(ROOFLINE.leastMicros(work)).isCloseTo(micros, within(1e-9));
    }

    @Test
    void intensityIsProductsPerByteReadOrWritten() {
        assertThat(new Work(600, 100, 20).intensity()).isEqualTo(5);
        assertThat(new Work(0, 100, 20).intensity()).isZero();
        assertThat(Work.NONE.intensity()).isNaN();
    }

    @Test
    void aBoardsRooflineIsItsPeakAtItsClock() {
        Board board = Boards.byId("qemu-mps2-an386");

        assertThat(Roofline.of(board)).contains(new Roofline(2 * 25e6, 4 * 25e6));
    }

    @Test
    void aBoardThatStatesNoPeakHasNoRoofline() {
        String toml = Boards.toml("arduino-uno");
        String without = toml.substring(0, toml.indexOf("[peak]")) + toml.substring(toml.indexOf("[emulator]"));

        assertThat(Roofline.of(Boards.parse("arduino-uno", without))).isEmpty();
    }
}
