package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.data.Dataset;

/** What rows of series become: recordings, channels, groups. */
class SeriesFileTest extends SeriesTables {
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
                .startsWith("a/1.csv: rows of 'ann' and 'bob' alternate: sort the rows by label, recording and group");
        String sorted = "time,user,x\n"
                + Stream.of("ann", "bob")
                        .flatMap(user -> rows.toString().lines().filter(row -> row.contains(user)))
                        .collect(Collectors.joining("\n"));
        assertThat(rate(sorted, Map.of("recording_column", "user"))).isEqualTo(100);
    }

    /** As two devices send, whose rows are written as they come. */
    @Test
    void rowsThatAlternateNowAndThenAreToBeSorted() {
        String rows = readings("time,user,x", 400, i -> 10 * (i / 2) + (i * i % 7 % 2 == 0 ? ",ann" : ",bob"));

        refuses(rows, Map.of()).contains("rows of 'ann' and 'bob' alternate");
        refuses(rows, Map.of("rate", "50")).contains("rows of 'ann' and 'bob' alternate");
    }

    @Test
    void rowsThatAlternateWithoutTimesAreToBeSortedToo() {
        String rows = readings("user,x", 400, i -> i % 2 == 0 ? "ann" : "bob");

        refuses(rows, Map.of("rate", "50")).contains("rows of 'ann' and 'bob' alternate");
    }

    @Test
    void sensorsThatTakeTurnsAreTold() {
        String note = "take turns in the column device, and are taken for moments of one sensor";
        String alternating = readings("time_ms,device,x", 40, i -> 10 * i + (i % 2 == 0 ? ",left" : ",right"));
        String once = readings("time_ms,device,x", 40, i -> 10 * i + (i < 20 ? ",left" : ",right"));
        String texts = readings("time_ms,device,x", 40, i -> 10 * i + ",packet" + i);

        assertThat(inspect(alternating, Map.of()).notes())
                .anyMatch(n -> n.startsWith("rows of 'left' and 'right' " + note));
        assertThat(inspect(alternating, Map.of("columns", "x")).notes()).anyMatch(n -> n.contains(note));
        assertThat(inspect(once, Map.of()).notes()).noneMatch(n -> n.contains("take turns"));
        assertThat(inspect(texts, Map.of()).notes()).noneMatch(n -> n.contains("take turns"));
    }

    /** As packets of a radio that overtake each other, and clocks that are set. */
    @Test
    void aTimeThatFallsAmidARecordingBeginsNone() {
        String rows = readings("time_ms,label,x", 300, i -> 20 * (i % 10 == 5 ? i - 2 : i) + ",walk");

        refuses(rows, Map.of()).startsWith("a/1.csv line 7, column 1 ('time_ms'): the time goes back to '60'");
    }

    @Test
    void whatBeginsWithTheNewestRowIsToBeSorted() {
        refuses(readings("time_ms,label,x", 300, i -> 20 * (300 - i) + ",walk"), Map.of())
                .contains("its times fall over and over: sort the rows");
    }

    @Test
    void aLabelARowIsNoTurn() {
        refuses("time,x,label\n0,1,a\n10,2,b\n20,3,c\n", Map.of()).contains("too few rows to tell its rate");
        assertThat(inspect("time,x,label\n0,1,a\n10,2,b\n20,3,c\n", Map.of("rate", "50"))
                        .recordings()
                        .orElseThrow()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void aWindowOfOneReadingIsToldIfItIsNotAskedFor() {
        String rows = series("time (ms)", 40, i -> Integer.toString(2000 * i));

        assertThat(inspect(rows, Map.of("window", "2s")).notes()).anyMatch(note -> note.contains("holds 1 reading"));
        assertThat(inspect(rows, Map.of("window", "1 samples")).notes()).noneMatch(note -> note.contains("1 reading"));
    }

    @Test
    void linesAboveTheHeaderAreToBeComments() {
        for (String above : List.of("Device: MMR; Rate: 50 Hz", "Device: MMR, Rate: 50 Hz", "MMR\n50 Hz")) {
            refuses(above + "\ntime,ax,ay\n0,1,2\n20,2,3\n", Map.of())
                    .endsWith(" (remove lines above the header, or begin them with #)");
            assertThat(rate("# " + above.replace("\n", "\n# ") + "\ntime,ax,ay\n0,1,2\n20,2,3\n", Map.of()))
                    .isEqualTo(50);
        }
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
}
