package org.tinytune.cli.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.tinytune.core.DecimalText;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.SignalFacts;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.data.Dataset;
import org.tinytune.data.Samples;
import org.tinytune.data.SplitPlan;
import org.tinytune.data.reader.DataSets;
import org.tinytune.data.reader.ModelChannels;
import org.tinytune.data.reader.ReadOptions;
import org.tinytune.data.recording.RecordingOptions;
import org.tinytune.data.split.Split;
import org.tinytune.data.split.SplitOptions;
import org.tinytune.data.split.TestSet;
import org.tinytune.train.task.AnomalyDetection;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The data that belongs to a model: what the user names, or else what the model was made from. A picocli mixin. */
public final class DataOptions {
    private static final long DEFAULT_SEED = 1;

    /** What tells test part and groups. */
    private static final Set<String> PARTS = Set.of(RecordingOptions.TEST, RecordingOptions.GROUP_COLUMN);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder or file of the data set (default: the one that the model was made from).")
    private Path data;

    @Mixin
    private ReadingOptions reading;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of the random draw (default: the one that the model was made with, or 1).")
    private Long seed;

    /**
     * The data set for a model.
     *
     * @param model the model's file
     * @param graph the model, which says what the data must be able to answer, and which windows of recordings it takes
     * @param notes told why the data that the model was made from is not used, or that it has changed, and of channels
     *     and units that are not the model's
     * @return empty if the user names none, and the model's own is not known or not there any more
     * @throws TinytuneException if it cannot be read
     */
    public Optional<Dataset> load(Path model, Graph graph, Consumer<String> notes) {
        Optional<Origin> origin = Origin.of(model);
        if (data == null && origin.isEmpty()) {
            return Optional.empty();
        }
        Path path = data == null ? origin.get().data().location() : data;
        if (data == null && !Files.exists(path)) {
            notes.accept(path + ", which the model was made from, is not there any more");
            return Optional.empty();
        }
        ReadOptions task = readOptions(graph.metadata()).with(channels(graph, notes));
        boolean own = data == null || origin.map(made -> made.data().isAt(data)).orElse(false);
        ReadOptions asked = own ? task : task.with(windows(graph));
        ReadOptions options = origin.map(made -> made.data().options(asked)).orElse(asked);
        Dataset dataset = read(path, options, own, notes);
        if (origin.isPresent() && !origin.get().data().fingerprint().equals(dataset.fingerprint())) {
            notes.accept(
                    path + " is not the data that the model was made from: it may have been trained on these samples");
        }
        if (origin.isPresent() && seed != null && seed != origin.get().seed()) {
            notes.accept("--seed " + seed + " draws other samples than the seed that the model was made with, "
                    + origin.get().seed() + ": the model was trained on some of them");
        }
        return Optional.of(dataset);
    }

    /**
     * Reads data as those of the model were read, as far as that can be said of them: others may have other columns, or
     * no names or table that tell test part and groups.
     */
    private Dataset read(Path path, ReadOptions recorded, boolean own, Consumer<String> notes) {
        List<Set<String>> leftOut = new ArrayList<>();
        if (!own
                && recorded.model().areNamed()
                && recorded.recordings().columns().isPresent()) {
            leftOut.add(Set.of(RecordingOptions.COLUMNS));
        }
        leftOut.add(Set.of());
        if (recorded.recordings().test().isPresent()
                || recorded.recordings().groupColumn().isPresent()) {
            leftOut.add(PARTS);
        }
        for (int i = 0; ; i++) {
            try {
                Dataset read =
                        DataSets.load(path, recorded.without(leftOut.get(i)).with(reading.recordings()));
                if (leftOut.get(i).equals(PARTS)) {
                    notes.accept(path + " is read without the test part and groups that were told of the data that the"
                            + " model was made from");
                }
                return read;
            } catch (TinytuneException e) {
                if (i == leftOut.size() - 1 || e.exitCode() != ExitCode.INVALID_INPUT) {
                    throw e;
                }
            }
        }
    }

    /**
     * The samples to test a model with: those that were held out when it was made. Other data than the model's need not
     * fit the way in which that was done; then they are tested with the test part that they come with, or all of them.
     *
     * @param notes told so
     * @throws TinytuneException if the data cannot be divided
     */
    public Samples testSamples(Path model, Dataset dataset, Consumer<String> notes) {
        Optional<Origin> origin = Origin.of(model);
        boolean others =
                origin.isPresent() && !origin.get().data().fingerprint().equals(dataset.fingerprint());
        if (others && !fits(dataset.splitPlan(), dataset)) {
            notes.accept("the split of the model, " + dataset.splitPlan() + ", is none of '"
                    + dataset.card().name() + "': "
                    + (dataset.predefinedTest().length > 0 ? "its own test part is" : "all of its samples are")
                    + " used");
            return TestSet.ofOtherData(dataset).open();
        }
        return Split.of(dataset, SplitOptions.seeded(seed(model))).test().open();
    }

    private static boolean fits(SplitPlan plan, Dataset dataset) {
        boolean other = plan.choosesTest() && dataset.predefinedTest().length > 0;
        return !other && plan.group().filter(g -> !dataset.groups().contains(g)).isEmpty();
    }

    /** The channels that a model takes, as far as it tells; the user may have said which ones they are. */
    private ModelChannels channels(Graph graph, Consumer<String> notes) {
        SignalFacts facts = SignalFacts.of(graph.metadata());
        boolean told = !facts.channels().isEmpty()
                && graph.inputs().size() == 1
                && graph.input().shape().rank() > 0
                && graph.input().shape().dim(-1) == facts.channels().size();
        boolean byName = reading.recordings().columns().isEmpty();
        return told ? new ModelChannels(facts.channels(), facts.unit(), byName, notes) : ModelChannels.ANY;
    }

    /** How recordings are cut for a model that makes features of windows, as far as the model tells. */
    private static RecordingOptions windows(Graph graph) {
        Optional<Double> rate = SignalFacts.of(graph.metadata()).rateHz();
        if (FrontEnd.of(graph).isEmpty() || rate.isEmpty()) {
            return RecordingOptions.NONE;
        }
        SortedMap<String, String> texts = new TreeMap<>();
        texts.put(RecordingOptions.RATE, DecimalText.of(rate.get()));
        texts.put(RecordingOptions.WINDOW, graph.input().shape().rows() + " samples");
        texts.put(
                RecordingOptions.SCALE,
                DecimalText.of(graph.input().quantization().scale()));
        return new RecordingOptions(texts);
    }

    /** What the model is for goes before what the data says of itself, unless the model says nothing. */
    private static ReadOptions readOptions(Metadata metadata) {
        TaskKind task = TaskKind.of(metadata);
        if (task == TaskKind.CLASSIFICATION) {
            return ReadOptions.NONE;
        }
        return new ReadOptions(
                Optional.of(task), Optional.ofNullable(metadata.extra().get(AnomalyDetection.NORMAL_LABEL)));
    }

    /** The seed for a model. */
    public long seed(Path model) {
        return seed != null ? seed : Origin.of(model).map(Origin::seed).orElse(DEFAULT_SEED);
    }
}
