package org.tinytune.cli.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.reader.DataInspection;
import org.tinytune.data.reader.DataSets;
import org.tinytune.data.reader.ReadOptions;
import org.tinytune.device.stream.StreamFormat;
import org.tinytune.device.stream.StreamFormat.RateSource;
import org.tinytune.device.stream.Take;

class RecordingFolderTest {
    private static final StreamFormat FORMAT =
            new StreamFormat(List.of("ax", "ay"), OptionalInt.empty(), 0, 62.5, RateSource.SKETCH, 62, 1);

    @TempDir
    private Path dataset;

    private static Take take(int rows) {
        return new Take(
                IntStream.range(0, rows)
                        .mapToObj(i -> List.of(Integer.toString(i % 11), Integer.toString(100 * (i % 7))))
                        .toList(),
                IntStream.range(0, rows).mapToObj(i -> i * 16.0).toList(),
                0,
                0);
    }

    private RecordingFolder prepared(String label) {
        RecordingFolder folder = new RecordingFolder(dataset, label);
        folder.prepare(FORMAT);
        return folder;
    }

    @Test
    void whatIsWrittenIsReadWithItsRateAndNames() {
        for (String label : List.of("wave", "rest now")) {
            for (int i = 0; i < 3; i++) {
                prepared(label).add(take(125), FORMAT);
            }
        }

        DataInspection read = DataSets.inspect(dataset, ReadOptions.NONE);

        assertThat(read.dataset().labels()).containsExactlyInAnyOrder("rest now", "wave");
        assertThat(read.recordings().orElseThrow().ratesHz()).containsOnlyKeys(62.5);
        assertThat(read.recordings().orElseThrow().count()).isEqualTo(6);
        assertThat(read.dataset().signal().orElseThrow().channels()).containsExactly("ax", "ay");
        assertThat(read.notes()).noneMatch(note -> note.contains("gap"));
    }

    @Test
    void numbersGoOnAndNothingIsReplaced() throws IOException {
        RecordingFolder folder = prepared("wave");
        Path fifth = Files.writeString(dataset.resolve("wave/0005.csv"), "time_ms,ax,ay\n");

        assertThat(folder.add(take(2), FORMAT)).isEqualTo(dataset.resolve("wave/0006.csv"));

        assertThat(fifth).hasContent("time_ms,ax,ay\n");
        assertThat(dataset.resolve("wave/0006.csv")).hasContent("time_ms,ax,ay\n0,0,0\n16,1,100\n");
        assertThat(dataset.resolve("wave")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void otherColumnsAreRefused() {
        prepared("wave").add(take(2), FORMAT);
        StreamFormat other = new StreamFormat(List.of("gx"), OptionalInt.empty(), 0, 62.5, RateSource.SKETCH, 62, 1);

        assertThatThrownBy(() -> new RecordingFolder(dataset, "rest").prepare(other))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID_INPUT))
                .hasMessageContaining("has the columns time_ms,ax,ay, the new recordings would have time_ms,gx");
    }

    @Test
    void anAxisThatReadersTakeForSomethingElseIsRefused() {
        StreamFormat format =
                new StreamFormat(List.of("Subject_ID"), OptionalInt.empty(), 0, 62.5, RateSource.SKETCH, 62, 1);

        assertThatThrownBy(() -> new RecordingFolder(dataset, "rest").prepare(format))
                .hasMessage("'Subject_ID' is no name for one axis of readings (give names by --axes)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a/b", "a\\b", "..", ".hidden", "a\nb", "C:", "end.", "a*"})
    void labelsThatAreNoFoldersNameAreRefused(String label) {
        assertThatThrownBy(() -> new RecordingFolder(dataset, label))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("a folder is called so");
    }
}
