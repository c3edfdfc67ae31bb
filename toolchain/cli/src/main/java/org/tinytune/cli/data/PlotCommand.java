package org.tinytune.cli.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tinytune.cli.model.NotedData;
import org.tinytune.cli.model.ReadingOptions;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.ProgressLine;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.plot.DataPlot;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.file.WholeFile;
import org.tinytune.data.Dataset;
import org.tinytune.data.reader.ReadOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a data set. */
@Command(
        name = "plot",
        description = {
            "Draw a data set: waveforms and spectrograms, images or distributions of columns, and the mean and spread of"
                    + " each class.",
            "Example: tinytune data plot examples/digits --out digits.html",
        })
final class PlotCommand implements Callable<Integer> {
    private static final int MAX_SAMPLES = 100;

    @Parameters(index = "0", paramLabel = "DIR", description = "Folder, zip archive or file of the data set.")
    private Path data;

    @Mixin
    private ReadingOptions reading;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "plot.html",
            description = "A page (.html) or one picture (.png) (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Samples of each class (default: 8 images, 3 of anything else).")
    private Integer samples;

    @Option(names = "--label", paramLabel = "L", description = "A class to draw; may be repeated (default: all).")
    private List<String> labels = List.of();

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Of the choice of samples (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private Output output;

    /** What JSON shows. */
    private record Report(String file, int bytes, List<String> labels, int hiddenLabels) {
        String text() {
            return "wrote " + file + ", " + Quantities.bytes(bytes) + "\n"
                    + (hiddenLabels == 0
                            ? ""
                            : "note: " + hiddenLabels + " more classes are not drawn (choose them by --label)\n");
        }
    }

    @Override
    public Integer call() {
        boolean png = isPng();
        if (samples != null && (samples < 1 || samples > MAX_SAMPLES)) {
            throw new TinytuneException(ExitCode.USAGE, "--samples " + samples + ": give 1 to " + MAX_SAMPLES);
        }
        Dataset dataset = NotedData.load(data, ReadOptions.NONE.with(reading.recordings()));
        requireLabels(dataset);
        Report report;
        try (ProgressLine progress = new ProgressLine()) {
            progress.begin("drawing " + dataset.size() + " samples of '"
                    + dataset.card().name() + "'");
            int shown = samples == null ? DataPlot.usualSamples(dataset) : samples;
            DataPlot plot = DataPlot.of(dataset, labels, shown, seed);
            byte[] content = png ? plot.png() : plot.html().getBytes(StandardCharsets.UTF_8);
            WholeFile.write(out, content);
            report = new Report(out.toString(), content.length, plot.labels(), plot.hiddenClasses());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        output.print(report, report::text);
        return ExitCode.OK.code();
    }

    private boolean isPng() {
        String name = out.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".png") && !name.endsWith(".html") && !name.endsWith(".htm")) {
            throw new TinytuneException(ExitCode.USAGE, "--out " + out + ": give a name that ends in .html or .png");
        }
        return name.endsWith(".png");
    }

    private void requireLabels(Dataset dataset) {
        for (String label : labels) {
            if (!dataset.labels().contains(label)) {
                throw new TinytuneException(
                        ExitCode.USAGE,
                        "--label " + label + ": there is no such class ("
                                + (dataset.labels().isEmpty()
                                        ? "the data set has none"
                                        : "there are " + String.join(", ", dataset.labels()))
                                + ")");
            }
        }
    }
}
