package org.tinytune.data.recording;

import java.util.List;
import java.util.Optional;

/** A file of one or several recordings, which is decoded only when it is asked for, by any thread. */
public interface RecordingSource {
    /** The file's name, as messages show it; the order of sources is the order of samples. */
    String name();

    /**
     * Decodes the file; the same again each time.
     *
     * @throws org.tinytune.core.TinytuneException with {@link org.tinytune.core.ExitCode#INVALID_INPUT} if it cannot be
     *     read; the message begins with the name
     */
    Content read();

    /**
     * SHA-256, in hexadecimal, of the file's content and of all that says how it is decoded.
     *
     * @throws org.tinytune.core.TinytuneException as {@link #read} does
     */
    String sha256();

    /**
     * What a file holds.
     *
     * @param takes recordings in their order, at least one
     * @param notes what a user should know of how it was understood
     */
    record Content(List<Take> takes, List<String> notes) {
        /** Copies the lists. */
        public Content {
            takes = List.copyOf(takes);
            notes = List.copyOf(notes);
        }
    }

    /**
     * A recording as its file has it.
     *
     * @param name the file, and which of its recordings if there are several
     * @param label what was recorded
     * @param group a speaker, a subject, a session; if none is known, recordings are taken for independent
     * @param whole the recording that this is a piece of, if it was cut at gaps: pieces of one belong together
     * @param part to which the files say that it belongs
     */
    record Take(
            String name,
            String label,
            Optional<String> group,
            Optional<String> whole,
            Optional<DataPart> part,
            Readings readings) {}
}
