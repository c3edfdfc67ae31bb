package org.tinytune.device.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.device.stream.StreamFormat.RateSource;

class StreamProbeTest {
    private final ScriptedLink link = new ScriptedLink();

    private StreamFormat probe(String... names) {
        return StreamProbe.probe(link.timedLines(), OptionalDouble.empty(), List.of(names));
    }

    private static void assertRefused(ThrowingCallable run, ExitCode code, String... parts) {
        assertThatThrownBy(run)
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(code))
                .hasMessageContainingAll(parts);
    }

    @Test
    void measuresTheRateAtWhichLinesArrive() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 200; i++) {
            link.at(0.5 + i / 62.5 + 0.004 * random.nextDouble(), i + "," + -i + ".5,7\n");
        }

        StreamFormat format = probe();

        assertThat(format.rateHz()).isEqualTo(62.5);
        assertThat(format.rateFrom()).isEqualTo(RateSource.ARRIVAL);
        assertThat(format.jitterMillis()).isCloseTo(4 / Math.sqrt(12), within(0.2));
        assertThat(format.axes()).containsExactly("axis1", "axis2", "axis3");
    }

    /** As an adapter delivers them, some at once. */
    @Test
    void arrivalInPortionsIsJitterAndNoOtherRate() {
        for (int i = 0; i < 40; i++) {
            link.at(i * 0.0625, "1,2\n3,4\n5,6\n7,8\n9,10\n11,12\n13,14\n15,1".substring(i == 0 ? 2 : 0) + "6\n");
        }

        StreamFormat format = probe();

        assertThat(format.arrivalHz()).isCloseTo(128, within(1.0));
        assertThat(format.jitterMillis()).isCloseTo(62.5 / Math.sqrt(12), within(2.0));
    }

    @Test
    void believesTheSketchAndTellsWhenLinesComeOtherwise() {
        link.at(0, "# tinytune rate=100 columns=ax,ay\n").lines(0.1, 50, 200, i -> i + ",2");

        StreamFormat format = probe();

        assertThat(format.rateHz()).isEqualTo(100);
        assertThat(format.rateFrom()).isEqualTo(RateSource.SKETCH);
        assertThat(format.arrivalHz()).isCloseTo(50, within(0.01));
        assertThat(format.axes()).containsExactly("ax", "ay");
    }

    @Test
    void aRemarkMayComeLater() {
        link.lines(0, 40, 41, i -> "1;2")
                .at(1.02, "# tinytune rate=40.5 columns=x,y\n")
                .lines(1.03, 40, 100, i -> "3;4");

        StreamFormat format = probe();

        assertThat(format.axes()).containsExactly("x", "y");
        assertThat(format.rateHz()).isEqualTo(40.5);
    }

    @Test
    void theBoardsOwnTimesGoBeforeItsRemarks() {
        link.at(0, "# tinytune rate=100 columns=time_us,x\n").lines(0.1, 55, 200, i -> 10_040L * i + 7 + "," + i);

        StreamFormat format = probe();

        assertThat(format.rateFrom()).isEqualTo(RateSource.TIMES);
        assertThat(format.rateHz()).isCloseTo(99.6, within(1e-9));
        assertThat(format.timeUnit()).isEqualTo(1e-6);
        assertThat(format.axes()).containsExactly("x");
    }

    @Test
    void aHeaderNamesColumnsAndGreetingsAreNoReadings() {
        link.at(0, "sensor ready\nmillis,ax,ay\n").lines(0.1, 50, 200, i -> 20 * i + ",1,2,");

        StreamFormat format = probe();

        assertThat(format.columns()).containsExactly("millis", "ax", "ay");
        assertThat(format.rateHz()).isEqualTo(50);
        assertThat(format.timeUnit()).isEqualTo(1e-3);
    }

    @Test
    void theUserGoesBeforeAll() {
        link.at(0, "# tinytune rate=100 columns=time_us,x\n").lines(0.1, 50, 200, i -> 10_000L * i + "," + i);

        StreamFormat format = StreamProbe.probe(link.timedLines(), OptionalDouble.of(25), List.of("gyro"));

        assertThat(format.rateHz()).isEqualTo(25);
        assertThat(format.rateFrom()).isEqualTo(RateSource.USER);
        assertThat(format.columns()).containsExactly("time_us", "gyro");
    }

    @Test
    void namesMustBeAsManyAsColumns() {
        link.lines(0, 50, 200, i -> "1,2,3");

        assertRefused(() -> probe("x", "y"), ExitCode.USAGE, "--axes names 2 columns, but /dev/scripted sends 3");
    }

    /** The first line may lack its beginning. */
    @Test
    void theFirstLineIsNotBelieved() {
        link.at(0, "4\n").lines(0.02, 50, 200, i -> "1,2,3");

        assertThat(probe().columns()).hasSize(3);
    }

    @Test
    void aSilentPortIsToldInBoundedTime() {
        assertRefused(this::probe, ExitCode.DEVICE_NOT_FOUND, "/dev/scripted: nothing comes for 5 s", "--baud");
    }

    @Test
    void bytesWithoutLinesAreTold() {
        for (int i = 0; i < 1000; i++) {
            link.at(i * 0.01, "~");
        }

        assertRefused(this::probe, ExitCode.DEVICE_NOT_FOUND, "no line of text ends for 5 s");
    }

    @Test
    void whatIsNoReadingsIsShown() {
        link.lines(0, 50, 2000, i -> "x=" + i + "\u0001");

        assertRefused(this::probe, ExitCode.DEVICE_NOT_FOUND, "lines are no readings, as in 'x=", "?'", "commas");
    }

    @Test
    void tooFewReadingsAreTold() {
        link.lines(0, 0.25, 20, i -> "1,2");

        StreamFormat format = probe();

        assertThat(format.rateHz()).isEqualTo(0.25);
        ScriptedLink slower = new ScriptedLink()
                .at(0, "1\n")
                .at(4.9, "2\n")
                .at(9.8, "#\n")
                .at(14.7, "#\n")
                .at(19, "3\n");
        assertRefused(
                () -> StreamProbe.probe(slower.timedLines(), OptionalDouble.empty(), List.of()),
                ExitCode.DEVICE_NOT_FOUND,
                "only 2 readings in 15 s");
    }
}
