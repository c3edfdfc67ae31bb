package org.tinytune.cli.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

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

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) // of later versions
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
            .build();

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
     */
    public record Data(String path, String fingerprint) {
        /** Checks that it is a path. */
        public Data {
            if (Path.of(path).toString().isEmpty()) {
                throw new IllegalArgumentException("the path of the data is empty");
            }
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
     * The provenance of a model.
     *
     * @return empty if there is no such file beside the model
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the file is not what a search writes
     */
    public static Optional<Provenance> of(Path model) {
        Path file = model.resolveSibling(FILE_NAME);
        return Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /**
     * Reads a provenance.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the file cannot be read, or is not what a search
     *     writes
     */
    public static Provenance read(Path file) {
        try {
            Provenance provenance = JSON.readValue(Files.readAllBytes(file), Provenance.class);
            if (provenance == null || provenance.schemaVersion != SCHEMA_VERSION) {
                throw damaged(file, "is not of schema version " + SCHEMA_VERSION);
            }
            return provenance;
        } catch (JsonMappingException e) {
            String where = e.getPath().stream()
                    .map(JsonMappingException.Reference::getFieldName)
                    .collect(Collectors.joining("."));
            throw damaged(file, "is not what a search writes" + (where.isEmpty() ? "" : ", see '" + where + "'"));
        } catch (JsonProcessingException e) {
            throw damaged(file, "is no JSON: " + e.getOriginalMessage());
        } catch (NoSuchFileException e) {
            throw damaged(file, "is not there");
        } catch (AccessDeniedException e) {
            throw damaged(file, "may not be read");
        } catch (IOException e) {
            throw damaged(file, "cannot be read: " + e.getMessage());
        }
    }

    private static TinytuneException damaged(Path file, String what) {
        return new TinytuneException(
                ExitCode.INVALID_INPUT, file + " " + what + " (a search writes that file beside its model)");
    }
}
