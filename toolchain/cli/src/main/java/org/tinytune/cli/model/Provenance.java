package org.tinytune.cli.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * From which data a search made a model, as the {@value #FILE_NAME} beside the model says.
 *
 * @param data folder or file of the data set
 * @param fingerprint of the data set
 * @param seed that divided it
 */
public record Provenance(Path data, String fingerprint, long seed) {
    /** The file's name. */
    public static final String FILE_NAME = "provenance.json";

    /**
     * The provenance of a model.
     *
     * @return empty if there is no such file beside the model
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the file is not what a search writes
     */
    public static Optional<Provenance> of(Path model) {
        Path file = model.resolveSibling(FILE_NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(file, new JsonMapper().readTree(Files.readAllBytes(file))));
        } catch (JsonProcessingException e) {
            throw damaged(file, "is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw damaged(file, "cannot be read: " + e.getMessage());
        }
    }

    private static Provenance parse(Path file, JsonNode root) {
        JsonNode path = root.at("/data/path");
        JsonNode fingerprint = root.at("/data/fingerprint");
        JsonNode seed = root.at("/seed");
        if (!path.isTextual() || !fingerprint.isTextual() || !seed.isIntegralNumber()) {
            throw damaged(file, "lacks the data's path and fingerprint, or the seed");
        }
        try {
            return new Provenance(Path.of(path.asText()), fingerprint.asText(), seed.asLong());
        } catch (InvalidPathException e) {
            throw damaged(file, "names no path: " + e.getReason());
        }
    }

    private static TinytuneException damaged(Path file, String what) {
        return new TinytuneException(
                ExitCode.INVALID_INPUT, file + " " + what + " (restore it, or move the model away from it)");
    }
}
