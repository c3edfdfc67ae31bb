package org.tinytune.search.space;

import java.util.List;

/** When a parameter is active: only if another, defined before it, is active and has one of some values. */
public sealed interface Condition {

    /** The name of the other parameter. */
    String parameter();

    /** Whether the other parameter's value is one of those wanted. */
    boolean allows(Object value);

    /** One line, the same for equal conditions and no others, as in {@code blocks in [3, 5]}. */
    String describe();

    /** Active if the other is a number of at least {@code low}. */
    static Condition atLeast(String parameter, int low) {
        return new InRange(parameter, low, Integer.MAX_VALUE);
    }

    /** Active if the other is an integer in [low, high]. */
    static Condition inRange(String parameter, int low, int high) {
        return new InRange(parameter, low, high);
    }

    /** Active if the other is one of these categories. */
    static Condition oneOf(String parameter, String... choices) {
        return new OneOf(parameter, List.of(choices));
    }

    /**
     * An integer parameter in a range.
     *
     * @param parameter the other parameter
     * @param low inclusive
     * @param high inclusive
     */
    record InRange(String parameter, int low, int high) implements Condition {
        @Override
        public boolean allows(Object value) {
            return value instanceof Integer v && v >= low && v <= high;
        }

        @Override
        public String describe() {
            return high == Integer.MAX_VALUE ? parameter + " >= " + low : parameter + " in [" + low + ", " + high + "]";
        }
    }

    /**
     * A categorical parameter that is one of some choices.
     *
     * @param parameter the other parameter
     * @param choices at least one
     */
    record OneOf(String parameter, List<String> choices) implements Condition {
        /** Checks and copies the choices. */
        public OneOf {
            choices = List.copyOf(choices);
            if (choices.isEmpty()) {
                throw new IllegalArgumentException("a condition on " + parameter + " needs a choice");
            }
        }

        @Override
        public boolean allows(Object value) {
            return value instanceof String v && choices.contains(v);
        }

        @Override
        public String describe() {
            return parameter + " in " + CategoricalDistribution.describe(choices);
        }
    }
}
