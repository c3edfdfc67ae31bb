package org.tinytune.data.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.SplitPlan;
import org.tinytune.data.recording.DataPart;
import org.tinytune.data.recording.RecordingLength;
import org.tinytune.data.recording.RecordingOptions;
import org.tinytune.data.recording.RecordingSurvey;
import org.tinytune.data.recording.RecordingSurvey.Facts;
import org.tinytune.data.recording.RecordingWindows;
import org.tinytune.data.recording.WindowCache;

/**
 * Recordings to a data set of windows. Windows of a recording share a group, that of the recording or, without one, the
 * recording itself; where every recording is one window and none has a group, the set has none. A group that all
 * recordings have tells nothing, and is none.
 */
final class RecordingReader {
    private final RecordingSurvey survey;
    private final RecordingWindows windows;
    private final DatasetDescriptor descriptor;
    private final String name;
    private DatasetBuilder builder;

    private RecordingReader(RecordingSurvey survey, DatasetDescriptor descriptor, String name) {
        this.survey = survey;
        this.descriptor = descriptor;
        this.name = name;
        checkLabels();
        this.windows = new RecordingWindows(survey, options());
    }

    /**
     * Reads recordings.
     *
     * @param format what the files are, in a few words
     */
    static DataInspection read(List<RecordingFile> files, String format, DatasetDescriptor descriptor, String name) {
        RecordingOptions options = descriptor.recordings();
        RecordingSurvey all = RecordingSurvey.of(files, options.mono());
        RecordingReader reader = new RecordingReader(chosen(all, descriptor), descriptor, name);
        Dataset dataset = reader.dataset();
        List<String> notes = new ArrayList<>(reader.survey.notes());
        notes.addAll(reader.windows.notes());
        reader.groupOfAll()
                .map(group -> "all recordings are of the group '" + CsvTable.shown(group)
                        + "', which so tells none from another: each is taken for itself")
                .ifPresent(notes::add);
        reader.groupsInBothParts().ifPresent(notes::add);
        if (reader.survey.labelsShareFiles()) {
            notes.add("files hold several labels each, and rows of one file may be in several parts: if a file is one"
                    + " person's, label_pattern = \"{group}\" (or --label-pattern) keeps it in one");
        }
        return new DataInspection(dataset, format, reader.survey.fileCount(), Optional.of(reader.figures()), notes);
    }

    /**
     * The channels that a model takes, if all are there by name; otherwise those that the user says, or likely ones.
     */
    private static RecordingSurvey chosen(RecordingSurvey all, DatasetDescriptor descriptor) {
        RecordingOptions options = descriptor.recordings();
        List<String> names = all.recordings().get(0).channels();
        return (options.mono()
                        ? Optional.<List<Integer>>empty()
                        : descriptor.modelChannels().chosen(names))
                .map(all::channels)
                .orElseGet(() -> options.columns().isPresent() ? all : all.readingsAlone());
    }

    /** How recordings are cut, once it is known that the model can take them, if there is one. */
    private RecordingOptions options() {
        RecordingOptions options = descriptor.recordings();
        ModelChannels model = descriptor.modelChannels();
        Facts first = survey.recordings().get(0);
        List<String> names = options.mono() ? List.of(ModelChannels.MONO) : first.channels();
        String shown = "'" + descriptor.card(name).name() + "'";
        model.check(shown, names, first.kind());
        survey.recordings().stream()
                .map(Facts::unit)
                .filter(unit -> !model.isUnit(unit))
                .findFirst()
                .ifPresent(unit -> model.checkUnit(shown, unit));
        return names.size() > 1 && model.mixes(first.kind())
                ? options.with(new RecordingOptions(new TreeMap<>(Map.of(RecordingOptions.MONO, "true"))))
                : options;
    }

    private void checkLabels() {
        if (isRegression()) {
            survey.recordings().forEach(RecordingReader::quantity);
        } else {
            Labels labels = new Labels(descriptor);
            survey.recordings().forEach(r -> labels.checked(r.source(), r.label()));
        }
    }

    private boolean isRegression() {
        return descriptor.taskKind() == TaskKind.REGRESSION;
    }

