package org.tinytune.search.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinytune.search.space.Parameters;

/** The columns of a trial that hold JSON. Numbers are read back as the same bits. */
final class TrialJson {
    /** Writes numbers with the same digits on every JDK. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build())
            .build();

    private TrialJson() {}

    /** An object of numbers and strings, or an array of numbers. */
    static String write(Object mapOrList) {
        try {
            return JSON.writeValueAsString(mapOrList);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not to be written as JSON: " + mapOrList, e);
        }
    }

    /**
     * Parameters: floats have a decimal point or an exponent, ints have none.
     *
     * @throws DamagedException if the text is anything else
     */
    static Parameters parameters(String text) throws DamagedException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object(text).properties()) {
            JsonNode value = field.getValue();
            if (value.isInt()) {
                values.put(field.getKey(), value.intValue());
            } else if (value.isDouble()) {
                values.put(field.getKey(), value.doubleValue());
            } else if (value.isTextual()) {
                values.put(field.getKey(), value.textValue());
            } else {
                throw new DamagedException(text);
            }
        }
        return new Parameters(values);
    }

    /** Attributes: strings by name. */
    static Map<String, String> attributes(String text) throws DamagedException {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object(text).properties()) {
            if (!field.getValue().isTextual()) {
                throw new DamagedException(text);
            }
            attributes.put(field.getKey(), field.getValue().textValue());
        }
        return attributes;
    }

    /** Objective or constraint values. */
    static List<Double> numbers(String text) throws DamagedException {
        JsonNode array = parse(text);
        List<Double> numbers = new ArrayList<>();
        for (JsonNode element : array) {
            if (!element.isNumber()) {
                throw new DamagedException(text);
            }
            numbers.add(element.doubleValue());
        }
        if (!array.isArray()) {
            throw new DamagedException(text);
        }
        return numbers;
    }

    private static JsonNode object(String text) throws DamagedException {
        JsonNode node = parse(text);
        if (!node.isObject()) {
            throw new DamagedException(text);
        }
        return node;
    }

    private static JsonNode parse(String text) throws DamagedException {
        try {
            return JSON.readTree(text == null ? "" : text);
        } catch (JsonProcessingException e) {
            throw new DamagedException(text);
        }
    }

    /** A column does not hold what was written. */
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1L;

        DamagedException(String text) {
            super("not what was written: " + text);
        }
    }
}
