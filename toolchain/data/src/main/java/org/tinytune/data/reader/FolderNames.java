package org.tinytune.data.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.recording.DataPart;

/**
 * Folders that could be labels, and why they may be none: files that are called alike in all of them may well be what
 * was recorded, and the folders who or when. What a user would get is a model that tells people, or days, apart.
 */
final class FolderNames {
    /** A word, and perhaps a number behind it. */
    private static final Pattern WORD = Pattern.compile("(\\p{L}[\\p{L}\\s-]*?)(?:([\\s._-]*)[0-9]+)?");

    private static final Pattern SUBJECT = Pattern.compile(
            "(s|p|u|id|sub|subj|subject|user|person|participant|proband|patient|speaker|volunteer)?[\\s._-]*[0-9]+",
            Pattern.CASE_INSENSITIVE);

    /** What programs of phones call the files of a recording. */
    private static final Pattern SENSOR = Pattern.compile(
            "(total|linear|raw|watch|wrist|headphone)?[\\s-]*"
                    + "(acc|accelerometer|acceleration|gyr|gyro|gyroscope|mag|magnetometer|gravity|orientation"
                    + "|rotation|barometer|pressure|light|location|pedometer|compass|microphone|motion)"
                    + "[\\s-]*(uncalibrated|x|y|z)?",
            Pattern.CASE_INSENSITIVE);

    /** A word, and a date or a number behind it that differs from folder to folder. */
    private static final Pattern STAMPED = Pattern.compile("(.*?\\p{L})([\\s._-]+[0-9][0-9\\s._:T-]*)");

    /** Words that say nothing of what is in a file. */
    private static final Set<String> GENERIC =
            Set.of("rec", "recording", "sample", "take", "trial", "file", "data", "log", "img", "image", "dsc", "part");

    /** Words that are in so many of all folders are no chance. */
    private static final double NEARLY_ALL = 0.75;

    private final String shown;
    private final List<String> folders;
    private final List<DataFile> files;
    private final Map<String, Set<String>> foldersOfWord = new TreeMap<>();
    private int named;

    /**
     * Names to look at.
     *
     * @param shown the data set, as messages call it
     * @param folders the folder of each file
     */
    FolderNames(String shown, List<String> folders, List<DataFile> files) {
        this.shown = shown;
        this.folders = folders;
        this.files = files;
        for (int i = 0; i < files.size(); i++) {
            String folder = folders.get(i);
            word(files.get(i)).ifPresent(word -> {
                foldersOfWord.computeIfAbsent(word, w -> new TreeSet<>()).add(folder);
                named++;
            });
        }
    }

    private static Optional<String> word(DataFile file) {
        Matcher matcher = WORD.matcher(file.baseName());
        return Optional.of(matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1))
                .filter(word -> word.length() > 1)
                .filter(word -> !GENERIC.contains(word.toLowerCase(Locale.ROOT)))
                .filter(word -> DataPart.named(word).isEmpty());
    }

    /**
     * What there is to say against taking the folders for labels, as a note; empty if there is nothing.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT}; if they are called like subjects, or hold a file
     *     for each sensor; the message has the patterns to choose from
     */
    Optional<String> doubt() {
        Set<String> all = new TreeSet<>(folders);
        boolean subjects = all.stream().allMatch(f -> SUBJECT.matcher(f).matches());
        double enough = subjects ? 2 : Math.max(2, NEARLY_ALL * all.size());
        List<String> recurring = foldersOfWord.entrySet().stream()
                .filter(e -> e.getValue().size() >= enough)
                .map(Map.Entry::getKey)
                .toList();
        if (recurring.size() < 2 || named < NEARLY_ALL * files.size()) {
            return Optional.empty();
        }
        int first = first(recurring.get(0));
        if (recurring.stream().allMatch(word -> SENSOR.matcher(word).matches())) {
            throw invalid(": folders hold a file for each sensor, " + String.join(", ", recurring)
                    + ": which one is meant? Give a pattern, as in label_pattern = \"" + pattern(folders.get(first))
                    + "/" + files.get(first).fileName() + "\" (or --label-pattern)");
        }
        Matcher name = WORD.matcher(files.get(first).baseName());
        String number = name.matches() && name.group(2) != null ? name.group(2) + "{n}" : "";
        String group = "\"{group}/{label}" + number + "\"";
        String label = "\"{label}/{group}" + number + "\"";
        String alike = "files are called alike in all folders, as is "
                + files.get(first).name() + ": if " + recurring.get(0) + " is its label, give label_pattern = " + group
                + " (or --label-pattern)";
        if (subjects) {
            throw invalid(": " + alike + "; if " + folders.get(first) + " is, " + label);
        }
        return Optional.of("the folders are taken for labels, though " + alike + "; if they are labels and "
                + recurring.get(0) + " is who or what was recorded, " + label);
    }

    private int first(String word) {
        for (int i = 0; i < files.size(); i++) {
            if (word(files.get(i)).equals(Optional.of(word))) {
                return i;
            }
        }
        throw new IllegalArgumentException(word);
    }

    /** The note of labels that are the same but for dates or numbers; empty if they are not. */
    Optional<String> stamped() {
        Map<String, List<String>> stamped = new TreeMap<>();
        for (String folder : new TreeSet<>(folders)) {
            Matcher matcher = STAMPED.matcher(folder);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            stamped.computeIfAbsent(matcher.group(1), w -> new ArrayList<>()).add(folder);
        }
        return stamped.size() < 2
                ? Optional.empty()
                : stamped.entrySet().stream()
                        .filter(e -> e.getValue().size() > 1)
                        .findFirst()
                        .map(e -> "the labels " + e.getValue().stream().limit(2).collect(Collectors.joining(" and "))
                                + " differ by a number or date alone: if both are " + e.getKey()
                                + ", give label_pattern = \""
                                + pattern(e.getValue().get(0))
                                + "/*\" (or --label-pattern)");
    }

    /** The pattern of folders that are called like this one. */
    private static String pattern(String folder) {
        Matcher matcher = STAMPED.matcher(folder);
        return matcher.matches() ? "{label}" + matcher.group(2).replaceAll("[0-9]+", "*") : "{label}";
    }

    private TinytuneException invalid(String what) {
        return new TinytuneException(ExitCode.INVALID_INPUT, shown + what);
    }
}
