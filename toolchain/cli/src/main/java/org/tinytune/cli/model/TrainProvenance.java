package org.tinytune.cli.model;

import java.nio.file.Path;
import java.util.Optional;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * What {@value Provenance#FILE_NAME} holds beside a model that a file declares: everything that the model follows from.
 * The names are an interface: keys are added, never renamed or removed.
 *
 * @param schemaVersion raised when a key changes its meaning
 * @param command that made it
 * @param version of tinytune
 * @param commit that it was built from
 * @param jdk that ran it; the model does not depend on it
 * @param data the data set
 * @param declaration what the model's file says, as JSON
 * @param teacher that it learnt from, if any
 * @param seed of everything
 * @param modelSha256 of the model's file
 */
public record TrainProvenance(
        int schemaVersion,
        String command,
        String version,
        String commit,
        String jdk,
        Provenance.Data data,
        String declaration,
        Optional<Teacher> teacher,
        long seed,
        String modelSha256) {

    /** The command that writes such files. */
    public static final String COMMAND = "train";

    /**
     * A teacher.
     *
     * @param file where it was
     * @param sha256 of the file if it is a trained model; otherwise of the declaration
     * @param declaration what the file says if it declares a network
     */
    public record Teacher(String file, String sha256, Optional<String> declaration) {
        /** Checks that it is a path. */
        public Teacher {
            if (Path.of(file).toString().isEmpty()) {
                throw new IllegalArgumentException("the path of the teacher is empty");
            }
        }

        /** Where it was. */
        public Path location() {
            return Path.of(file);
        }
    }

    /**
     * Whether a file is one of these rather than of a search.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it cannot be read
     */
    public static boolean isAt(Path file) {
        return ProvenanceFile.command(file).equals(Optional.of(COMMAND));
    }

    /**
     * Reads a provenance.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the file cannot be read, or is not what a
     *     training writes
     */
    public static TrainProvenance read(Path file) {
        return ProvenanceFile.read(file, TrainProvenance.class, TrainProvenance::schemaVersion);
    }
}
