package org.tinytune.cli.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * What every model made by tinytune says in the {@value Provenance#FILE_NAME} beside it, whichever command made it.
 *
 * @param schemaVersion raised when a key changes its meaning
 * @param data the data set
 * @param seed of everything, such as which samples are for testing
 */
public record Origin(int schemaVersion, Provenance.Data data, long seed) {
    /**
     * The origin of a model.
     *
     * @return empty if there is no such file beside the model
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the file is damaged
     */
    public static Optional<Origin> of(Path model) {
        Path file = model.resolveSibling(Provenance.FILE_NAME);
        return Files.isRegularFile(file)
                ? Optional.of(ProvenanceFile.read(file, Origin.class, Origin::schemaVersion))
                : Optional.empty();
    }
}
