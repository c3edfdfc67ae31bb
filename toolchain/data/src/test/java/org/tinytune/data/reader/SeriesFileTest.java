package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.data.Dataset;
import org.tinytune.data.recording.RecordingOptions;

class SeriesFileTest {
    @TempDir
    Path folder;

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
                .contains(note + " (time_unit = \"s\", \"ms\", \"us\" or \"ns\" in dataset.toml says another unit)");
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
    void rowsThatAlternateAreToBeSorted() {
        StringBuilder rows = new StringBuilder("time,user,x\n");
        for (int i = 0; i < 40; i++) {
            rows.append(10 * (i / 2))
                    .append(i % 2 == 0 ? ",ann," : ",bob,")
                    .append(i % 5)
                    .append('\n');
        }

        refuses(rows.toString(), Map.of("recording_column", "user")).contains("alternate: sort the rows");
        refuses(rows.toString(), Map.of("recording_column", "user", "rate", "50"))
                .contains("alternate: sort the rows");
    }

    @Test
    void timesOfDayPassMidnight() {
        String rows = series(
                "time", 40, i -> String.format(Locale.ROOT, i < 20 ? "23:59:59.%03d" : "00:00:00.%03d", 50 * (i % 20)));

        assertThat(rate(rows, Map.of())).isEqualTo(20);
        assertThat(inspect(rows, Map.of()).notes()).noneMatch(note -> note.contains("gap"));
    }

    @Test
    void linesAboveTheHeaderAreToBeComments() {
        refuses("Device: MMR; Rate: 50 Hz\ntime,ax,ay\n0,1,2\n20,2,3\n", Map.of())
                .contains("begin them with #");
    }

    @Test
    void aUnitThatMakesAnOddRateIsDoubted() {
        String rows = series("time_ms", 40, i -> String.format(Locale.ROOT, "%.2f", 0.01 * i));
        String doubt = "times in steps of 0.01 ms, as their column says, make about 100000 Hz: if their unit is another"
                + " one, say time_unit = \"s\" (or ms, us, ns) in dataset.toml";

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
                        + " --rate), or name the column (time_column, or a header such as time_ms)");

        Dataset data = load(Map.of("rate", "50"));

