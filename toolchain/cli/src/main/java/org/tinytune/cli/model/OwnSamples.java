package org.tinytune.cli.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.SignalFacts;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.reader.Sample;
import org.tinytune.data.reader.SampleReader;
import org.tinytune.data.reader.SignalReader;
import org.tinytune.data.recording.RecordingOptions;

/**
 * Reads the user's own files for a model: recordings, if it takes samples of a sensor, and tables and images of whole
 * inputs.
 */
public final class OwnSamples {
    /** What was said of the recordings that the model was made from, and is true of others like them. */
    private static final Set<String> LASTING = Set.of(
            RecordingOptions.PADDING,
            RecordingOptions.COLUMNS,
            RecordingOptions.TIME_COLUMN,
            RecordingOptions.TIME_UNIT,
            RecordingOptions.RECORDING_COLUMN);

    private final SampleReader samples;
    private final Optional<SignalReader> signals;

    private OwnSamples(SampleReader samples, Optional<SignalReader> signals) {
        this.samples = samples;
        this.signals = signals;
    }

    /**
     * The reader of a model.
     *
     * @param model its file, beside which its provenance may lie, if there is a file
     * @param said by the user of recordings
     * @param notes told how files were understood
     * @throws InvalidModelException if its metadata contradict its input
     */
    public static OwnSamples of(Graph graph, Optional<Path> model, RecordingOptions said, Consumer<String> notes) {
        SampleEncoder encoder = SampleEncoder.of(graph);
        List<String> targets = TaskKind.of(graph.metadata()) == TaskKind.REGRESSION
                ? graph.metadata().labels()
                : List.of();
        Optional<SignalReader> signals =
                signal(graph).map(format -> signals(graph.input().shape().dim(1), format, model, said, notes));
        return new OwnSamples(new SampleReader(encoder.sampleShape(), encoder.rawRange(), targets), signals);
    }

    /**
     * The reader of recordings for a model that takes so many moments at a time of them.
     *
     * @param graph whose input is samples of a sensor
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it takes something else, or does not say how
     *     many samples a second has
     */
    public static SignalReader stream(
            Graph graph, int moments, Path model, RecordingOptions said, Consumer<String> notes) {
        SignalFormat format = signal(graph)
                .orElseThrow(() -> new TinytuneException(
                        ExitCode.INVALID_INPUT,
                        model + " does not take samples of a sensor, or does not say how many a second has, so that no"
                                + " recording can be fed to it"));
        return signals(moments, format, Optional.of(model), said, notes);
    }

    private static SignalReader signals(
            int moments, SignalFormat format, Optional<Path> model, RecordingOptions said, Consumer<String> notes) {
        return new SignalReader(format, moments, lasting(model).with(said), notes);
    }

    /** What the samples mean that a model takes; empty if it takes something else, or does not say. */
    static Optional<SignalFormat> signal(Graph graph) {
        Tensor input = graph.input();
        Shape shape = input.shape();
        SignalFacts facts = SignalFacts.of(graph.metadata());
        boolean window =
                input.type() == ElementType.INT16 && shape.rank() == 4 && shape.dim(0) == 1 && shape.dim(2) == 1;
        if (facts.statedRate().isEmpty() || !window) {
            return Optional.empty();
        }
        List<String> channels =
                facts.channels().isEmpty() ? SignalFormat.numberedChannels(shape.dim(3)) : facts.channels();
        if (channels.size() != shape.dim(3) || facts.rateHz().isEmpty()) {
            throw new InvalidModelException("its metadata say that its " + shape.dim(3) + " channels are '"
                    + String.join(",", facts.channels()) + "', and its rate '"
                    + facts.statedRate().get() + "'");
        }
        try {
            return Optional.of(
                    new SignalFormat(facts.rateHz().get(), input.quantization().scale(), channels, facts.unit()));
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException("its metadata say that its samples are of " + e.getMessage());
        }
    }

    private static RecordingOptions lasting(Optional<Path> model) {
        SortedMap<String, String> texts = new TreeMap<>(
                model.flatMap(Origin::of).map(made -> made.data().reading()).orElse(new TreeMap<>()));
        texts.keySet().retainAll(LASTING);
        return new RecordingOptions(texts);
    }

    /**
     * The samples in a file, one or several.
     *
     * @throws org.tinytune.core.TinytuneException with {@link org.tinytune.core.ExitCode#INVALID_INPUT} if it cannot be
     *     read, or holds something else than the model takes
     */
    public List<Sample> read(Path file) {
        return signals.isPresent() && signals.get().reads(file) ? signals.get().read(file) : samples.read(file);
    }
}
