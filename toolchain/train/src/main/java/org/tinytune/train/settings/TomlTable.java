package org.tinytune.train.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * A table of a TOML file that is read strictly: every value has a type and a range, and what nobody has asked for when
 * the table is done with is a mistake. Every error is one line that begins with the file and the place in it.
 *
 * <p>Checked by: TomlTableTest.
 */
public final class TomlTable {
    private static final TomlMapper MAPPER = new TomlMapper();
    private static final JsonMapper JSON = new JsonMapper();

    private final String place;
    private final Map<String, JsonNode> values;
    private final Set<String> known = new LinkedHashSet<>();

    private TomlTable(String place, JsonNode table) {
        this.place = place;
        this.values = new LinkedHashMap<>();
        table.properties().forEach(field -> values.put(field.getKey(), field.getValue()));
    }

    /**
     * The root of a file.
     *
     * @param file its name, with which errors begin
     * @param text its content
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it is no TOML
     */
    public static TomlTable parse(String file, String text) {
        try {
            // Editors of Windows begin UTF-8 with a byte order mark.
            return new TomlTable(file, MAPPER.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text));
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    file + line + ": no TOML: " + e.getOriginalMessage() + " (mend the line)",
                    e);
        }
    }

    /**
     * The root of a file whose {@link #values} were kept.
     *
     * @param file its name, with which errors begin
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if these are something else
     */
    public static TomlTable ofValues(String file, String values) {
        try {
            JsonNode root = JSON.readTree(values);
            if (root.isObject()) {
                return new TomlTable(file, root);
            }
        } catch (JsonProcessingException e) {
            throw new TinytuneException(ExitCode.INVALID_INPUT, noValues(file), e);
        }
        throw new TinytuneException(ExitCode.INVALID_INPUT, noValues(file));
    }

    private static String noValues(String file) {
        return file + ": it does not hold what a file says as JSON (make it again)";
    }

    /** The same table, which errors call by another name. */
    public TomlTable at(String newPlace) {
        TomlTable renamed = new TomlTable(newPlace, MAPPER.createObjectNode());
        renamed.values.putAll(values);
        renamed.known.addAll(known);
        return renamed;
    }

    /** The file and the place in it, as errors begin. */
    public String place() {
        return place;
    }

    /** An error at this place. */
    public TinytuneException error(String message) {
        return new TinytuneException(ExitCode.INVALID_INPUT, place + ": " + message);
    }

    /** Does something whose complaints are about this place. */
    public <T> T checked(Supplier<T> work) {
        try {
            return work.get();
        } catch (TinytuneException e) {
            if (e.getMessage().startsWith(place)) {
                throw e;
            }
            throw new TinytuneException(ExitCode.INVALID_INPUT, place + ": " + e.getMessage(), e);
        }
    }

    /** All values as JSON: without comments and white space. */
    public String values() {
        return JSON.createObjectNode().setAll(values).toString();
    }

    /** Whether there is such a key. */
    public boolean has(String key) {
        known.add(key);
        return values.containsKey(key);
    }

    /** The keys that nobody has asked for yet. */
    Set<String> left() {
        Set<String> left = new LinkedHashSet<>(values.keySet());
        left.removeAll(known);
        return left;
    }

    /** Refuses what nobody has asked for. */
    public void requireNothingElse() {
        for (String key : left()) {
            List<String> others = known.stream().sorted().toList();
            throw error("unknown key '" + key + "': "
                    + (others.isEmpty() ? "none is known here" : "known are " + String.join(", ", others)));
        }
    }

    private Optional<JsonNode> find(String key) {
        return has(key) ? Optional.of(values.get(key)) : Optional.empty();
    }

    private JsonNode require(String key, String example) {
        return find(key)
                .orElseThrow(() -> error("key '" + key + "' is missing: give it, as in " + key + " = " + example));
    }

    private TinytuneException mistyped(String key, String wanted) {
        return error(key + " = " + values.get(key) + ": give " + wanted);
    }

    /** A table inside of this one; an empty one if it is left out. */
    public TomlTable table(String key) {
        JsonNode node = find(key).orElseGet(MAPPER::createObjectNode);
        if (!node.isObject()) {
            throw mistyped(key, "a table, [" + key + "]");
        }
        return new TomlTable(place + ": " + key, node);
    }

    /** The tables of a list, {@code [[key]]}, each called by the key and its number. */
    public List<TomlTable> tables(String key) {
        JsonNode list = find(key).orElseGet(MAPPER::createArrayNode);
        List<TomlTable> tables = new ArrayList<>();
        for (JsonNode node : list.isArray() ? list : List.of(list)) {
            if (!node.isObject() || !list.isArray()) {
                throw mistyped(key, "tables, [[" + key + "]]");
            }
            tables.add(new TomlTable(place + ": " + key + " " + (tables.size() + 1), node));
        }
        return tables;
    }

    /** A text. */
    public String text(String key, String example) {
        JsonNode node = require(key, "\"" + example + "\"");
        if (!node.isTextual()) {
            throw mistyped(key, "a text, as in \"" + example + "\"");
        }
        return node.textValue();
    }

    /** A text, or what it is if left out. */
    public String textOr(String key, String usual) {
        return has(key) ? text(key, usual) : usual;
    }

    /** A text, or a list of texts. */
    public List<String> texts(String key) {
        JsonNode node = require(key, "[\"a\", \"b\"]");
        List<String> texts = new ArrayList<>();
        for (JsonNode text : node.isArray() ? node : List.of(node)) {
            if (!text.isTextual()) {
                throw mistyped(key, "texts, as in [\"a\", \"b\"]");
            }
            texts.add(text.textValue());
        }
        return texts;
    }

    /** One of some words. */
    public <E extends Enum<E>> E word(String key, E usual) {
        return has(key) ? word(key, usual.getDeclaringClass()) : usual;
    }

    private <E extends Enum<E>> E word(String key, Class<E> words) {
        List<String> names = new ArrayList<>();
        for (E word : words.getEnumConstants()) {
            String name = word.name().toLowerCase(Locale.ROOT);
            if (values.get(key).isTextual() && values.get(key).textValue().equals(name)) {
                return word;
            }
            names.add("\"" + name + "\"");
        }
        throw mistyped(key, "one of " + String.join(", ", names));
    }

    /** True or false, or what it is if left out. */
    public boolean flag(String key, boolean usual) {
        if (!has(key)) {
            return usual;
        }
        if (!values.get(key).isBoolean()) {
            throw mistyped(key, "true or false");
        }
        return values.get(key).booleanValue();
    }

    /** A whole number in a range. */
    public int integer(String key, int min, int max) {
        return integer(key, require(key, Integer.toString(min)), min, max);
    }

    /** A whole number in a range, or what it is if left out. */
    public int integerOr(String key, int usual, int min, int max) {
        return has(key) ? integer(key, min, max) : usual;
    }

    private int integer(String key, JsonNode node, int min, int max) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < min || node.intValue() > max) {
            throw mistyped(key, "a whole number from " + min + " to " + max);
        }
        return node.intValue();
    }

    /** Some whole numbers in a range. */
    public List<Integer> integers(String key, int min, int max) {
        JsonNode node = require(key, "[" + min + "]");
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode number : node.isArray() ? node : List.of(node)) {
            numbers.add(integer(key, number, min, max));
        }
        return numbers;
    }

    /** A height and a width, or one number for both; a usual one for both if left out. */
    public Extent extent(String key, int usual, int max) {
        return has(key) ? extent(key, max) : new Extent(usual, usual);
    }

    /** A height and a width, or one number for both. */
    public Extent extent(String key, int max) {
        List<Integer> numbers = integers(key, 1, max);
        if (numbers.isEmpty() || numbers.size() > 2) {
            throw mistyped(key, "one number, or [height, width]");
        }
        return new Extent(numbers.get(0), numbers.get(numbers.size() - 1));
    }

    /**
     * A size.
     *
     * @param height in rows
     * @param width in columns
     */
    public record Extent(int height, int width) {}

    /** A number; infinity and NaN are none. */
    public double number(String key) {
        return number(key, require(key, "0.1"));
    }

    /** A number, or what it is if left out. */
    public double numberOr(String key, double usual) {
        return has(key) ? number(key) : usual;
    }

    private double number(String key, JsonNode node) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw mistyped(key, "a number");
        }
        return node.doubleValue();
    }

    /** Some numbers. */
    public double[] numbers(String key) {
        JsonNode node = require(key, "[1, 2]");
        double[] numbers = new double[node.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(key, node.get(i));
        }
        if (!node.isArray() || numbers.length == 0) {
            throw mistyped(key, "a list of numbers");
        }
        return numbers;
    }

    /** All numbers that nobody has asked for yet, by key. */
    public Map<String, Double> otherNumbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String key : left()) {
            numbers.put(key, number(key));
        }
        return numbers;
    }

    /** Whether the value is a text. */
    public boolean isText(String key) {
        return has(key) && values.get(key).isTextual();
    }
}
