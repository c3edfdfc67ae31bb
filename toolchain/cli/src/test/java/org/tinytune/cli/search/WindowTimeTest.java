package org.tinytune.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.data.reader.DataSets;
import org.tinytune.data.reader.ReadOptions;
import org.tinytune.data.recording.RecordingOptions;

class WindowTimeTest {
    @TempDir
    Path folder;

    @Test
    void aWindowLastsItsMoments() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "time_ms,x,label\n0,1,a\n20,2,a\n40,4,b\n60,3,b\n");
        RecordingOptions window = new RecordingOptions(new TreeMap<>(Map.of(RecordingOptions.WINDOW, "2 samples")));

        assertThat(WindowTime.micros(DataSets.load(file, ReadOptions.NONE.with(window))))
                .contains(40_000.0);
        assertThat(WindowTime.micros(DataSets.load(Files.writeString(folder.resolve("b.csv"), "1,2,a\n3,4,b\n"))))
                .isEmpty();
    }

    @Test
    void onlyWhatTakesLongerIsRemarked() {
        assertThat(WindowTime.remark(Optional.of(40_000.0), 40_001))
                .isEqualTo(", longer than the 40.000 ms of a window: --max-latency says what is allowed");
        assertThat(WindowTime.remark(Optional.of(40_000.0), 40_000)).isEmpty();
        assertThat(WindowTime.remark(Optional.empty(), 1e9)).isEmpty();
    }
}
