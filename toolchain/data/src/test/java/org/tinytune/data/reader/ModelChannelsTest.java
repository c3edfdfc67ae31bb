package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytune.data.reader.TestFiles.chunk;
import static org.tinytune.data.reader.TestFiles.edgeImpulse;
import static org.tinytune.data.reader.TestFiles.format;
import static org.tinytune.data.reader.TestFiles.riff;
import static org.tinytune.data.reader.TestFiles.wav;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.data.Dataset;
import org.tinytune.data.recording.RecordingOptions;

/** Data sets of all formats that are read for a model. */
class ModelChannelsTest {
    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    @Test
    void seriesAreReadInTheOrderOfTheModel() {
        TestFiles.write(folder, "a/1.csv", "time_ms,gx,AY,ax\n0,7,1,2\n10,7,3,4\n");
        TestFiles.write(folder, "b/1.csv", "time_ms,gx,AY,ax\n0,7,5,6\n10,9,7,8\n");

        Dataset data = load(List.of("ax", "ay"), "");

        assertThat(data.signal().orElseThrow().channels()).containsExactly("ax", "AY");
        assertThat(values(data, 0)).containsExactly(2, 1, 4, 3);
        assertThat(notes).isEmpty();
    }

    @Test
    void whatTheSetSaysOfItsColumnsIsNoOrderOfTheModel() {
        TestFiles.write(folder, "a/1.csv", "time_ms,ay,ax,note\n0,1,2,3\n10,3,4,1\n");
        TestFiles.write(folder, "dataset.toml", "columns = 'ay,ax'\n");

        assertThat(values(load(List.of("ax", "ay"), ""), 0)).containsExactly(2, 1, 4, 3);
    }

    @Test
    void aCommaInANameIsASpaceInMetadata() {
        TestFiles.write(folder, "a/1.csv", "time_ms;a,b;c\n0;1;2\n10;3;4\n");

        assertThat(values(load(List.of("a b", "c"), ""), 0)).containsExactly(1, 2, 3, 4);
        assertThat(notes).isEmpty();
    }

    @Test
    void soundIsMixedForAModelOfOneChannel() {
        byte[] stereo = {100, 0, 50, 0, 100, 0, 50, 0};
        TestFiles.write(folder, "a/1.wav", riff(chunk("fmt ", format(TestFiles.PCM, 2, 8, 16)), chunk("data", stereo)));

        assertThat(values(load(List.of("audio"), ""), 0)).containsExactly(75, 75);
        assertThat(values(load(List.of("right"), ""), 0)).containsExactly(50, 50);
        assertThat(values(load(List.of("right", "left"), ""), 0)).containsExactly(50, 100, 50, 100);
        assertThat(values(load(List.of("a", "b"), ""), 0)).containsExactly(100, 50, 100, 50);
        assertThat(notes).isEmpty();
        Expect.invalidInput(() -> load(List.of("a", "b", "c"), ""))
                .endsWith("' has 2 channels, left, right, the model takes 3 channels, a, b, c");
    }

    @Test
    void soundOfOneChannelIsThatOfTheModel() {
        TestFiles.write(folder, "a/1.wav", wav(8, 1, 2));

        assertThat(values(load(List.of("audio"), ""), 0)).containsExactly(1, 2);
        assertThat(values(load(List.of("mono"), ""), 0)).containsExactly(1, 2);
        assertThat(values(load(List.of("audio"), "", "mono", "true"), 0)).containsExactly(1, 2);
        assertThat(notes).isEmpty();
    }

    @Test
    void anExportOfEdgeImpulseHasNamesAndUnits() {
        TestFiles.write(folder, "training/a.1.json", edgeImpulse(10, "[[1,2],[3,4]]"));

        assertThat(values(load(List.of("accY", "accX"), "g"), 0)).containsExactly(2, 1, 4, 3);
        assertThat(notes).hasSize(1);
        assertThat(notes.get(0))
                .endsWith("' holds readings in m/s2, the model was trained on g: they are not converted");
    }

    @Test
    void windowsInRowsHaveChannels() {
        StringBuilder header = new StringBuilder();
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            header.append(i < 8 ? "ay_" : "ax_").append(i % 8).append(',');
            row.append(i).append(',');
        }
        TestFiles.write(folder, "data.csv", header + "label\n" + (row + "a\n").repeat(2) + row + "b\n");

        assertThat(values(load(List.of("ax", "ay"), "", "rate", "100"), 0)).startsWith(8, 0, 9, 1);
        assertThat(values(load(List.of("ax"), "", "rate", "100"), 2)).containsExactly(8, 9, 10, 11, 12, 13, 14, 15);
        assertThat(notes).isEmpty();
        assertThat(values(load(List.of("u", "v"), "", "rate", "100"), 0)).startsWith(0, 8, 1, 9);
        assertThat(notes).containsExactly("data.csv has the channels ay, ax, taken for u, v in this order");
    }

    private Dataset load(List<String> names, String unit, String... options) {
        TreeMap<String, String> texts = new TreeMap<>();
        for (int i = 0; i < options.length; i += 2) {
            texts.put(options[i], options[i + 1]);
        }
        return DataSets.load(
                folder,
                ReadOptions.NONE
                        .with(new RecordingOptions(texts))
                        .with(new ModelChannels(names, unit, true, notes::add)));
    }

    private static int[] values(Dataset data, int sample) {
        float[] values = new float[data.shape().elements()];
        data.read(sample, values, 0);
        int[] whole = new int[values.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = Math.round(values[i]);
        }
        return whole;
    }
}