    private static float quantity(Facts recording) {
        float value = Decimal.parse(recording.label());
        if (Float.isNaN(value)) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    recording.source() + ": its label '" + CsvTable.shown(recording.label())
                            + "' is not a number, as a regression's target is");
        }
        return value;
    }

    private Dataset dataset() {
        builder = descriptor.builder(name, windows.shape(), windows.store(WindowCache.ofUser()), windows.format());
        if (isRegression()) {
            builder.quantities(List.of(descriptor.labelColumn().orElse("value")));
        }
        boolean cut = windows.size() > survey.recordings().size();
        Optional<String> ofAll = groupOfAll();
        boolean grouped = cut
                || survey.recordings().stream()
                        .anyMatch(r -> (ofAll.isEmpty() && r.group().isPresent())
                                || r.whole().isPresent());
        boolean testing = false;
        for (int r = 0; r < windows.cuts().size(); r++) {
            RecordingWindows.Cut windowsOfOne = windows.cuts().get(r);
            Facts recording = survey.recordings().get(windowsOfOne.recording());
            if (!testing && recording.part().equals(Optional.of(DataPart.TEST))) {
                builder.beginTestPart();
                testing = true;
            }
            for (int i = 0; i < windowsOfOne.count(); i++) {
                addTarget(recording);
                if (cut) {
                    builder.recording(r);
                }
                if (grouped) {
                    builder.group(group(recording, ofAll));
                }
            }
        }
        return descriptor.build(builder, name);
    }

    private static String group(Facts recording, Optional<String> ofAll) {
        Optional<String> own = ofAll.isPresent() ? Optional.empty() : recording.group();
        return own.or(recording::whole).orElse(recording.source());
    }

    /** The group of several recordings that all have the same one; forward in time, it is one sequence. */
    private Optional<String> groupOfAll() {
        boolean forward = descriptor
                .split()
                .map(SplitPlan::parse)
                .filter(plan -> plan.method() == SplitPlan.Method.FORWARD)
                .isPresent();
        if (forward) {
            return Optional.empty();
        }
        List<Optional<String>> groups =
                survey.recordings().stream().map(Facts::group).distinct().toList();
        return survey.recordings().size() > 1 && groups.size() == 1 ? groups.get(0) : Optional.empty();
    }

    private void addTarget(Facts recording) {
        if (isRegression()) {
            builder.addStored(new float[] {quantity(recording)});
        } else {
            builder.addStored(recording.label());
        }
    }

    /** A split of the data's own is taken as it is, but whoever scores by it should know. */
    private Optional<String> groupsInBothParts() {
        Optional<String> ofAll = groupOfAll();
        Map<String, Long> parts = survey.recordings().stream()
                .filter(r -> ofAll.isEmpty() && r.group().isPresent())
                .collect(Collectors.groupingBy(
                        r -> r.group().get(),
                        TreeMap::new,
                        Collectors.mapping(
                                r -> r.part().orElse(DataPart.TRAINING),
                                Collectors.collectingAndThen(Collectors.toSet(), set -> (long) set.size()))));
        List<String> both = parts.entrySet().stream()
                .filter(e -> e.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
        return both.isEmpty()
                ? Optional.empty()
                : Optional.of("the data's own test part shares " + both.size() + " of " + parts.size()
                        + " groups with the training part (" + CsvTable.shown(String.join(", ", both))
                        + "): a score on it says nothing of new ones");
    }

    private DataInspection.Recordings figures() {
        List<Facts> all = survey.recordings();
        double[] seconds = all.stream().mapToDouble(Facts::seconds).sorted().toArray();
        double total = 0;
        for (double s : seconds) {
            total += s;
        }
        return new DataInspection.Recordings(
                all.size(),
                counted(all.stream().map(Facts::label).toList()),
                counted(all.stream().map(Facts::rateHz).toList()),
                new DataInspection.Durations(
                        total, seconds[0], seconds[seconds.length / 2], seconds[seconds.length - 1]),
                all.stream()
                        .map(r -> new RecordingLength(r.source(), r.seconds()))
                        .toList(),
                windows.shape().dim(0) / windows.format().rateHz(),
                windows.stride() / windows.format().rateHz());
    }

    private static <K extends Comparable<K>> Map<K, Integer> counted(List<K> names) {
        Map<K, Integer> counts = new TreeMap<>();
        names.forEach(n -> counts.merge(n, 1, Integer::sum));
        return counts;
    }
}