        assertThat(data.labels()).containsExactly("a", "b");
        assertThat(data.shape().dims()).containsExactly(3, 1, 2);
        assertThat(data.signal().orElseThrow().rateHz()).isEqualTo(50);
    }

    @Test
    void rowsOfOneLabelAndSessionAreARecording() {
        TestFiles.write(folder, "all.csv", """
                timestamp,x,y,label,session,subject
                0,1,2,walk,1,jo
                10,3,4,walk,1,jo
                20,5,6,run,1,jo
                30,7,8,run,1,jo
                40,9,10,run,2,al
                50,11,12,run,2,al
                """);

        DataInspection found = DataSets.inspect(folder, options(Map.of("window", "2 samples")));

        assertThat(found.format()).isEqualTo("CSV time series");
        assertThat(found.recordings().orElseThrow().count()).isEqualTo(3);
        assertThat(found.dataset().size()).isEqualTo(3);
        assertThat(found.dataset().groups()).containsExactly("jo", "al");
        float[] window = new float[4];
        found.dataset().read(1, window, 0);
        assertThat(window).containsExactly(5, 6, 7, 8);
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
    void trainAndTestFilesAreTheSplit() {
        TestFiles.write(folder, "train.csv", "time,x,label\n0,1,a\n10,2,a\n20,3,b\n30,4,b\n");
        TestFiles.write(folder, "test.csv", "time,x,label\n0,5,b\n10,6,b\n");

        assertThat(load(Map.of("window", "2 samples")).predefinedTest()).containsExactly(2);
    }

    @Test
    void rowNumbersOfTableProgramsAreNoChannel() {
        DataInspection found = inspect(",time,x,y\n0,0,1,2\n1,10,3,4\n2,20,5,6\n", Map.of());

        assertThat(found.dataset().signal().orElseThrow().channels()).containsExactly("x", "y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time,x\\n0,1\\n10,nan\\n       | a/1.csv line 3, column 2 ('x'): 'nan' stands for a value that is missing",
                "time,x\\n0,1\\n10,\\n          | a/1.csv line 3, column 2 ('x'): the value is missing",
                "time;x\\n0;1,5\\n10;2.5\\n     | a/1.csv has decimal commas, as in '1,5' (line 2, column 2), and decimal points, as in '2.5' (line 3,",
                "time\tx\\n0\t1,125\\n9\t2,250\\n | a/1.csv: the comma in '1,125' (line 2, column 2) could be a decimal one or separate thousands: write",
                "time,x\\n0,1\\n10,hand\\n      | a/1.csv line 3, column 2 ('x'): 'hand' is not a number (a channel is one:",
                "time,x\\n0,1\\nnoon,2\\n       | a/1.csv line 3, column 1 ('time'): 'noon' is no time",
                "time,x\\n10,1\\n0,2\\n         | a/1.csv line 3, column 1 ('time'): the time goes back to '0': sort the rows",
                "time,x\\n0,1\\n                | a/1.csv has too few rows to tell its rate",
                "time,x\\n5,1\\n5,1\\n5,1\\n    | a/1.csv: most of its times are like those before them",
                "time,x\\n0,1\\n10,2,3\\n       | a/1.csv line 3 has 3 columns, the rows before have 2",
                "time\\n0\\n10\\n               | a/1.csv has 1 column, none of which is left for readings",
                "time,x\\n                      | a/1.csv has a header but no readings",
            })
    void saysWhatIsWrong(String rows, String message) {
        refuses(rows.replace("\\n", "\n"), Map.of()).startsWith(message);
    }

    @Test
    void whatIsNoReadingIsLeftOutAndTold() {
        DataInspection found = inspect("id,time,x,note,y,seq\n7,0,1,ok,2,5\n8,10,3,ok,4,6\n", Map.of());

        assertThat(found.dataset().signal().orElseThrow().channels()).containsExactly("x", "y");
        assertThat(found.notes().get(0))
                .isEqualTo("the columns id, note, seq are taken for no readings (columns = \"...\", or --columns, says"
                        + " which ones are)");
    }

    @Test
    void whatOnlyCountsIsLeftOutAndTold() {
        String rows = series("time", 40, i -> Integer.toString(10 * i)).replaceAll(",-(\\d+)", ",7");

        DataInspection found = inspect(rows, Map.of());

        assertThat(channels(found)).containsExactly("y");
        assertThat(found.notes())
                .contains("the channel x only counts and is left out (columns = \"x,y\", or --columns, keeps it)");
        assertThat(channels(inspect(rows, Map.of("columns", "x,y")))).containsExactly("x", "y");
    }

    /** A counter goes on from file to file, so that it tells which one it is. */
    @Test
    void aCounterOfPacketsOfWhichSomeAreLostIsNoReading() {
        String[] rows = new String[2];
        for (int file = 0; file < 2; file++) {
            int from = 500 * file;
            rows[file] = readings("time,PacketCounter,x", 40, i -> 20 * i + "," + (from + i + i / 13));
        }
        TestFiles.write(folder, "b/1.csv", rows[1]);

        DataInspection found = inspect(rows[0], Map.of());

        assertThat(channels(found)).containsExactly("x");
        assertThat(found.notes())
                .contains("the channel PacketCounter only counts and is left out (columns = \"PacketCounter,x\", or"
                        + " --columns, keeps it)");
        assertThat(channels(inspect(rows[0], Map.of("columns", "PacketCounter,x"))))
                .hasSize(2);
    }

    /** Whole numbers, and never back, but by steps of any size. */
    @Test
    void aRampIsAReading() {
        String rows = readings("time,ramp,x", 40, i -> 20 * i + "," + (10 * i + i * i % 7));
        TestFiles.write(folder, "b/1.csv", rows);

        assertThat(channels(inspect(rows, Map.of()))).containsExactly("ramp", "x");
    }

    /** As PAMAP2 and others name it. */
    @Test
    void aCodeOfTheLabelIsNoReading() {
        String rows = "timestamp,activityID,ax,ay\n0,4,1,2\n10,4,3,4\n20,4,5,6\n";

        DataInspection found = inspect(rows, Map.of());

        assertThat(channels(found)).containsExactly("ax", "ay");
        assertThat(found.notes())
                .contains("the column activityID is taken for no readings (columns = \"...\", or --columns, says which"
                        + " ones are)");
    }

    @Test
    void aPersonIsAGroupAndACodeNoReading() {
        TestFiles.write(folder, "all.csv", """
                person,activity_code,timestamp,ax,label
                1,4,0,1,walk
                1,4,10,2,walk
                2,5,20,3,run
                2,5,30,4,run
                """);

        DataInspection found = DataSets.inspect(folder, options(Map.of("window", "2 samples")));

        assertThat(channels(found)).containsExactly("ax");
        assertThat(found.dataset().groups()).containsExactly("1", "2");
    }

    @Test
    void whatIsConstantInEachRecordingAndDiffersBetweenThemIsNoReading() {
        for (int file = 2; file <= 4; file++) {
            int code = file / 2;
            TestFiles.write(folder, "b/" + file + ".csv", readings("time,kind,x", 20, i -> 20 * i + "," + code));
        }

        DataInspection found = inspect(readings("time,kind,x", 20, i -> 20 * i + ",7"), Map.of());

        assertThat(channels(found)).containsExactly("x");
        assertThat(found.notes())
                .contains("the channel kind is constant in each recording and differs between them, as a code of labels"
                        + " does: left out (columns = \"kind,x\", or --columns, keeps it)");
        assertThat(channels(inspect(readings("time,kind,x", 20, i -> 20 * i + "," + i % 3), Map.of())))
                .as("it moves in one recording")
                .containsExactly("kind", "x");
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

    @Test
    void aTableOfTemperaturesIsNoSeries() {
        TestFiles.write(folder, "table.csv", "T,humidity,label\n21.5,40,a\n20.5,50,b\n22,45,a\n");

        assertThat(DataSets.load(folder).shape().dims()).containsExactly(2);
    }

    @Test
    void channelsOfOtherTablesAreMixedByNoOption() {
        TestFiles.write(folder, "b/1.csv", "time,x,z\n0,1,2\n10,1,2\n");
        refuses("time,x\n0,1\n10,1\n", Map.of())
                .isEqualTo("b/1.csv has 2 channels, a/1.csv has 1: all must have the same (columns = \"...\", or"
                        + " --columns, names those that all have)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time_ms,ax,ay,\n0,1,2,\n10,3,4,\n",
                "#,time_ms,ax,ay\n0,0,1,2\n1,10,3,4\n",
                "#time_ms,ax,ay,\n0,1,2,\n10,3,4,\n",
                ",time_ms,ax,ay,\n0,0,1,2,\n1,10,3,4,\n",
            })
    void headersAsProgramsWriteThem(String rows) {
        DataInspection found = inspect(rows, Map.of());

        assertThat(channels(found)).containsExactly("ax", "ay");
        assertThat(found.dataset().signal().orElseThrow().rateHz()).isEqualTo(100);
    }

    @Test
    void whatCountsInOneRecordingOnlyIsAReading() {
        TestFiles.write(folder, "b/1.csv", readings("time,x,y", 40, i -> 10 * i + "," + i % 3));

        assertThat(channels(inspect(readings("time,x,y", 40, i -> 10 * i + "," + i), Map.of())))
                .containsExactly("x", "y");
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
                .contains("the column column1 is taken for times (time_column = ... in dataset.toml names another one;"
                        + " columns = \"...\", or --columns, makes a channel of it)");
        assertThat(channels(inspect(rows, Map.of("columns", "3,2")))).containsExactly("column3", "column2");
    }

    @Test
    void aColumnThatMayHoldTimesIsNamed() {
        String rows = times(40, 0);
        TestFiles.write(folder, "b/1.csv", rows);
        refuses(rows, Map.of())
                .endsWith(": if column1 holds times, time_column = \"1\" and time_unit = \"ms\" (or s, us, ns) in"
                        + " dataset.toml say so");

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"y,x | y x", "Y | y", "3,2 | y x", "z,4 | z n"})
    void theUserChoosesColumns(String columns, String channels) {
        Dataset data = inspect(
                        "time,x,y,n,z\n0,1,2,3,4\n10,5,6,7,8\n".replace(",n,", columns.contains("4") ? ",n," : ",m,"),
                        Map.of("columns", columns))
                .dataset();

        assertThat(String.join(" ", data.signal().orElseThrow().channels())).isEqualTo(channels);
    }

    @Test
    void saysWhichColumnsThereAre() {
        refuses("time,x,y\n0,1,2\n10,3,4\n", Map.of("columns", "x,w"))
                .isEqualTo("a/1.csv has no column 'w' (its columns are time, x, y: give names, or numbers from 1)");
        refuses("time,x,y\n0,1,2\n10,3,4\n", Map.of("columns", "x,2"))
                .startsWith("a/1.csv is asked twice for the column '2'");
    }

    @Test
    void channelsHaveTheSameNamesInAllFiles() {
        TestFiles.write(folder, "b/1.csv", "time,x,z\n0,1,2\n10,1,2\n");
        refuses("time,x,y\n0,1,2\n10,1,2\n", Map.of())
                .isEqualTo(
                        "b/1.csv has the channels [x, z], a/1.csv has [x, y]: all must be called alike, in one order");
    }

    @Test
    void aTableOfSamplesStaysOne() {
        TestFiles.write(folder, "table.csv", "width,time,label\n1,2,a\n3,4,b\n");

        assertThat(DataSets.load(folder).shape().dims()).containsExactly(2);
    }

    private String series(String column, int rows, IntFunction<String> times) {
        StringBuilder text = new StringBuilder(column + ",x,y\n");
        for (int i = 0; i < rows; i++) {
            text.append(times.apply(i))
                    .append(',')
                    .append(i)
                    .append(',')
                    .append(-i)
                    .append('\n');
        }
        return text.toString();
    }

    /** Rows that begin as said and end with a reading that neither rises nor counts. */
    private static String readings(String header, int rows, IntFunction<String> beginnings) {
        StringBuilder text = new StringBuilder(header + "\n");
        for (int i = 0; i < rows; i++) {
            text.append(beginnings.apply(i))
                    .append(',')
                    .append(0.5 * (i * i % 11))
                    .append('\n');
        }
        return text.toString();
    }

    /** A table without a header: a moment every 20, and two channels. */
    private static String times(int rows, long from) {
        return readings("", rows, i -> from + 20L * i + "," + i * 7 % 5 + ".5").stripLeading();
    }

    private static List<String> channels(DataInspection found) {
        return found.dataset().signal().orElseThrow().channels();
    }

    private double rate(String rows, Map<String, String> options) {
        return inspect(rows, options).dataset().signal().orElseThrow().rateHz();
    }

    private DataInspection inspect(String rows, Map<String, String> options) {
        TestFiles.write(folder, "a/1.csv", rows);
        return DataSets.inspect(folder, options(options));
    }

    private AbstractStringAssert<?> refuses(String rows, Map<String, String> options) {
        return Expect.invalidInput(() -> inspect(rows, options));
    }

    private Dataset load(Map<String, String> options) {
        return DataSets.load(folder, options(options));
    }

    private static ReadOptions options(Map<String, String> texts) {
        return ReadOptions.NONE.with(new RecordingOptions(new TreeMap<>(texts)));
    }
}
