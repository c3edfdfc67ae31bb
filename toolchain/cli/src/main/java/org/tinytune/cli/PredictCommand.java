package org.tinytune.cli;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.tinytune.cli.model.Classifier;
import org.tinytune.cli.model.ModelArgument;
import org.tinytune.cli.model.SampleEncoder;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.core.ExitCode;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.sim.Simulator;
import org.tinytune.data.reader.Sample;
import org.tinytune.data.reader.SampleReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Classifies the user's own samples as the board would. */
@Command(name = "predict", description = "Classify your own samples, byte for byte as a board would.")
final class PredictCommand implements Callable<Integer> {
    private static final int SHOWN_CLASSES = 3;

    @Mixin
    private ModelArgument model;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "CSV files with one sample a row, or with one image as it looks; or PNG, BMP and JPEG images of"
                            + " the model's size.")
    private List<Path> files;

    @Mixin
    private Output output;

    private record Report(String model, List<Prediction> predictions) {}

    /**
     * What the model makes of a sample.
     *
     * @param sample the file, and the line if it holds several
     * @param label the class with the highest probability
     * @param probability of that class
     * @param expected what the file says that it is, where it does
     * @param top the classes with the highest probabilities, best first
     */
    private record Prediction(
            String sample, String label, double probability, Optional<String> expected, List<Classifier.Score> top) {}

    @Override
    public Integer call() {
        Graph graph = model.loadInt8();
        SampleEncoder encoder = SampleEncoder.of(graph);
        Classifier classifier = new Classifier(graph);
        Simulator simulator = Simulator.of(graph);
        SampleReader reader = new SampleReader(encoder.sampleShape(), encoder.rawRange());
        List<Prediction> predictions = new ArrayList<>();
        for (Path file : files) {
            List<Sample> samples = reader.read(file);
            noteUnusualValues(file, samples, graph.metadata().encoding());
            for (Sample sample : samples) {
                byte[] scores = simulator.runSample(encoder.encode(sample.values()));
                predictions.add(prediction(sample, classifier.top(scores, SHOWN_CLASSES)));
            }
        }
        Report report = new Report(model.path().toString(), predictions);
        output.print(report, () -> text(predictions));
        return ExitCode.OK.code();
    }

    private static Prediction prediction(Sample sample, List<Classifier.Score> top) {
        return new Prediction(sample.name(), top.get(0).label(), top.get(0).probability(), sample.label(), top);
    }

    /** Values in another unit than the training data's are a usual mistake, and give a confident wrong answer. */
    private static void noteUnusualValues(Path file, List<Sample> samples, InputEncoding encoding) {
        float margin = (encoding.rawMax() - encoding.rawMin()) / 2;
        for (Sample sample : samples) {
            for (float value : sample.values()) {
                boolean usual = value >= encoding.rawMin() - margin && value <= encoding.rawMax() + margin;
                if (!usual && !encoding.equals(InputEncoding.IDENTITY)) {
                    System.err.println("tinytune: note: " + file + " holds " + value + ", but the model was trained on "
                            + encoding.rawMin() + " to " + encoding.rawMax() + " (in the same unit?)");
                    return;
                }
            }
        }
    }

    private static String text(List<Prediction> predictions) {
        Table table = new Table(left("sample"), left("label"), right("probability"), left("then"), left("file says"));
        for (Prediction p : predictions) {
            String others = p.top().stream()
                    .skip(1)
                    .map(score -> score.label() + " (" + Quantities.percent(score.probability()) + ")")
                    .collect(Collectors.joining(", "));
            table.row(
                    p.sample(),
                    p.label(),
                    Quantities.percent(p.probability()),
                    others,
                    p.expected().orElse("-"));
        }
        return table.text();
    }
}
