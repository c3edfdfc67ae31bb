package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.data.Dataset;

/** What the times of series are taken for. */
class SeriesTimesTest extends SeriesTables {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time       | %d               | 10      | 100",
                "timestamp  | %d               | 9615    | 104.0",
                "time       | 170000000%04d    | 10      | 100",
                "t_us       | %d               | 100     | 10000",
                "time (s)   | %d               | 1       | 1",
                "time_ms    | %d               | 1       | 1000",
                "timestamp[ns] | %d            | 20000000 | 50",
                "time       | 0.%04d           | 50      | 200",
                "time       | %d.5             | 20      | 50",
                "time       | 2026-01-31T12:00:0%d.5Z | 1 | 1",
                "Zeit [ms]  | %d               | 10      | 100",
                "t [\u00b5s] | %d             | 500     | 2000",
                "Zeitstempel | 31.01.2026 12:00:00.%04d | 50 | 200",
                "Uhrzeit    | 12:00:00.%03d    | 20      | 50",
                "timestamp  | 2026-01-31 12:00:00.%03d | 8 | 125",
                "timestamp  | 1700000000.%04d  | 50      | 200",
                "timestamp  | 1700000000%06d   | 2000    | 500",
            })
    void theStepsOfTheTimesTellTheRate(String column, String format, int step, double rateHz) {
        DataInspection found = inspect(series(column, 9, i -> String.format(Locale.ROOT, format, i * step)), Map.of());

        assertThat(found.dataset().signal().orElseThrow().rateHz()).isCloseTo(rateHz, Percentage.withPercentage(0.01));
        assertThat(found.dataset().signal().orElseThrow().channels()).containsExactly("x", "y");
    }

    @Test
    void jitterCancelsOut() {
        int[] jitter = {0, 1, -1, 2, 0, -2, 1, 0, 0};

        DataInspection found =
                inspect(series("time", 900, i -> Integer.toString(1000 + i * 1000 / 104 + jitter[i % 9])), Map.of());

        assertThat(found.dataset().signal().orElseThrow().rateHz()).isEqualTo(104);
    }

    @Test
    void noWindowBridgesAGap() {
        DataInspection found = inspect(
                series("time", 40, i -> Integer.toString(10 * i + (i > 20 ? 500 : 0))), Map.of("window", "7 samples"));

        assertThat(found.dataset().signal().orElseThrow().rateHz()).isEqualTo(100);
        assertThat(found.notes())
                .contains(
                        "a/1.csv has 1 gap in its times, the longest of 0.510 s before line 23: it is cut there, and no"
                                + " window bridges one");
        assertThat(found.recordings().orElseThrow().count()).isEqualTo(2);
        assertThat(found.dataset().size()).as("7 rows each, of 21 and 19").isEqualTo(5);
        float[] window = new float[14];
        found.dataset().read(3, window, 0);
        assertThat(window[0]).isEqualTo(21);
        assertThat(found.dataset().groups()).as("both parts stay in one part").containsExactly("a/1.csv lines 2-41");
    }

    @Test
    void aFewMissingReadingsAreNoGap() {
        DataInspection found = inspect(series("time", 40, i -> Integer.toString(10 * i + (i > 20 ? 40 : 0))), Map.of());

        assertThat(found.recordings().orElseThrow().count()).isEqualTo(1);
        assertThat(found.dataset().signal().orElseThrow().rateHz()).isEqualTo(100);
    }

    /** As when a radio hands over eight readings at once. */
    @Test
    void readingsThatComeInBurstsAreNotTornApart() {
        DataInspection found = inspect(
                series("time", 400, i -> Integer.toString(160 * (i / 8) + 2 * (i % 8))),
                Map.of("window", "50 samples"));

        assertThat(found.recordings().orElseThrow().count()).isEqualTo(1);
        assertThat(found.dataset().signal().orElseThrow().rateHz()).isCloseTo(50, Percentage.withPercentage(2));
        assertThat(found.notes()).anyMatch(note -> note.startsWith("a/1.csv has times that come in bursts"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%d | 20 | times in steps of 20 are taken for ms, which makes about 50 Hz",
                "%d | 2000 | times in steps of 2000 are taken for us, which makes about 500 Hz",
                "%d000000 | 50 | times in steps of 50000000 are taken for ns, which makes about 20 Hz",
                "49%05d000000 | 50 | times in steps of 50000000 are taken for ns, which makes about 20 Hz",
                "0.%04d | 100 | times in steps of 0.01 are taken for s, which makes about 100 Hz",
            })
    void aGuessedUnitIsTold(String format, int step, String note) {
        String rows = series("time", 9, i -> String.format(Locale.ROOT, format, i * step));

        assertThat(inspect(rows, Map.of()).notes())
                .contains(note + " (time_unit = \"s\", \"ms\", \"us\" or \"ns\", or --time-unit, says another unit)");
        assertThat(inspect(rows, Map.of("time_unit", "ms")).notes()).noneMatch(told -> told.contains("taken for"));
    }

    @Test
    void aUnitThatIsKnownIsNotTold() {
        for (String column : List.of("time_ms", "t (s)")) {
            assertThat(inspect(series(column, 9, i -> Integer.toString(20 * i)), Map.of())
                            .notes())
                    .noneMatch(note -> note.contains("taken for"));
        }
        assertThat(inspect(series("time", 9, i -> "17000000000" + (10 + 20 * i / 10)), Map.of())
                        .notes())
                .noneMatch(note -> note.contains("taken for"));
    }

    @ParameterizedTest
    @CsvSource({
        "1698501144,1e3,1",
        "1698501144000,20,50",
        "1698501144000000,20000,50",
        "1698501144000000000,20000000,50"
    })
    void timesSince1970AreOfAnyUnit(long first, double step, double rateHz) {
        String rows = series("time", 40, i -> Long.toString(first + i * (rateHz == 1 ? 1 : (long) step)));

        assertThat(rate(rows, Map.of())).isEqualTo(rateHz);
        assertThat(inspect(rows, Map.of()).notes())
                .noneMatch(note -> note.contains("taken for s")
                        || note.contains("taken for ms")
                        || note.contains("taken for us")
                        || note.contains("taken for ns"));
    }

    @Test
    void nanosecondsOfAPhoneThatRunsForWeeksAreNoDates() {
        String rows = series("timestamp", 40, i -> Long.toString(1_500_000_000_000_000L + 5_000_000L * i));

        assertThat(rate(rows, Map.of())).isEqualTo(200);
        assertThat(inspect(rows, Map.of()).notes())
                .anyMatch(note -> note.startsWith("times in steps of 5000000 are taken for ns"));
        assertThat(rate(rows, Map.of("rate", "200"))).isEqualTo(200);
    }

    @Test
    void numbersOfTimesAreWrittenInAnyWay() {
        assertThat(rate("time,x\n.00,1\n.02,2\n.04,3\n", Map.of())).isEqualTo(50);
        assertThat(rate("time,x\n0.000000000000000000000000000000,1\n0.02,2\n0.04,3\n", Map.of()))
                .isEqualTo(50);
        assertThat(rate("time,x\n0.00000000000000000001,1\n0.02000000000000000001,2\n0.04,3\n", Map.of()))
                .isEqualTo(50);
        assertThat(rate("time [min],x\n0,1\n0.5,2\n1.0,3\n", Map.of())).isCloseTo(1 / 30.0, within(1e-9));
    }

    @Test
    void timesToTheSecondGiveWayToAStatedRate() {
        String rows = series("time", 100, i -> "2026-01-31 12:00:0" + i / 50);

        refuses(rows, Map.of()).contains("give rate = ... in Hz (or --rate)");
        assertThat(rate(rows, Map.of("rate", "50"))).isEqualTo(50);
        assertThat(inspect(rows, Map.of("rate", "50")).notes())
                .anyMatch(note -> note.contains("its readings are taken for evenly spaced"))
                .noneMatch(note -> note.contains("gap"));
    }

    @Test
    void timesThatCountRowsGiveWayToAStatedRate() {
        DataInspection found = inspect(series("time", 40, Integer::toString), Map.of("rate", "50", "columns", "x,y"));

        assertThat(found.dataset().signal().orElseThrow().rateHz()).isEqualTo(50);
        assertThat(found.notes())
                .contains("a/1.csv has times that only count its rows: its readings are taken for evenly spaced, at the"
                        + " rate that is stated");
    }

    /** As the packets of a radio link do, some of which are lost. */
    @Test
    void rowsThatAreMissingInACountAreAGap() {
        String rows = series("time", 60, i -> Integer.toString(i < 30 ? i : i + 100));

        DataInspection found = inspect(rows, Map.of("rate", "50", "columns", "x,y"));

        assertThat(found.recordings().orElseThrow().count()).isEqualTo(2);
        assertThat(found.dataset().signal().orElseThrow().rateHz()).isEqualTo(50);
        assertThat(found.notes()).anyMatch(note -> note.contains("1 gap") && note.contains("2.020 s before line 32"));
    }

    @ParameterizedTest
    @CsvSource({"10,4,1", "10,5,6", "2,4,1", "2,5,30"})
    void aCountThatLeavesMoreThanFourRowsOutIsCut(int together, int missing, long recordings) {
        String rows = series("time", 60, i -> Integer.toString(i + i / together * missing));

        DataInspection found = inspect(rows, Map.of("rate", "50", "columns", "x,y"));

        assertThat(found.recordings().orElseThrow().count()).isEqualTo(recordings);
        assertThat(found.notes().stream().filter(note -> note.contains(" gap")).count())
                .isEqualTo(recordings == 1 ? 0 : 1);
    }

    /** Packets of ten readings, a millisecond apart as they come: 50 readings a second. */
    @Test
    void burstsAreNoCountOfRows() {
        String rows = series("time", 600, i -> Integer.toString(i + i / 10 * 190));

        DataInspection found = inspect(rows, Map.of("rate", "50", "columns", "x,y"));

        assertThat(found.recordings().orElseThrow().count()).isEqualTo(1);
        assertThat(found.dataset().signal().orElseThrow().rateHz()).isEqualTo(50);
        assertThat(found.notes())
                .anyMatch(note -> note.contains("times that come in bursts"))
                .noneMatch(note -> note.contains(" gap"));
    }

    /** Where the usual step is that of the stated rate, long ones are no bursts, however many there are. */
    @ParameterizedTest
    @CsvSource({"1,1000", "20,50"})
    void readingsThatAreMissingAtAStatedRateAreGaps(int step, double rate) {
        String rows = series("time", 60, i -> Integer.toString(step * (i + i / 10 * 100)));

        DataInspection found = inspect(rows, Map.of("rate", Double.toString(rate), "columns", "x,y"));

        assertThat(found.recordings().orElseThrow().count()).isEqualTo(6);
        assertThat(found.dataset().signal().orElseThrow().rateHz()).isEqualTo(rate);
    }

    @ParameterizedTest
    @CsvSource({"noon,'noon' is no time", "5,the time goes back to '5'"})
    void timesThatAreNoneAreNotNeeded(String cell, String why) {
        String rows = series("time", 40, i -> i == 7 ? cell : Integer.toString(20 * i));
        refuses(rows, Map.of())
                .startsWith("a/1.csv line 9, column 1 ('time'): " + why)
                .endsWith("; times are not needed if --columns and --rate are given");
        refuses(rows, Map.of("rate", "50")).contains(why);
        refuses(rows, Map.of("rate", "50", "columns", "x,y", "time_column", "time"))
                .contains(why);

        DataInspection found = inspect(rows, Map.of("rate", "50", "columns", "x,y"));

        assertThat(found.recordings().orElseThrow().count()).isEqualTo(1);
        assertThat(found.dataset().signal().orElseThrow().rateHz()).isEqualTo(50);
        assertThat(found.notes())
                .anyMatch(
                        note -> note.contains(why) && note.endsWith("at the rate that is stated, and no gap is seen"));
    }

    /** Microseconds of a second each are as long as nanoseconds of a millisecond, but more usual. */
    @ParameterizedTest
    @CsvSource({"1000000,1", "1000003,1", "999997,1", "5000000,200"})
    void microsecondsSince1970MayBeASecondApart(long step, double rateHz) {
        String rows = series("time", 40, i -> Long.toString(1_700_000_000_000_000L + step * i));

        assertThat(rate(rows, Map.of())).isEqualTo(rateHz);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time_us | %d             | 10 us, as their column says, make about 100000 Hz: if",
                "time    | 17000000000%05d | 10 us make about 100000 Hz: if",
                "time    | 12:00:00.%05d   | 0.0001 s make about 10000 Hz",
                "time    | 12:00:00.%06d   | 0.00001 s make about 100000 Hz, which few sensors have",
            })
    void highRatesAreTold(String column, String format, String note) {
        String rows = series(column, 40, i -> String.format(Locale.ROOT, format, 10 * i));
        List<String> notes = inspect(rows, Map.of("window", "10 samples")).notes();

        assertThat(notes.stream()
                        .filter(told -> told.startsWith("times in steps of " + note))
                        .count())
                .isEqualTo(note.contains(" 10000 Hz") ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1/31/2026 23:59:59.%03d | 2/1/2026 00:00:00.%03d",
                "31/1/2026 23:59:59.%03d | 1/2/2026 00:00:00.%03d",
                "1/12/2026 23:59:59.%03d | 1/13/2026 00:00:00.%03d",
                "12/01/2026 23:59:59.%03d | 13/01/2026 00:00:00.%03d",
                "1/2/2026 12:00:00.%03d | 1/2/2026 12:00:01.%03d",
            })
    void datesWithSlashesAreReadIfTheyTellTheirOrder(String first, String second) {
        String rows = series("time", 40, i -> String.format(Locale.ROOT, i < 20 ? first : second, 50 * (i % 20)));

        assertThat(rate(rows, Map.of())).isEqualTo(20);
        assertThat(inspect(rows, Map.of()).notes()).noneMatch(note -> note.contains("gap"));
    }

    @ParameterizedTest
    @CsvSource({"1/2/2026,1/3/2026", "1/31/2026,31/1/2026", "1/2/2026,2/30/2026", "31/31/2026,1/1/2026"})
    void datesWithSlashesAreRefusedIfTheyMayBeTwo(String first, String second) {
        refuses(series("time", 2, i -> (i == 0 ? first : second) + " 12:00:0" + i), Map.of())
                .contains(
                        "whether its day or its month comes first cannot be told from the dates up to it: write them as"
                                + " 2026-01-31 12:00:00.250");
    }

    @Test
    void timesOfDayPassMidnight() {
        String rows = series(
                "time", 40, i -> String.format(Locale.ROOT, i < 20 ? "23:59:59.%03d" : "00:00:00.%03d", 50 * (i % 20)));

        assertThat(rate(rows, Map.of())).isEqualTo(20);
        assertThat(inspect(rows, Map.of()).notes()).noneMatch(note -> note.contains("gap"));
    }

    @Test
    void aUnitThatMakesAnOddRateIsDoubted() {
        String rows = series("time_ms", 40, i -> String.format(Locale.ROOT, "%.2f", 0.01 * i));
        String doubt = "times in steps of 0.01 ms, as their column says, make about 100000 Hz: if their unit is another"
                + " one, say time_unit = \"s\" (or ms, us, ns), or --time-unit";

        assertThat(inspect(rows, Map.of()).notes()).contains(doubt);
        assertThat(inspect(rows, Map.of("time_unit", "ms")).notes()).doesNotContain(doubt);
        assertThat(rate(rows, Map.of("time_unit", "s"))).isEqualTo(100);
    }

    @Test
    void stepsOfOneTellNothing() {
        String rows = series("time", 9, Integer::toString);
        refuses(rows, Map.of())
                .isEqualTo("a/1.csv: its times count by 1, which could be seconds, milliseconds or rows: give time_unit"
                        + " = \"ms\" (or s, us), or rate = ... in Hz");

        assertThat(rate(rows, Map.of("time_unit", "ms"))).isEqualTo(1000);
        assertThat(rate(rows, Map.of("rate", "1000"))).isEqualTo(1000);
    }

    @Test
    void withoutTimesTheRateHasToBeSaid() {
        String rows = "1;2\n3;4\n5;6\n";
        TestFiles.write(folder, "a/1.csv", rows);
        TestFiles.write(folder, "b/1.csv", rows);
        Expect.invalidInput(() -> DataSets.load(folder))
                .isEqualTo("a/1.csv has no column of times, so that its rate is unknown: give rate = ... in Hz (or"
                        + " --rate), or name the column (time_column, --time-column, or a header such as time_ms)");

        Dataset data = load(Map.of("rate", "50"));

        assertThat(data.labels()).containsExactly("a", "b");
        assertThat(data.shape().dims()).containsExactly(3, 1, 2);
        assertThat(data.signal().orElseThrow().rateHz()).isEqualTo(50);
    }

    @Test
    void timesThatBeginAgainBeginARecording() {
        TestFiles.write(folder, "all.csv", "time,x,label\n0,1,a\n10,2,a\n0,3,a\n10,4,a\n0,5,b\n10,6,b\n");

        assertThat(DataSets.inspect(folder, options(Map.of()))
                        .recordings()
                        .orElseThrow()
                        .labels())
                .isEqualTo(Map.of("a", 2, "b", 1));
    }

    @Test
    void aTemperatureIsNoTime() {
        IntFunction<String> readings = i -> 20 * i + "," + i % 3 + "," + (21 + i * i % 5 * 0.01);
        String rows = readings("time,ax,T,ay", 20, readings);
        assertThat(channels(inspect(rows, Map.of()))).containsExactly("ax", "T", "ay");

        String withoutTimes = readings("ax,T,ay", 20, i -> i % 3 + "," + (21 + i * i % 5 * 0.01));
        DataInspection found = inspect(withoutTimes, Map.of("rate", "50"));
        assertThat(channels(found)).containsExactly("ax", "T", "ay");

        found = inspect(readings("T,ax", 20, i -> Integer.toString(20 * i)), Map.of());
        assertThat(channels(found)).containsExactly("ax");
        assertThat(found.dataset().signal().orElseThrow().rateHz()).isEqualTo(50);
    }

    @Test
    void timesBesideTimesAreTold() {
        DataInspection found = inspect(readings("time,T,x", 20, i -> 20 * i + "," + i * 0.02), Map.of());

        assertThat(channels(found)).containsExactly("x");
        assertThat(found.notes())
                .contains("the column T is taken for no readings (columns = \"...\", or --columns, says which ones"
                        + " are)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "epoc (ms),timestamp (+0100),elapsed (s),x | 17146048%05d,2024-05-01T23:06:40.%2$03d,%3$s | 20",
                "loggingTime(txt),accelerometerTimestamp_sinceReboot(s),x | 2024-05-01 23:06:40.%2$03d +0100,%3$s | 20",
                "accelerometerTimestamp_sinceReboot(s),x | 9000%3$s | 20",
                "sensorTime (ms),x                       | %d       | 20",
                "elapsedMillis (ms),x                    | %d       | 20",
                "time_since_start_ms,x                   | %d       | 20",
                "systemtime,x                            | 17146048%05d | 20",
                "tick,x                                  | 17146048%05d | 20",
                "tick,x                                  | 9106%1$05d000000 | 20",
            })
    void whatHoldsTimesIsNoChannel(String header, String format, int step) {
        IntFunction<String> times = i -> {
            int ms = i * step;
            return String.format(Locale.ROOT, format, ms, ms, String.format(Locale.ROOT, "%.3f", ms / 1000.0));
        };

        String rows = readings(header, 40, times);
        TestFiles.write(folder, "b/1.csv", rows);

        DataInspection found = inspect(rows, Map.of());

        assertThat(channels(found)).containsExactly("x");
        assertThat(found.dataset().signal().orElseThrow().rateHz()).isCloseTo(50, Percentage.withPercentage(0.01));
    }

    @Test
    void timesWithoutAHeaderTellTheRate() {
        TestFiles.write(folder, "b/1.csv", times(40, 1714604800000L));
        String rows = times(40, 1714604800000L);

        DataInspection found = inspect(rows, Map.of());

        assertThat(channels(found)).containsExactly("column2", "column3");
        assertThat(found.dataset().signal().orElseThrow().rateHz()).isEqualTo(50);
        assertThat(found.notes())
                .contains(
                        "the column column1 is taken for times (time_column = ..., or --time-column, names another one;"
                                + " columns = \"...\", or --columns, makes a channel of it)");
        assertThat(channels(inspect(rows, Map.of("columns", "3,2")))).containsExactly("column3", "column2");
    }

    @Test
    void aColumnThatMayHoldTimesIsNamed() {
        String rows = times(40, 0);
        TestFiles.write(folder, "b/1.csv", rows);
        refuses(rows, Map.of())
                .endsWith(": if column1 holds times, --time-column 1 --time-unit ms (or s, us, ns) say so");

        assertThat(rate(rows, Map.of("time_column", "1", "time_unit", "ms"))).isEqualTo(50);
        assertThat(channels(inspect(rows, Map.of("rate", "50")))).containsExactly("column2", "column3");
    }

    /** A name alone makes no times of readings. */
    @Test
    void whatIsCalledLikeTimesButFallsIsAReading() {
        DataInspection found = inspect(readings("time,lifetime,x", 40, i -> 20 * i + "," + i % 7), Map.of());

        assertThat(channels(found)).containsExactly("lifetime", "x");
    }

    @Test
    void timesBeginAgainWithEachRecording() {
        StringBuilder rows = new StringBuilder("sensorTime (ms),x,label\n");
        for (String label : new String[] {"a", "b", "a", "a"}) {
            for (int i = 0; i < 20; i++) {
                rows.append(20 * i)
                        .append(',')
                        .append(i * i % 7)
                        .append(',')
                        .append(label)
                        .append('\n');
            }
        }
        TestFiles.write(folder, "a/1.csv", rows.toString());

        DataInspection found = DataSets.inspect(folder, options(Map.of("window", "2 samples")));

        assertThat(channels(found)).containsExactly("x");
        assertThat(found.recordings().orElseThrow().count()).isEqualTo(4);
    }
}
