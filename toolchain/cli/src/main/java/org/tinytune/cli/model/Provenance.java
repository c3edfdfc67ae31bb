package org.tinytune.cli.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.Dataset;
import org.tinytune.data.SplitPlan;
import org.tinytune.data.reader.ReadOptions;
import org.tinytune.data.recording.RecordingOptions;
import org.tinytune.nas.FeatureSpace;

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
 * @param features that it chose from for recordings; none for those that suit them
 * @param playOff whether the best candidates were compared on all groups where these are few; versions that always did
 *     so do not say
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
        List<String> features,
        Optional<Boolean> playOff,
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
        features = List.copyOf(features);
        requireKnown(features);
        if (trained < 1 || trial < 0) {
            throw new IllegalArgumentException("a search trains at least one trial, numbered from 0");
        }
    }

    private static void requireKnown(List<String> features) {
        try {
            FeatureSpace.Block.named(features);
        } catch (TinytuneException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * The data set.
     *
     * @param path folder or file
     * @param fingerprint of its contents
     * @param split in which way it was divided; versions that knew one way only do not say
     * @param reading what the user said of recordings, by key; empty where there was nothing to say
     */
    public record Data(String path, String fingerprint, Optional<String> split, SortedMap<String, String> reading) {
        /** Checks that it is a path, and that plan and what is said of recordings can be understood. */
        public Data {
            split.ifPresent(SplitPlan::parse);
            reading = new RecordingOptions(reading).texts();
            if (Path.of(path).toString().isEmpty()) {
                throw new IllegalArgumentException("the path of the data is empty");
            }
        }

        /** As a model's files say where its data set came from, and how the user said that recordings are read. */
        public static Data of(Path location, Dataset dataset, RecordingOptions reading) {
            return new Data(
                    location.toAbsolutePath().normalize().toString(),
                    dataset.fingerprint(),
                    Optional.of(dataset.splitPlan().toString()),
                    reading.texts());
        }

        /** Where it was. */
        public Path location() {
            return Path.of(path);
        }

        /** Whether it was there. */
        public boolean isAt(Path other) {
            return location().equals(other.toAbsolutePath().normalize());
        }

        /** In which way it was divided. */
        public SplitPlan splitPlan() {
            return split.map(SplitPlan::parse).orElse(SplitPlan.STRATIFIED);
        }

        /** These options with how it was read and divided, to read it so again. */
        public ReadOptions options(ReadOptions others) {
            return others.withSplit(Optional.of(splitPlan())).with(new RecordingOptions(reading));
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
