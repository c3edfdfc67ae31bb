package org.tinytune.test.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.SharedFolder;
import org.tinytune.data.Dataset;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.reader.DataInspection;
import org.tinytune.data.reader.DataSets;
import org.tinytune.data.reader.ReadOptions;
import org.tinytune.data.recording.RecordingOptions;
import org.tinytune.data.split.Split;
import org.tinytune.data.split.SplitOptions;

class RealRecordingsTest {
    private static final ReadOptions DIGITS =
            options("label_pattern", "{label}_{group}_{index}.wav", "test", "index < 5", "window", "1s");

    @TempDir
    Path folder;

    @Test
    void readsSpokenDigits() {
        Path recordings = SharedFolder.require("data/fsdd").resolve("recordings");

        DataInspection found = DataSets.inspect(recordings, DIGITS);
        Dataset data = found.dataset();

        assertThat(found.format()).isEqualTo("WAV");
        assertThat(found.recordings().orElseThrow().count()).isEqualTo(2500);
        assertThat(found.recordings().orElseThrow().ratesHz()).isEqualTo(Map.of(8000.0, 2500));
        assertThat(data.labels()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(data.shape()).isEqualTo(Shape.of(8000, 1, 1));
        assertThat(data.signal()).contains(new SignalFormat(8000, 1.0 / 32768, List.of("audio"), ""));
        assertThat(data.groups()).hasSize(5);
        assertThat(data.predefinedTest())
                .as("index 0 to 4 of 10 digits by 5 speakers")
                .hasSize(250);
        assertThat(data.fingerprint())
                .isEqualTo(DataSets.load(recordings, DIGITS).fingerprint());
    }

    @Test
    void readsAnExportOfEdgeImpulsePackedOrNot() throws IOException {
        Path zip = SharedFolder.require("data/imu-gestures").resolve("imu-acc-export.zip");
        unpack(zip);

        Dataset packed = DataSets.load(zip);
        Dataset unpacked = DataSets.load(folder);

        assertThat(packed.labels()).containsExactly("circle", "flick", "idle", "updown");
        assertThat(packed.shape()).isEqualTo(Shape.of(208, 1, 3));
        assertThat(packed.signal().orElseThrow().rateHz()).isEqualTo(104);
        assertThat(packed.signal().orElseThrow().unit()).isEqualTo("m/s2");
        assertThat(packed.signal().orElseThrow().channels()).containsExactly("accx", "accy", "accz");
        assertThat(packed.size())
                .as("five windows of two seconds in each of 96")
                .isEqualTo(480);
        assertThat(packed.predefinedTest()).hasSize(24 * 5);
        assertThat(unpacked.fingerprint()).isEqualTo(packed.fingerprint());
        int[] test = packed.predefinedTest();
        assertThat(IntStream.of(test).map(packed::group).distinct().count()).isEqualTo(24);
        assertThat(Split.of(packed, SplitOptions.seeded(1)).test().size()).isEqualTo(test.length);
    }

    private void unpack(Path zip) throws IOException {
        try (InputStream in = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.write(file, entries.readAllBytes());
                }
            }
        }
    }

    private static ReadOptions options(String... keysAndTexts) {
        TreeMap<String, String> texts = new TreeMap<>();
        for (int i = 0; i < keysAndTexts.length; i += 2) {
            texts.put(keysAndTexts[i], keysAndTexts[i + 1]);
        }
        return ReadOptions.NONE.with(new RecordingOptions(texts));
    }
}
