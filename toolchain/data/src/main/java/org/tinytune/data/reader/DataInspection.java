package org.tinytune.data.reader;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tinytune.data.Dataset;
import org.tinytune.data.recording.RecordingLength;

/**
 * A data set, and what was found on the way to it.
 *
 * @param dataset itself
 * @param format what its files are, in a few words
 * @param files that it was read from
 * @param recordings if samples are windows of recordings
 * @param notes what a user should know of how the data were understood, a line each
 */
public record DataInspection(
        Dataset dataset, String format, int files, Optional<Recordings> recordings, List<String> notes) {
    /** Copies the notes. */
    public DataInspection {
        notes = List.copyOf(notes);
    }

    /**
     * What recordings there are.
     *
     * @param count of recordings
     * @param labels how many recordings each has
     * @param ratesHz how many recordings have each rate, before they are resampled
     * @param durations of recordings
     * @param lengths of each recording
     * @param windowSeconds length of a window
     * @param strideSeconds from the beginning of one window to that of the next
     */
    public record Recordings(
            int count,
            Map<String, Integer> labels,
            Map<Double, Integer> ratesHz,
            Durations durations,
            List<RecordingLength> lengths,
            double windowSeconds,
            double strideSeconds) {}

    /** Lengths of recordings, in seconds. */
    public record Durations(double totalSeconds, double shortestSeconds, double medianSeconds, double longestSeconds) {}

    /** Of a data set that is no set of recordings. */
    static DataInspection of(Dataset dataset, String format, int files) {
        return new DataInspection(dataset, format, files, Optional.empty(), List.of());
    }

    /** The same with notes more. */
    DataInspection with(List<String> more) {
        return new DataInspection(
                dataset,
                format,
                files,
                recordings,
                Stream.concat(notes.stream(), more.stream()).toList());
    }

    /** The same with a note more, if there is one. */
    DataInspection with(Optional<String> note) {
        return with(note.stream().toList());
    }
}
