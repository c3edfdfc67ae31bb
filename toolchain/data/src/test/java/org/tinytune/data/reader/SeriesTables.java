package org.tinytune.data.reader;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.data.Dataset;
import org.tinytune.data.recording.RecordingOptions;

/** A folder of series, and what is read from it. */
abstract class SeriesTables {
    @TempDir
    Path folder;

    final String series(String column, int rows, IntFunction<String> times) {
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
    static String readings(String header, int rows, IntFunction<String> beginnings) {
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
    static String times(int rows, long from) {
        return readings("", rows, i -> from + 20L * i + "," + i * 7 % 5 + ".5").stripLeading();
    }

    static List<String> channels(DataInspection found) {
        return found.dataset().signal().orElseThrow().channels();
    }

    final double rate(String rows, Map<String, String> options) {
        return inspect(rows, options).dataset().signal().orElseThrow().rateHz();
    }

    final DataInspection inspect(String rows, Map<String, String> options) {
        TestFiles.write(folder, "a/1.csv", rows);
        return DataSets.inspect(folder, options(options));
    }

    final AbstractStringAssert<?> refuses(String rows, Map<String, String> options) {
        return Expect.invalidInput(() -> inspect(rows, options));
    }

    final Dataset load(Map<String, String> options) {
        return DataSets.load(folder, options(options));
    }

    static ReadOptions options(Map<String, String> texts) {
        return ReadOptions.NONE.with(new RecordingOptions(new TreeMap<>(texts)));
    }
}
