package org.tinytune.device.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.device.Progress;
import org.tinytune.device.stream.StreamFormat.RateSource;

class StreamRecorderTest {
    private static final StreamFormat PLAIN =
            new StreamFormat(List.of("x", "y"), OptionalInt.empty(), 0, 50, RateSource.SKETCH, 50, 0);
    private static final StreamFormat TIMED =
            new StreamFormat(List.of("x", "micros"), OptionalInt.of(1), 1e-6, 50, RateSource.TIMES, 50, 0);

    private final ScriptedLink link = new ScriptedLink();

    private Take record(StreamFormat format, int moments) {
        return new StreamRecorder(link.timedLines(), format).record(moments, Progress.NONE);
    }

    @Test
    void aBrokenLineTakesItsMoment() {
        link.lines(0, 50, 10, i -> i == 3 ? "3" : i + "," + -i);

        Take take = record(PLAIN, 6);

        assertThat(take.rows()).extracting(row -> row.get(0)).containsExactly("0", "1", "2", "4", "5");
        assertThat(take.millis()).containsExactly(0.0, 20.0, 40.0, 80.0, 100.0);
        assertThat(take.brokenLines()).isOne();
    }

    @Test
    void whatTheSketchMissedIsAGap() {
        link.lines(0, 50, 3, i -> i + ",0")
                .at(0.1, "# late 2\n# tinytune rate=50\n")
                .lines(0.12, 50, 9, i -> "7,0");

        Take take = record(PLAIN, 7);

        assertThat(take.millis()).containsExactly(0.0, 20.0, 40.0, 100.0, 120.0);
        assertThat(take.missed()).isEqualTo(2);
        assertThat(take.brokenLines()).isZero();
    }

    /** A counter of 32 bits wraps in the middle. */
    @Test
    void takesTheBoardsTimes() {
        long begin = (1L << 32) - 30_000;
        link.lines(0, 50, 4, i -> i + "," + (begin + 20_010L * i) % (1L << 32));

        Take take = record(TIMED, 4);

        assertThat(take.rows()).containsExactly(List.of("0"), List.of("1"), List.of("2"), List.of("3"));
        assertThat(take.millis())
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : 1)
                .containsExactly(0.0, 20.01, 40.02, 60.03);
    }

    @Test
    void aTimeThatGoesBackIsABrokenLine() {
        link.lines(0, 50, 5, i -> i + "," + (i == 2 ? 7 : 100_000 + 20_000 * i));

        assertThat(record(TIMED, 5).brokenLines()).isOne();
    }

    @Test
    void linesPassUntilTheRecordingBegins() {
        int[] asked = {0};
        StreamRecorder recorder = new StreamRecorder(link.timedLines(), PLAIN);
        link.lines(0, 50, 20, i -> i + ",0");

        recorder.idle(() -> asked[0]++ == 10);

        assertThat(recorder.record(2, Progress.NONE).rows()).containsExactly(List.of("10", "0"), List.of("11", "0"));
    }

    @Test
    void tooManyBrokenLinesAreAnError() {
        link.lines(0, 50, 100, i -> i % 5 == 0 ? "\u0000\u0007" : "1,2");

        assertThatThrownBy(() -> record(PLAIN, 60))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DEVICE_NOT_FOUND))
                .hasMessageContaining("7 of 31 lines are broken, as in '??' (check the cable and --baud");
    }

    @Test
    void silenceInTheMiddleIsAnError() {
        link.lines(0, 50, 10, i -> "1,2");

        assertThatThrownBy(() -> record(PLAIN, 60))
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining("nothing comes for 5 s");
    }

    @Test
    void aRateThatIsFarTooHighIsAnError() {
        link.lines(0, 1, 1000, i -> "1,2");

        assertThatThrownBy(() -> record(PLAIN, 100))
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining("far fewer than the rate says (check --rate)");
    }
}
