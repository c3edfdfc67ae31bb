package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are called as data and hold something else. */
class NamedKindTest {
    private static final String SERIES = "time_ms,x,y\n0,1,2\n10,3,4\n20,5,6\n";

    @TempDir
    Path folder;

    @BeforeEach
    void series() {
        write("a/1.csv", SERIES.getBytes(StandardCharsets.US_ASCII));
        write("b/1.csv", SERIES.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void refusesATableThatIsNone() {
        write("a/2.csv", (SERIES + "\0\0\n").getBytes(StandardCharsets.US_ASCII));
        refused("a/2.csv is called a CSV file, but is none (it is damaged)");

        write("a/2.csv", SERIES.getBytes(StandardCharsets.UTF_16LE));
        refused("a/2.csv is called a CSV file, but is none (it is UTF-16 without a mark: save it as UTF-8)");

        write("a/2.csv", TestFiles.zip(Map.of("xl/workbook.xml", new byte[8])));
        refused("a/2.csv is called a CSV file, but is none (it is a zip archive, as workbooks are: save it as CSV)");

        write("a/2.csv", SERIES.getBytes(StandardCharsets.UTF_16));
        assertThat(DataSets.load(folder).size()).isEqualTo(3);
    }

    @Test
    void refusesAnImageThatIsNone() {
        TestFiles.write(folder, "images/a/1.png", "\u0089PNG".getBytes(StandardCharsets.ISO_8859_1));
        TestFiles.write(folder, "images/a/2.png", "<html>404</html>");
        Expect.invalidInput(() -> DataSets.load(folder.resolve("images")))
                .isEqualTo("a/2.png is called an image, but is none (it is text)");

        TestFiles.write(folder, "images/a/2.png", "");
        Expect.invalidInput(() -> DataSets.load(folder.resolve("images")))
                .isEqualTo("a/2.png is called an image, but is none (it is empty)");
    }

    @Test
    void notesWhatIsInAFormatThatIsNotRead() {
        for (int i = 0; i < 4; i++) {
            TestFiles.write(folder, "sounds/a/" + i + ".mp3", "ID3");
        }
        TestFiles.write(folder, "sounds/a/9.wav", TestFiles.wav(8, 1, 2));
        TestFiles.write(folder, "sounds/b/9.wav", TestFiles.wav(8, 3, 4));

        assertThat(DataSets.inspect(folder.resolve("sounds"), ReadOptions.NONE).notes())
                .contains("left out: 4 files (a/0.mp3, a/1.mp3, a/2.mp3, ...): convert them to WAV");
    }

    private void refused(String message) {
        Expect.invalidInput(() -> DataSets.load(folder)).isEqualTo(message);
    }

    private void write(String name, byte[] content) {
        TestFiles.write(folder, name, content);
    }
}
