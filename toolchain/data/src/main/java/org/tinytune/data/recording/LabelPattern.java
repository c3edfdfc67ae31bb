package org.tinytune.data.recording;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the names of files say what they hold, as in <code>{label}_{group}_{n}.wav</code>. A field stands for one or more
 * characters other than a slash, {@code *} for any number of them, everything else for itself. The ending may be left
 * out. A pattern with slashes speaks of the folders too: of the last ones, as many as it names.
 *
 * <p>{@code label} is a must, or {@code group} where files say their labels themselves; {@code part} is known;
 * {@code n} and {@code index} stand for digits; others may have any name, to tell the test part by.
 */
public final class LabelPattern {
    /** The field that says what was recorded. */
    public static final String LABEL = "label";

    /** The field that says which recordings belong together. */
    public static final String GROUP = "group";

    /** The field that says whether a recording is for training or testing. */
    public static final String PART = "part";

    private static final Set<String> NUMBERS = Set.of("n", "index");

    private static final Pattern TOKEN = Pattern.compile("\\{([A-Za-z_][A-Za-z_0-9]*)\\}|(\\*)|([^{}*]+)");

    private static final Pattern WORD = Pattern.compile("\\p{L}{2}");

    private final String text;
    private final List<String> fields = new ArrayList<>();
    private final Pattern shortest;
    private final Pattern longest;
    private final int folders;

    private LabelPattern(String text) {
        this.text = text;
        this.folders = (int) text.chars().filter(c -> c == '/').count();
        StringBuilder lazy = new StringBuilder();
        StringBuilder greedy = new StringBuilder();
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        for (; matcher.find() && matcher.start() == end; end = matcher.end()) {
            if (matcher.group(1) != null) {
                String repeated = NUMBERS.contains(matcher.group(1)) ? "([0-9]+" : "([^/]+";
                fields.add(matcher.group(1));
                lazy.append(repeated).append("?)");
                greedy.append(repeated).append(')');
            } else {
                String fixed = matcher.group(3) == null ? "[^/]*" : Pattern.quote(normal(matcher.group(3)));
                lazy.append(fixed).append(matcher.group(3) == null ? "?" : "");
                greedy.append(fixed);
            }
        }
        if (end != text.length()) {
            throw new IllegalArgumentException("has a brace that belongs to no field (a field is {label}, say)");
        }
        this.shortest = Pattern.compile(lazy.toString());
        this.longest = Pattern.compile(greedy.toString());
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it is none, or says nothing of labels or groups
     */
    public static LabelPattern parse(String text) {
        LabelPattern pattern = new LabelPattern(text);
        if (!pattern.fields.contains(LABEL) && !pattern.fields.contains(GROUP)) {
            throw new IllegalArgumentException("names no {label}, as in {label}_{group}_{n}.wav, nor a {group}");
        }
        if (pattern.fields.stream().distinct().count() != pattern.fields.size()) {
            throw new IllegalArgumentException("names a field twice");
        }
        return pattern;
    }

    /**
     * What a name says, or why it says nothing.
     *
     * @param fits whether it is such a name at all, though perhaps in more than one way
     */
    public record Match(Map<String, String> fields, Optional<String> problem, boolean fits) {}

    /** Whether the pattern says a word of names itself, so that it chooses among files. */
    public boolean namesFiles() {
        String fixed = text.substring(text.lastIndexOf('/') + 1)
                .replaceAll("\\{[^}]*\\}", "*")
                .replaceAll("\\.[A-Za-z0-9]+$", "");
        return WORD.matcher(fixed).find();
    }

    /**
     * The fields of a name. Where shorter or longer fields would fit too, the name is ambiguous: which is meant is not
     * guessed.
     *
     * @param path of the file in the data set, with slashes
     */
    public Match match(String path) {
        String whole = tail(normal(path));
        int dot = whole.lastIndexOf('.');
        String bare = dot > whole.lastIndexOf('/') ? whole.substring(0, dot) : whole;
        boolean saysEnding = text.substring(text.lastIndexOf('/') + 1).indexOf('.') >= 0;
        String end = saysEnding ? whole : bare;
        Optional<Map<String, String>> found = fields(shortest, end);
        if (found.isEmpty()) {
            end = saysEnding ? bare : whole;
            found = fields(shortest, end);
        }
        if (found.isEmpty()) {
            return new Match(Map.of(), Optional.of("does not fit the pattern '" + text + "'"), false);
        }
        Map<String, String> other = fields(longest, end).orElseThrow();
        if (!other.equals(found.get())) {
            return new Match(
                    Map.of(),
                    Optional.of("fits the pattern '" + text + "' in more than one way, " + found.get() + " or " + other
                            + ": make the pattern say more"),
                    true);
        }
        return new Match(found.get(), Optional.empty(), true);
    }

    private Optional<Map<String, String>> fields(Pattern pattern, String name) {
        Matcher matcher = pattern.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            values.put(fields.get(i), matcher.group(i + 1));
        }
        return Optional.of(values);
    }

    private String tail(String path) {
        int at = path.length();
        for (int i = 0; i <= folders && at >= 0; i++) {
            at = path.lastIndexOf('/', at - 1);
        }
        return path.substring(at + 1);
    }

    private static String normal(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    @Override
    public String toString() {
        return text;
    }
}
