package org.tinytune.cli.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tinytune.cli.model.Classifier;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.tensor.Elements;
import picocli.CommandLine.Option;

/** What the user knows of a model that its file does not say. A picocli mixin. */
final class StatedMetadata {
    private static final String SUFFIX = ".tflite";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What to call the model (default: what it calls itself, otherwise the file's name).")
    private String name;

    @Option(names = "--labels", paramLabel = "FILE", description = "The labels of its outputs, one a line.")
    private Path labels;

    @Option(
            names = "--mean",
            paramLabel = "M",
            split = ",",
            description = "What is subtracted from a reading: one number, or one a channel.")
    private List<Float> mean;

    @Option(
            names = "--deviation",
            paramLabel = "D",
            split = ",",
            description = "By what it is then divided, to become the model's real input.")
    private List<Float> deviation;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "classification, regression or anomaly (default: what the model says, otherwise the first).")
    private String task;

    /**
     * The model with what was stated.
     *
     * @param path of its file
     * @throws TinytuneException with {@link ExitCode#USAGE} or {@link ExitCode#INVALID_INPUT} if that does not fit it
     */
    Graph applyTo(Graph graph, Path path) {
        Metadata metadata = graph.metadata();
        Metadata named = new Metadata(
                name(metadata, path),
                metadata.description(),
                labels == null ? metadata.labels() : readLabels(),
                encoding(graph),
                metadata.extra());
        Graph stated = graph.withMetadata(
                task == null
                        ? named
                        : TaskKind.named(task)
                                .orElseThrow(() -> new TinytuneException(
                                        ExitCode.USAGE, "--task " + task + ": known are " + TaskKind.ids()))
                                .storedIn(named));
        checkLabels(stated);
        return stated;
    }

    private String name(Metadata metadata, Path path) {
        if (name != null) {
            return name;
        }
        if (!metadata.name().equals(Metadata.unnamed().name())) {
            return metadata.name();
        }
        String file = path.getFileName().toString();
        return file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
    }

    private List<String> readLabels() {
        try {
            List<String> read = Files.readAllLines(labels).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (read.stream().distinct().count() < read.size()) {
                throw new TinytuneException(ExitCode.INVALID_INPUT, labels + ": a label stands there twice");
            }
            return read;
        } catch (IOException e) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT, labels + ": cannot be read as UTF-8 text (" + e.getMessage() + ")", e);
        }
    }

    private void checkLabels(Graph graph) {
        if (labels != null && TaskKind.of(graph.metadata()) == TaskKind.CLASSIFICATION) {
            new Classifier(graph); // has as many labels as classes
        }
    }

    /** Of a model that does not say from where to where readings range: all that its input can hold. */
    private InputEncoding encoding(Graph graph) {
        InputEncoding old = graph.metadata().encoding();
        if (mean == null && deviation == null && !old.equals(InputEncoding.IDENTITY)) {
            return old;
        }
        List<Float> means = mean == null ? InputEncoding.IDENTITY.mean() : mean;
        List<Float> deviations = deviation == null ? InputEncoding.IDENTITY.deviation() : deviation;
        requireFinite("--mean", means);
        requireFinite("--deviation", deviations);
        Tensor input = graph.input();
        int channels = input.shape().rank() == 0 ? 1 : input.shape().dim(-1);
        if (means.size() != deviations.size() || means.size() > 1 && means.size() != channels) {
            throw new TinytuneException(
                    ExitCode.USAGE,
                    "--mean has " + means.size() + " numbers and --deviation " + deviations.size()
                            + ": give one each, or one each a channel, of which the input has " + channels);
        }
        if (!input.quantization().isPresent()) {
            return new InputEncoding(means, deviations, old.rawMin(), old.rawMax());
        }
        return new InputEncoding(
                means,
                deviations,
                raw(input, Elements.of(input.type()).min(), means, deviations),
                raw(input, Elements.of(input.type()).max(), means, deviations));
    }

    private static void requireFinite(String option, List<Float> values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new TinytuneException(ExitCode.USAGE, option + " " + value + ": finite numbers are needed");
            }
        }
    }

    /** The reading of the first channel that becomes an integer. */
    private static float raw(Tensor input, int q, List<Float> means, List<Float> deviations) {
        return (float) (means.get(0) + deviations.get(0) * input.quantization().dequantize(q));
    }
}
