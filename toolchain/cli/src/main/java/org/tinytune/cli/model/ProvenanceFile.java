package org.tinytune.cli.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/** Reads {@value Provenance#FILE_NAME}, or as much of it as somebody asks for. */
final class ProvenanceFile {
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

    private ProvenanceFile() {}

    /**
     * Reads a provenance into a record that has some of its keys.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the file cannot be read, or lacks a key
     */
    static <T> T read(Path file, Class<T> type, ToIntFunction<T> schemaVersion) {
        T provenance = parsed(file, bytes -> JSON.treeToValue(withNewerKeys(JSON.readTree(bytes)), type));
        if (provenance == null || schemaVersion.applyAsInt(provenance) != Provenance.SCHEMA_VERSION) {
            throw damaged(file, "is not of schema version " + Provenance.SCHEMA_VERSION);
        }
        return provenance;
    }

    /** Says nothing under the keys that earlier versions did not write. */
    private static JsonNode withNewerKeys(JsonNode provenance) {
        if (provenance.path("data") instanceof ObjectNode data) {
            data.putIfAbsent("split", data.nullNode());
            data.putIfAbsent("reading", data.objectNode());
        }
        if (provenance instanceof ObjectNode all) {
            all.putIfAbsent("features", all.arrayNode());
        }
        return provenance;
    }

    /**
     * The command that a provenance says it is of; a search says none.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the file cannot be read
     */
    static Optional<String> command(Path file) {
        JsonNode command = parsed(file, JSON::readTree).path("command");
        return command.isTextual() ? Optional.of(command.textValue()) : Optional.empty();
    }

    /** Makes something of JSON. */
    private interface Parser<T> {
        T parse(byte[] json) throws IOException;
    }

    private static <T> T parsed(Path file, Parser<T> parser) {
        try {
            return parser.parse(Files.readAllBytes(file));
        } catch (JsonMappingException e) {
            String where = e.getPath().stream()
                    .map(JsonMappingException.Reference::getFieldName)
                    .collect(Collectors.joining("."));
            throw damaged(
                    file,
                    "is not what a search writes, or a training" + (where.isEmpty() ? "" : ", see '" + where + "'"));
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
                ExitCode.INVALID_INPUT, file + " " + what + " (search and train write that file beside their model)");
    }
}
