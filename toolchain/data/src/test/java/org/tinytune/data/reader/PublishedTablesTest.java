package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.data.Dataset;

/** Tables laid out as those of archives that many people take their data from. */
class PublishedTablesTest extends SeriesTables {
    private static final String HETEROGENEITY = "Index,Arrival_Time,Creation_Time,x,y,z,User,Model,Device,gt\n";

    /** The archive of time series of the University of California, Riverside: a series a row, its label first. */
    @Test
    void aSeriesARowBehindItsLabel() {
        for (String part : List.of("TRAIN", "TEST")) {
            StringBuilder rows = new StringBuilder();
            for (int i = 0; i < 6; i++) {
                rows.append(
                        String.format(Locale.ROOT, "%d\t%.4f\t%.4f\t%.4f%n", 1 + i % 2, 0.3 * i, -0.7 * i, 0.1 + i));
            }
            TestFiles.write(folder, "Gun_" + part + ".tsv", rows.toString());
        }

        DataInspection found = DataSets.inspect(folder, ReadOptions.NONE);

        Dataset data = found.dataset();
        assertThat(data.labels()).containsExactly("1", "2");
        assertThat(data.shape().elements()).isEqualTo(3);
        assertThat(data.predefinedTest()).hasSize(6);
        assertThat(found.notes())
                .containsExactly("the first column is taken for the label (label_column, or --label-column, names"
                        + " another one)");
    }

    @Test
    void aLetterBeforeNumbersIsTheLabel() {
        assertThat(table("T,2,8,3\nI,5,12,3\nT,4,11,6\n").labels()).containsExactly("I", "T");
    }

    /** Of which one could be a time, that says nothing of a label. */
    @Test
    void aWordBeforeLargeNumbersAsksForAHeader() {
        Expect.invalidInput(() -> table("walk,49105962326000,0.5,1.5\nrun,49105962376000,0.5,2.5\n"))
                .contains("add a header line");
    }

    @Test
    void wholeNumbersKeepTheLabelInTheLastColumn() {
        assertThat(table("7,0.5,1\n8,2.5,0\n").labels()).containsExactly("0", "1");
        assertThat(table("7,0.5,1.0\n8,2.5,0.0\n").labels()).containsExactly("0.0", "1.0");
    }

    /**
     * Phones of several people, each from its own beginning, in one file of the set on the heterogeneity of sensors.
     */
    @Test
    void aTimeOfWhichOnlyAWordSpeaksMakesMoments() {
        StringBuilder rows = new StringBuilder(HETEROGENEITY);
        for (String of : List.of("a,nexus4,nexus4_1", "a,s3,s3_1", "b,nexus4,nexus4_1")) {
            for (int i = 0; i < 80; i++) {
                rows.append(i + "," + (1424696633908L + 10L * i) + "," + (1424696631913248572L + 10_000_000L * i) + ","
                        + (i * i % 7) + ",0.5," + (i * 3 % 5) + "," + of + "," + (i < 40 ? "walk" : "bike") + "\n");
            }
        }
        TestFiles.write(folder, "phones.csv", rows.toString());

        DataInspection found = DataSets.inspect(folder, options(Map.of("window", "100ms")));

        assertThat(found.format()).isEqualTo("CSV time series");
        assertThat(found.recordings().orElseThrow().count()).isEqualTo(6);
        assertThat(channels(found)).containsExactly("x", "y", "z");
        assertThat(found.dataset().labels()).containsExactly("bike", "walk");
        assertThat(found.dataset().groups()).containsExactly("a", "b");
        assertThat(found.dataset().signal().orElseThrow().rateHz()).isEqualTo(100);
    }

    /** As a wand that is drawn with: gestures of a file are parted by dashes. */
    @Test
    void dashesPartRecordings() {
        String gesture = " -,-,-\n" + "1.5,2.5,-1.5\n0.5,3.5,1.5\n".repeat(10);
        DataInspection found = inspect(gesture.repeat(3), Map.of("rate", "25"));

        assertThat(found.recordings().orElseThrow().count()).isEqualTo(3);
        assertThat(found.dataset().signal().orElseThrow().channels()).hasSize(3);
        assertThat(channels(inspect("x,y,z\n" + gesture.repeat(2), Map.of("rate", "25"))))
                .containsExactly("x", "y", "z");
    }

