package org.tinytune.search.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The active parameters of a trial by name, in the order of their space. Inactive ones are absent.
 *
 * @param values {@link Double}, {@link Integer} or {@link String}
 */
public record Parameters(Map<String, Object> values) {

    /** Copies the values. */
    public Parameters {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        values.forEach((name, value) -> {
            if (!(value instanceof Double || value instanceof Integer || value instanceof String)) {
                throw new IllegalArgumentException(name + " = " + value + " is neither float, int nor category");
            }
        });
    }

    /** Whether a parameter is active. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * The value of a float parameter.
     *
     * @throws IllegalArgumentException if it is inactive or of another type
     */
    public double getDouble(String name) {
        return get(name, Double.class);
    }

    /**
     * The value of an int parameter.
     *
     * @throws IllegalArgumentException if it is inactive or of another type
     */
    public int getInt(String name) {
        return get(name, Integer.class);
    }

    /**
     * The choice of a categorical parameter.
     *
     * @throws IllegalArgumentException if it is inactive or of another type
     */
    public String getString(String name) {
        return get(name, String.class);
    }

    private <T> T get(String name, Class<T> type) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            String what = value == null ? "is not active" : "is " + value + ", not of type " + type.getSimpleName();
            throw new IllegalArgumentException("parameter " + name + " " + what);
        }
        return type.cast(value);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
