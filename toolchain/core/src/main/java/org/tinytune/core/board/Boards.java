package org.tinytune.core.board;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/** The catalogue of boards that ships with tinytune. */
public final class Boards {
    private static final String FOLDER = "/boards/";

    private static final ObjectReader READER = TomlMapper.builder()
            .addModule(new Jdk8Module())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new AllButOptionalRequired())
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build()
            .readerFor(Board.class);

    private Boards() {}

    /** The ids of all boards, sorted. */
    public static List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (String line : text("index.txt").split("\n")) {
            if (!line.isBlank()) {
                ids.add(line.strip());
            }
        }
        return List.copyOf(ids);
    }

    /**
     * The board with that id.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if there is none
     */
    public static Board byId(String id) {
        if (!ids().contains(id)) {
            throw new TinytuneException(
                    ExitCode.USAGE,
                    "unknown board '" + id + "' (known: " + String.join(", ", ids()) + "; see `tinytune boards`)");
        }
        return parse(id, toml(id));
    }

    /** The board's file as it stands, for hashing into provenance. */
    public static String toml(String id) {
        return text(id + ".toml");
    }

    /**
     * Reads a board file strictly: a missing, unknown or mistyped field is an error.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} naming the field
     */
    public static Board parse(String id, String toml) {
        Board board;
        try {
            board = READER.readValue(toml);
        } catch (JsonProcessingException e) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT, "boards/" + id + ".toml: " + where(e) + e.getOriginalMessage(), e);
        }
        if (!board.id().equals(id)) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    "boards/" + id + ".toml: id is '" + board.id() + "' (must be the file's name)");
        }
        return board;
    }

    private static String where(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
            return "";
        }
        return mapping.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(".", "", ": "));
    }

    private static String text(String file) {
        try (InputStream in = Boards.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException(FOLDER + file + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every field of a board must be there, except those that are declared optional. */
    private static final class AllButOptionalRequired extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasRequiredMarker(AnnotatedMember member) {
            return member instanceof AnnotatedParameter && member.getRawType() != Optional.class;
        }
    }
}
