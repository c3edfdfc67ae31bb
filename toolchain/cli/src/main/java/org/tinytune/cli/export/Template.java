package org.tinytune.cli.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of this package's resources with names in it: {@code @name@} stands for a value. Lines between <code>@if NAME@
 * </code> and <code>@end@</code> are there only if NAME is among the conditions, those after an <code>@else@</code>
 * only if it is not. Checked by: TemplateTest.
 */
final class Template {
    private static final String FOLDER = "/org/tinytune/cli/export/";
    private static final Pattern NAME = Pattern.compile("@([A-Za-z_]+)@");
    private static final Pattern CONDITION = Pattern.compile("@if (\\w+)@");

    private final Map<String, String> values;
    private final Set<String> conditions;

    /**
     * @param values by name
     * @param conditions those that hold
     */
    Template(Map<String, String> values, Set<String> conditions) {
        this.values = Map.copyOf(values);
        this.conditions = Set.copyOf(conditions);
    }

    /** A resource of this package, filled in. */
    String resource(String name) {
        return fill(new String(bytes(name), StandardCharsets.UTF_8));
    }

    /** A resource of this package as it is. */
    static byte[] bytes(String name) {
        try (InputStream in = Template.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException(FOLDER + name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text, filled in. */
    String fill(String text) {
        Deque<Boolean> shown = new ArrayDeque<>();
        StringBuilder filled = new StringBuilder();
        for (String line : text.split("(?<=\n)", -1)) {
            String directive = line.strip();
            Matcher condition = CONDITION.matcher(directive);
            if (condition.matches()) {
                shown.push(conditions.contains(condition.group(1)));
            } else if (directive.equals("@else@")) {
                shown.push(!shown.pop());
            } else if (directive.equals("@end@")) {
                shown.pop();
            } else if (!shown.contains(false)) {
                filled.append(NAME.matcher(line).replaceAll(name -> Matcher.quoteReplacement(value(name))));
            }
        }
        if (!shown.isEmpty()) {
            throw new IllegalArgumentException("a condition has no end");
        }
        return filled.toString();
    }

    private String value(MatchResult name) {
        String value = values.get(name.group(1));
        if (value == null) {
            throw new IllegalArgumentException("nothing stands for " + name.group());
        }
        return value;
    }
}
