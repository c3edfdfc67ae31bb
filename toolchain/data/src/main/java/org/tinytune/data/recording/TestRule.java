package org.tinytune.data.recording;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says by a field of the files' names, or of a manifest, which recordings are the test part, as in {@code index < 5} or
 * {@code speaker = theo}.
 *
 * @param field a name in a pattern, or of a column
 * @param operator one of {@code < <= > >= = !=}
 * @param value a whole number, for the first four; otherwise any text
 */
public record TestRule(String field, String operator, String value) {
    private static final Pattern TEXT = Pattern.compile("\\s*([A-Za-z_]\\w*)\\s*(<=|>=|!=|<|>|=)\\s*(.*?)\\s*");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException if it is none
     */
    static TestRule parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || matcher.group(3).isEmpty()) {
            throw new IllegalArgumentException("is not a rule such as \"index < 5\" or \"speaker = theo\"");
        }
        TestRule rule = new TestRule(matcher.group(1), matcher.group(2), matcher.group(3));
        if (rule.compares() && !NUMBER.matcher(rule.value).matches()) {
            throw new IllegalArgumentException("compares with '" + rule.value + "', which is no whole number");
        }
        return rule;
    }

    private boolean compares() {
        return operator.startsWith("<") || operator.startsWith(">");
    }

    /**
     * Whether a recording is for testing.
     *
     * @param fields of its name or row
     * @return empty if it lacks the field, or the field is not the number that it should be
     */
    public Optional<DataPart> part(Map<String, String> fields) {
        String actual = fields.get(field);
        if (actual == null || (compares() && !NUMBER.matcher(actual).matches())) {
            return Optional.empty();
        }
        return Optional.of(holds(actual) ? DataPart.TEST : DataPart.TRAINING);
    }

    private boolean holds(String actual) {
        boolean numbers =
                NUMBER.matcher(actual).matches() && NUMBER.matcher(value).matches();
        int order = numbers
                ? Long.compare(Long.parseLong(actual), Long.parseLong(value))
                : Integer.signum(actual.compareTo(value));
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "=" -> order == 0;
            default -> order != 0;
        };
    }
}
