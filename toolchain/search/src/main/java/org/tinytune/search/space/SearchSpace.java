package org.tinytune.search.space;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Named distributions in a fixed order, some of them conditional on those before.
 *
 * <p>A point of the unit cube always has a coordinate for every parameter. Decoding leaves out the inactive ones;
 * encoding gives them one fixed coordinate, so that two trials that differ only in what neither uses are the same
 * point: {@link #snap} maps any point to that representative.
 */
public final class SearchSpace {
    /** The middle of an axis: the expected value of what is not used. */
    private static final double INACTIVE_ORDERED = 0.5;
    /** A coordinate that no category has, since those are the middles of equal parts of [0, 1]. */
    private static final double INACTIVE_CATEGORY = 0;

    private final List<Axis> axes;

    private record Axis(String name, Distribution distribution, List<Condition> conditions) {
        boolean isActive(Map<String, Object> before) {
            for (Condition condition : conditions) {
                if (!condition.allows(before.get(condition.parameter()))) {
                    return false;
                }
            }
            return true;
        }

        double encode(Object value) {
            try {
                return distribution.encode(value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
            }
        }

        double inactive() {
            return distribution.isOrdered() ? INACTIVE_ORDERED : INACTIVE_CATEGORY;
        }

        String describe() {
            String activation = conditions.stream().map(Condition::describe).collect(Collectors.joining(" and "));
            return distribution.describe() + (activation.isEmpty() ? "" : " if " + activation);
        }
    }

    private SearchSpace(List<Axis> axes) {
        this.axes = List.copyOf(axes);
    }

    /** Starts an empty space. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the parameters of a space. */
    public static final class Builder {
        private final List<Axis> axes = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a parameter.
         *
         * @param name unique in the space
         * @param distribution its values
         * @param conditions all of which must hold for it to be active; on parameters added before
         * @throws IllegalArgumentException if the name is taken or not one line, or a condition can never hold
         */
        public Builder add(String name, Distribution distribution, Condition... conditions) {
            if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("a parameter's name must be one line: \"" + name + "\"");
            }
            if (find(name) != null) {
                throw new IllegalArgumentException("parameter " + name + " is defined twice");
            }
            for (Condition condition : conditions) {
                Axis other = find(condition.parameter());
                if (other == null) {
                    throw new IllegalArgumentException(
                            "parameter " + name + " depends on " + condition.parameter() + ", which is not before it");
                }
                if (!canHold(condition, other.distribution)) {
                    throw new IllegalArgumentException("parameter " + name + " is never active: " + condition.describe()
                            + ", but " + other.name + " is " + other.distribution.describe());
                }
            }
            axes.add(new Axis(name, distribution, List.of(conditions)));
            return this;
        }

        private Axis find(String name) {
            return axes.stream()
                    .filter(axis -> axis.name.equals(name))
                    .findFirst()
                    .orElse(null);
        }

        private static boolean canHold(Condition condition, Distribution distribution) {
            if (condition instanceof Condition.InRange range && distribution instanceof IntDistribution ints) {
                long low = Math.max(range.low(), ints.low());
                long stepsToLow = (low - ints.low() + ints.step() - 1) / ints.step();
                return ints.low() + stepsToLow * ints.step() <= Math.min(range.high(), ints.high());
            }
            return condition instanceof Condition.OneOf oneOf
                    && oneOf.choices().stream().allMatch(distribution::contains);
        }

        /** The space. */
        public SearchSpace build() {
            if (axes.isEmpty()) {
                throw new IllegalArgumentException("a search space needs a parameter");
            }
            return new SearchSpace(axes);
        }
    }

    /** The number of parameters, d. */
    public int size() {
        return axes.size();
    }

    /** The parameters' names, in order. */
    public List<String> names() {
        return axes.stream().map(Axis::name).toList();
    }

    /**
     * The distribution of a parameter.
     *
     * @param index in [0, d)
     */
    public Distribution distribution(int index) {
        return axes.get(index).distribution;
    }

    /**
     * The parameters at a point.
     *
     * @param unit [d], each in [0, 1]
     */
    public Parameters decode(double[] unit) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < axes.size(); i++) {
            Axis axis = axes.get(i);
            if (axis.isActive(values)) {
                values.put(axis.name, axis.distribution.decode(unit[i]));
            }
        }
        return new Parameters(values);
    }

    /**
     * The point of some parameters, with the fixed coordinate for each inactive one.
     *
     * @return [d], each in [0, 1]
     * @throws IllegalArgumentException if a parameter is missing, unknown, inactive or out of bounds
     */
    public double[] encode(Parameters parameters) {
        double[] unit = new double[axes.size()];
        int active = 0;
        for (int i = 0; i < unit.length; i++) {
            Axis axis = axes.get(i);
            if (axis.isActive(parameters.values())) {
                unit[i] = axis.encode(parameters.values().get(axis.name));
                active++;
            } else {
                unit[i] = axis.inactive();
            }
        }
        if (active != parameters.values().size()) {
            throw new IllegalArgumentException(parameters + " holds parameters that the space has not, or not active");
        }
        return unit;
    }

    /**
     * The parameters that are nearest to some values.
     *
     * @param values of every parameter that is active with them; others are of no account
     * @throws IllegalArgumentException if one is missing, or is no choice of a categorical parameter
     */
    public Parameters nearest(Map<String, ?> values) {
        Map<String, Object> nearest = new LinkedHashMap<>();
        for (Axis axis : axes) {
            if (axis.isActive(nearest)) {
                nearest.put(axis.name, axis.distribution.nearest(values.get(axis.name)));
            }
        }
        return new Parameters(nearest);
    }

    /** The representative of a point: {@code encode(decode(unit))}. */
    public double[] snap(double[] unit) {
        return encode(decode(unit));
    }

    /** One line a parameter, by name: its distribution and conditions. */
    public Map<String, String> describe() {
        Map<String, String> lines = new LinkedHashMap<>();
        axes.forEach(axis -> lines.put(axis.name, axis.describe()));
        return lines;
    }

    /** 16 hexadecimal digits, equal for equal spaces: names, distributions, conditions and order. */
    public String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            describe()
                    .forEach((name, line) ->
                            digest.update((name + ": " + line + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