    @Test
    void timesMayBeginAgainBehindDashes() {
        String gesture = "----\n"
                + series("", 20, i -> Integer.toString(10 * i))
                        .lines()
                        .skip(1)
                        .map(r -> r + "\n")
                        .reduce("", String::concat);

        assertThat(inspect("time_ms,x,y\n" + gesture.repeat(3), Map.of())
                        .recordings()
                        .orElseThrow()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void columnsOfATableWithoutNamesAreSaidByNumber() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            rows.append(i < 20 ? "33,Jogging," : "17,Walking,")
                    .append(49_105_962_326_000L + 50_000_000L * i)
                    .append("," + (i * i % 7) + "." + i + "," + (i * 3 % 5) + ".5;\n");
        }

        DataInspection found =
                inspect(rows.toString(), Map.of("label_column", "2", "group_column", "1", "time_column", "3"));

        assertThat(found.dataset().labels()).containsExactly("Jogging", "Walking");
        assertThat(found.dataset().groups()).containsExactly("33", "17");
        assertThat(found.dataset().signal().orElseThrow().rateHz()).isEqualTo(20);
    }

    /** A file a person, of all that was done: what a column says and what a name says come together. */
    @Test
    void aFileOfSeveralLabelsIsAPersonsIfItsNameSaysSo() {
        for (String subject : List.of("1", "2", "3")) {
            TestFiles.write(
                    folder,
                    "subject" + subject + ".txt",
                    "0.5\t1.5\t1\n1.5\t0.5\t1\n".repeat(9) + "2.5\t1.5\t2\n1.5\t3.5\t2\n".repeat(9));
        }
        Map<String, String> read = Map.of("rate", "50", "label_column", "3", "window", "100ms");

        DataInspection found = DataSets.inspect(folder, options(read));
        assertThat(found.recordings().orElseThrow().count()).isEqualTo(6);
        assertThat(found.notes()).anyMatch(note -> note.contains("if a file is one person's"));

        Map<String, String> named = new TreeMap<>(read);
        named.put("label_pattern", "{group}");
        DataInspection ofPeople = DataSets.inspect(folder, options(named));
        assertThat(ofPeople.dataset().groups()).containsExactly("subject1", "subject2", "subject3");
        assertThat(ofPeople.dataset().labels()).containsExactly("1", "2");
        assertThat(ofPeople.notes()).noneMatch(note -> note.contains("if a file is one person's"));
    }

    @Test
    void formatsThatDescribeThemselvesAreToBeSavedAsTables() {
        TestFiles.write(folder, "Gun.arff", "% source\n@relation gun\n@attribute a numeric\n@data\n1,2\n");
        Expect.invalidInput(() -> DataSets.load(folder)).contains("ARFF").endsWith("save its table as .csv)");
    }

    @Test
    void aTableWithoutATablesNameIsToBeRenamed() {
        TestFiles.write(folder, "mHealth_subject1.log", "1.5\t2.5\t1\n0.5\t2\t1\n");
        Expect.invalidInput(() -> DataSets.load(folder))
                .endsWith("if mHealth_subject1.log is a table, call it mHealth_subject1.log.csv)");
    }

    @Test
    void aHeaderFurtherDownIsHintedAt() {
        Expect.invalidInput(() -> table("Device,log7,v2\nDate,today,noon\nx,y,label\n1,2,walk\n"))
                .endsWith("remove the lines above them, or begin those with #)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x,y,label\nn/a,n/a,walk\n1,2,run\n",
                "x,y,label\nerr,n/a,walk\n1,2,walk\n",
                "x,y,label\nlow,high,walk\nhigh,low,rest\n",
                "x,y,label\nlow,high,walk\n"
            })
    void wordsBelowAHeaderAreNoOther(String text) {
        Expect.invalidInput(() -> table(text)).endsWith("(only the label may be a word)");
    }

    @Test
    void labelsOfRecordingsInATableOfTheirOwnAreToBeAddedToTheOther() {
        TestFiles.write(folder, "X_train.csv", "series_id,measurement,a,b\n0,0,1,2\n0,1,3,4\n1,0,5,6\n1,1,7,8\n");
        TestFiles.write(folder, "y_train.csv", "series_id,group_id,surface\n0,3,carpet\n1,4,wood\n");
        Expect.invalidInput(() -> DataSets.load(folder))
                .startsWith("y_train.csv line 2, column 3 ('surface'): 'carpet' is not a number")
                .endsWith("add them to the table of X as a column called label, and leave this file out)");
    }

    @Test
    void halvesOfArraysAreNoParts() {
        TestFiles.write(folder, "X_train.csv", "a,b\n1,2\n");
        TestFiles.write(folder, "X_test.csv", "a,b\n1,2\n");
        Expect.invalidInput(() -> DataSets.load(folder)).contains("holds several tables");
    }

    private Dataset table(String rows) {
        TestFiles.write(folder, "t.csv", rows);
        return DataSets.load(folder.resolve("t.csv"));
    }
}
