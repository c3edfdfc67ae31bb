package org.tinytune.data.reader;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.recording.DataPart;
import org.tinytune.data.recording.LabelPattern;
import org.tinytune.data.recording.RecordingOptions;
import org.tinytune.data.recording.TestRule;

/**
 * What the names and folders of files, or a table beside them, say of each.
 *
 * <p>In this order: the pattern that the user gives; a manifest; a folder for each label, perhaps in one for training
 * and one for testing; names that begin with the label and end in a number. The last is taken only where no name could
 * be read in another way.
 */
final class Layout {
    /** A word, something between, and a number: what lies between is no part of either. */
    private static final Pattern NUMBERED = Pattern.compile("([^\\s._\\-()]+)(?:[\\s._-]+\\(?|\\()[0-9]+\\)?");

    /** Fewer of a label may be chance. */
    private static final int MIN_NUMBERED = 3;

    private final FileTree tree;
    private final List<DataFile> files;
    private final RecordingOptions options;
    private final List<String> notes = new ArrayList<>();

    private Layout(FileTree tree, List<DataFile> files, RecordingOptions options) {
        this.tree = tree;
        this.files = files;
        this.options = options;
    }

    /**
     * A file and what is said of it.
     *
     * @param label empty if the file itself has to say it
     */
    record Placed(DataFile file, Optional<String> label, Optional<String> group, Optional<DataPart> part) {}

    /**
     * What is said of all files.
     *
     * @param files at least one
     * @param notes what a user should know of how it was understood
     */
    record Placement(List<Placed> files, List<String> notes) {}

    /**
     * Finds out what is said of files. A pattern may choose some of them.
     *
     * @param files of the tree, at least one
     * @param manifest that lists some of them
     * @param mayLabelThemselves whether a file can hold its own labels, so that it need not have a place
     */
    static Placement of(
            FileTree tree,
            List<DataFile> files,
            Optional<Manifest> manifest,
            RecordingOptions options,
            boolean mayLabelThemselves) {
        Layout layout = new Layout(tree, files, options);
        return new Placement(layout.place(manifest, mayLabelThemselves), layout.notes);
    }

    private List<Placed> place(Optional<Manifest> manifest, boolean mayLabelThemselves) {
        if (options.labelPattern().isPresent()) {
            Map<DataFile, Map<String, String>> listed = manifest.stream()
                    .flatMap(m -> m.rows().stream())
                    .collect(Collectors.toMap(Manifest.Row::file, Manifest.Row::fields));
            return byPattern(options.labelPattern().get(), listed);
        }
        if (manifest.isPresent()) {
            return manifest.get().rows().stream()
                    .map(row -> placed(row.file(), row.fields()))
                    .toList();
        }
        List<List<String>> folders = folders();
        List<Optional<DataPart>> parts = parts(folders);
        int depth = depth(folders);
        if (depth == 1) {
            return byFolder(folders, parts);
        }
        if (depth > 1) {
            List<String> last = folders.get(0).subList(depth - 2, depth);
            throw invalid(tree.shown() + ": files lie in folders of folders, as does "
                    + files.get(0).name() + ": if " + last.get(0)
                    + " is its label, give label_pattern = \"{label}/{group}/*\" in dataset.toml (or"
                    + " --label-pattern); if " + last.get(1) + " is, \"{group}/{label}/*\"");
        }
        Optional<List<Placed>> numbered = byNumberedName(parts);
        if (numbered.isPresent()) {
            return numbered.get();
        }
        if (mayLabelThemselves) {
            if (options.test().isPresent()) {
                throw invalid(tree.shown() + DatasetDescriptor.ruleWithoutFields(options, DataSets.HOLD_GROUP_BACK));
            }
            return placedWithoutLabel(parts);
        }
        throw invalid(tree.shown() + ": the name of " + files.get(0).name() + " does not say plainly what it holds: put"
                + " the files of each label into a folder called so, or say how names are made (label_pattern ="
                + " \"{label}_{group}_{n}\" in dataset.toml, or --label-pattern)");
    }

    /** @param listed what a list says of files, beside what their names say, which goes before it */
    private List<Placed> byPattern(LabelPattern pattern, Map<DataFile, Map<String, String>> listed) {
        List<Placed> placed = new ArrayList<>();
        List<DataFile> others = new ArrayList<>();
        for (DataFile file : files) {
            LabelPattern.Match match = pattern.match(file.name());
            if (match.fits()) {
                match.problem().ifPresent(problem -> {
                    throw file.invalid(" " + problem);
                });
                Map<String, String> fields = new TreeMap<>(listed.getOrDefault(file, Map.of()));
                fields.putAll(match.fields());
                placed.add(placed(file, fields));
            } else {
                others.add(file);
            }
        }
        leaveOut(pattern, others, placed);
        return placed;
    }

    /** What does not fit a pattern is left out, unless it looks like data that the pattern was meant for. */
    private void leaveOut(LabelPattern pattern, List<DataFile> others, List<Placed> placed) {
        Set<String> makes = placed.stream().map(p -> make(p.file())).collect(Collectors.toSet());
        for (DataFile other : others) {
            if (placed.isEmpty() || (!pattern.namesFiles() && makes.contains(make(other)))) {
                throw other.invalid(" " + pattern.match(other.name()).problem().orElseThrow());
            }
        }
        if (!others.isEmpty()) {
            notes.add("left out: " + others.size() + " of " + files.size() + " files do not fit the pattern '" + pattern
                    + "', as is the case of " + others.get(0).name());
        }
    }

