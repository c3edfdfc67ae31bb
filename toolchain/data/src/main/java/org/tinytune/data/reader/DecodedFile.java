package org.tinytune.data.reader;

import java.util.List;
import java.util.Optional;
import org.tinytune.data.recording.Readings;

/**
 * The recordings of a file, before anything outside it has said what they are.
 *
 * @param segments at least one
 * @param notes what a user should know of how the file was understood
 */
record DecodedFile(List<Segment> segments, List<String> notes) {
    /**
     * A recording.
     *
     * @param suffix of the file's name, which tells recordings of one file apart; otherwise empty
     * @param label that the file itself gives
     * @param group that the file itself gives
     * @param whole of what recording it is a part, if that was cut at gaps: the parts belong together, unless something
     *     else is said of groups
     */
    record Segment(
            String suffix, Optional<String> label, Optional<String> group, Optional<String> whole, Readings readings) {}

    /** A file of one recording. */
    static DecodedFile of(Readings readings) {
        return new DecodedFile(
                List.of(new Segment("", Optional.empty(), Optional.empty(), Optional.empty(), readings)), List.of());
    }
}
