package org.tinytune.cli.model;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.recording.RecordingOptions;

/**
 * What {@value #FILE_NAME} holds: everything that a search's model follows from, so that it can be made again. The
 * names are an interface: keys are added, never renamed or removed.
 *
 * @param schemaVersion raised when a key changes its meaning
 * @param version of tinytune
 * @param commit that it was built from
 * @param jdk that ran it; the model does not depend on it
 * @param data the data set
 * @param board id
 * @param boardSha256 of the board's file
 * @param seed of everything
 * @param sampler who proposed the candidates
 * @param limits what a model was allowed to use
 * @param sizes how the fit check knew the sizes of candidates: on it depends which of them were trained
 * @param trained how many candidates were trained
 * @param trial whose network was chosen
 * @param parameters of that trial: numbers and words by name
 * @param modelSha256 of the model's file
 */
public record Provenance(
        int schemaVersion,
        String version,
        String commit,
        String jdk,
        Data data,
        String board,
        String boardSha256,
        long seed,
        String sampler,
        Limits limits,
        String sizes,
        int trained,
        int trial,
        Map<String, Object> parameters,
        String modelSha256) {

    /** The file's name. */
    public static final String FILE_NAME = "provenance.json";

    /** What this version writes, and the only one that there is. */
    public static final int SCHEMA_VERSION = 1;

    /** Checks the counts. */
    public Provenance {
        if (trained < 1 || trial < 0) {
            throw new IllegalArgumentException("a search trains at least one trial, numbered from 0");
        }
    }

    /**
     * The data set.
     *
     * @param path folder or file
     * @param fingerprint of its contents
     * @param reading what the user said of recordings, by key; files of earlier versions have none
     */
    public record Data(
            String path,
            String fingerprint,
            @JacksonInject(value = READING, useInput = OptBoolean.TRUE) @JsonInclude(JsonInclude.Include.NON_EMPTY)
            Map<String, String> reading) {

        /** What stands for the key where it is missing. */
        static final String READING = "reading";

        /** Nothing is said of recordings. */
        public Data(String path, String fingerprint) {
            this(path, fingerprint, Map.of());
        }

        /** Checks that it is a path, and that what is said of recordings can be understood. */
        public Data {
            reading = Map.copyOf(reading);
            new RecordingOptions(new TreeMap<>(reading));
            if (Path.of(path).toString().isEmpty()) {
                throw new IllegalArgumentException("the path of the data is empty");
            }
        }

        /** What the user said of recordings. */
        public RecordingOptions recordings() {
            return new RecordingOptions(new TreeMap<>(reading));
        }

        /** Where it was. */
        public Path location() {
            return Path.of(path);
        }
    }

    /** What a model was allowed to use. */
    public record Limits(long ramBytes, long flashBytes, Optional<Long> latencyMicros) {
        /** Checks that they allow anything. */
        public Limits {
            if (ramBytes < 1
                    || flashBytes < 1
                    || latencyMicros.filter(micros -> micros < 1).isPresent()) {
                throw new IllegalArgumentException("a limit is below 1");
            }
        }
    }

    /**
     * Reads a provenance.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the file cannot be read, or is not what a search
     *     writes
     */
    public static Provenance read(Path file) {
        return ProvenanceFile.read(file, Provenance.class, Provenance::schemaVersion);
    }
}