    /** How a name is made of words and numbers, whatever they are and lies between them. */
    private static String make(DataFile file) {
        return file.baseName()
                .replaceAll("[0-9]+", "0")
                .replaceAll("\\p{L}+", "a")
                .replaceAll("[^a0]", "");
    }

    private Placed placed(DataFile file, Map<String, String> fields) {
        Optional<DataPart> part =
                Optional.ofNullable(fields.get(LabelPattern.PART)).map(name -> part(file, name));
        Optional<String> label =
                Optional.ofNullable(fields.get(LabelPattern.LABEL)).map(Layout::label);
        Optional<String> group =
                Optional.ofNullable(fields.get(LabelPattern.GROUP)).flatMap(Layout::group);
        return new Placed(file, label, group, ruled(file, fields).or(() -> part));
    }

    private Optional<DataPart> ruled(DataFile file, Map<String, String> fields) {
        Optional<TestRule> rule = options.test();
        Optional<DataPart> part = rule.flatMap(r -> r.part(fields));
        if (rule.isPresent() && part.isEmpty()) {
            String field = rule.get().field();
            throw file.invalid(": test = \"" + options.texts().get(RecordingOptions.TEST) + "\" asks for its '" + field
                    + "', which " + (fields.containsKey(field) ? "is no whole number" : "it does not have")
                    + " (fields come from label_pattern, or the columns of a manifest)");
        }
        return part;
    }

    private static DataPart part(DataFile file, String name) {
        return DataPart.named(name)
                .orElseThrow(() -> file.invalid(
                        ": its part '" + CsvTable.shown(name) + "' is none of training, validation, test"));
    }

    /** As labels are kept: what looks the same is the same, whatever file system it comes from. */
    static String label(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).strip();
    }

    /** A group, kept as labels are; empty if nothing is said, so that a recording stands for itself. */
    static Optional<String> group(String text) {
        return Optional.of(label(text)).filter(group -> !group.isEmpty());
    }

    private List<List<String>> folders() {
        List<List<String>> folders = new ArrayList<>();
        for (DataFile file : files) {
            List<String> parts = new ArrayList<>(Arrays.asList(file.name().split("/")));
            parts.remove(parts.size() - 1);
            folders.add(parts);
        }
        while (folders.stream().allMatch(f -> f.size() > 1)
                && folders.stream().map(f -> f.get(0)).distinct().count() == 1) {
            folders.forEach(f -> f.remove(0));
        }
        return folders;
    }

    /** Takes the folders of parts away if every file lies in one; several parts, for one could be a label. */
    private List<Optional<DataPart>> parts(List<List<String>> folders) {
        boolean parts = folders.stream()
                .allMatch(f -> !f.isEmpty() && DataPart.named(f.get(0)).isPresent());
        boolean several = folders.stream()
                        .map(f -> f.isEmpty() ? "" : f.get(0))
                        .distinct()
                        .count()
                > 1;
        if (!parts || !several) {
            return Collections.nCopies(folders.size(), Optional.empty());
        }
        return folders.stream().map(f -> DataPart.named(f.remove(0))).toList();
    }

    private int depth(List<List<String>> folders) {
        int depth = folders.get(0).size();
        for (int i = 0; i < folders.size(); i++) {
            if (folders.get(i).size() != depth) {
                throw invalid(tree.shown() + ": " + files.get(0).name() + " and "
                        + files.get(i).name()
                        + " do not lie equally deep, so that folders cannot be labels: move one, or say how names are"
                        + " made (label_pattern)");
            }
        }
        return depth;
    }

    private List<Placed> byFolder(List<List<String>> folders, List<Optional<DataPart>> parts) {
        List<String> names = folders.stream().map(f -> f.get(0)).toList();
        FolderNames folderNames = new FolderNames(tree.shown().toString(), names, files);
        folderNames.doubt().ifPresent(notes::add);
        folderNames.stamped().ifPresent(notes::add);
        List<Placed> placed = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Map<String, String> fields =
                    Map.of(LabelPattern.LABEL, folders.get(i).get(0));
            Placed place = placed(files.get(i), fields);
            placed.add(new Placed(
                    files.get(i),
                    place.label(),
                    Optional.empty(),
                    options.test().isPresent() ? place.part() : parts.get(i)));
        }
        return placed;
    }

    private Optional<List<Placed>> byNumberedName(List<Optional<DataPart>> parts) {
        Map<String, Integer> counts = new TreeMap<>();
        List<Placed> placed = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            String name = files.get(i).plainName();
            String original = files.get(i).fileName().substring(0, name.length());
            int dot = original.lastIndexOf('.');
            Matcher matcher = NUMBERED.matcher(dot > 0 ? original.substring(0, dot) : original);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            String label = label(matcher.group(1));
            counts.merge(label, 1, Integer::sum);
            placed.add(new Placed(files.get(i), Optional.of(label), Optional.empty(), parts.get(i)));
        }
        boolean plain = counts.size() > 1 && counts.values().stream().allMatch(n -> n >= MIN_NUMBERED);
        return plain && options.test().isEmpty() ? Optional.of(placed) : Optional.empty();
    }

    private List<Placed> placedWithoutLabel(List<Optional<DataPart>> parts) {
        List<Placed> placed = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            placed.add(new Placed(files.get(i), Optional.empty(), Optional.empty(), parts.get(i)));
        }
        return placed;
    }

    private static TinytuneException invalid(String message) {
        return new TinytuneException(ExitCode.INVALID_INPUT, message);
    }
}
