package org.tinytune.search.space;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One of several choices without an order, equally likely.
 *
 * @param choices at least one, all different
 */
public record CategoricalDistribution(List<String> choices) implements Distribution {
    private static final Pattern PLAIN = Pattern.compile("[\\w.+-]+( [\\w.+-]+)*");

    /** Checks and copies the choices. */
    public CategoricalDistribution {
        choices = List.copyOf(choices);
        if (choices.isEmpty() || choices.stream().distinct().count() != choices.size()) {
            throw new IllegalArgumentException("choices " + choices + " must be one or more, all different");
        }
    }

    /** These choices. */
    public static CategoricalDistribution of(String... choices) {
        return new CategoricalDistribution(List.of(choices));
    }

    @Override
    public double encode(Object value) {
        String v = Distribution.checked(this, String.class, value);
        return (choices.indexOf(v) + 0.5) / choices.size();
    }

    @Override
    public String decode(double unit) {
        return choices.get(Math.min((int) (unit * choices.size()), choices.size() - 1));
    }

    @Override
    public String nearest(Object value) {
        return Distribution.checked(this, String.class, value);
    }

    @Override
    public boolean contains(Object value) {
        return value instanceof String v && choices.contains(v);
    }

    @Override
    public boolean isOrdered() {
        return false;
    }

    @Override
    public String describe() {
        return "categorical " + describe(choices);
    }

    /** The choices in brackets; in quotes where a reader could take one for two, or for another. */
    static String describe(List<String> choices) {
        return choices.stream().map(CategoricalDistribution::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String choice) {
        if (PLAIN.matcher(choice).matches()) {
            return choice;
        }
        return '"'
                + choice.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }
}
