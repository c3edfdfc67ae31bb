package org.tinytune.cli.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.data.Dataset;
import org.tinytune.data.reader.Sample;
import org.tinytune.data.recording.RecordingOptions;

/**
 * What a model is run on.
 *
 * @param title what it is, in a few words
 * @param tensors bytes of the inputs; of a sequence, those of its steps one behind the other
 * @param sample raw values that they were made of, if any
 */
public record ModelInputs(String title, List<byte[]> tensors, Optional<float[]> sample) {
    /** The end of the name of a file that holds input bytes. */
    public static final String RAW = ".bin";

    /** Keeps a copy. */
    public ModelInputs {
        tensors = List.copyOf(tensors);
    }

    /** Noise: the same for the same seed. */
    public static ModelInputs noise(Graph graph, long seed) {
        return new ModelInputs(
                "noise of seed " + seed, SeededInputs.of(graph, new SplittableRandom(seed)), Optional.empty());
    }

    /**
     * A sample in a CSV file or an image, or the bytes of the input tensor, those of int16 little endian, in a file
     * that ends in {@value #RAW}.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the file holds anything but one input
     */
    public static ModelInputs read(Graph graph, Path file) {
        return read(graph, file, OwnSamples.of(graph, Optional.empty(), RecordingOptions.NONE, note -> {}), 0);
    }

    /**
     * The same, or a window of a recording.
     *
     * @param reader of the model's samples
     * @param seconds at which, or before which, the window of a recording begins
     * @throws TinytuneException as above
     */
    public static ModelInputs read(Graph graph, Path file, OwnSamples reader, double seconds) {
        SampleEncoder encoder = SampleEncoder.of(graph);
        if (file.toString().endsWith(RAW)) {
            return new ModelInputs(file.toString(), List.of(bytes(graph, file)), Optional.empty());
        }
        List<Sample> samples = reader.read(file);
        Sample chosen = samples.get(0);
        boolean windows = chosen.seconds().isPresent();
        if (samples.size() != 1 && !windows) {
            throw invalid(file, "holds " + samples.size() + " samples (give one, or use tinytune predict)");
        }
        for (Sample sample : samples) {
            chosen = windows && sample.seconds().getAsDouble() <= seconds ? sample : chosen;
        }
        return of(encoder, chosen.name(), chosen.values());
    }

    /**
     * A sample of a data set.
     *
     * @param index of the sample, a number in decimal
     * @throws TinytuneException with {@link ExitCode#USAGE} if the data set has not so many, with
     *     {@link ExitCode#INVALID_INPUT} if its samples are of another shape
     */
    public static ModelInputs ofDataset(Graph graph, Dataset dataset, String index) {
        String name = dataset.card().name();
        SampleEncoder encoder = SampleEncoder.of(graph);
        encoder.requireShape("'" + name + "'", dataset);
        BigInteger number = new BigInteger(index);
        if (number.compareTo(BigInteger.valueOf(dataset.size())) >= 0) {
            throw new TinytuneException(
                    ExitCode.USAGE,
                    "'" + name + "' has no sample " + index + " (it has " + dataset.size() + ", from 0 on)");
        }
        float[] values = new float[dataset.shape().elements()];
        dataset.read(number.intValueExact(), values, 0);
        return of(encoder, "sample " + index + " of '" + name + "'", values);
    }

    private static ModelInputs of(SampleEncoder encoder, String title, float[] values) {
        return new ModelInputs(title, List.of(encoder.encode(values)), Optional.of(values));
    }

    private static byte[] bytes(Graph graph, Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            boolean steps = graph.hasState()
                    && bytes.length > 0
                    && bytes.length % graph.input().bytes() == 0;
            if (!steps && bytes.length != graph.input().bytes()) {
                throw invalid(
                        file,
                        "has " + bytes.length + " bytes, the input tensor "
                                + graph.input().shape() + " has "
                                + graph.input().bytes());
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TinytuneException invalid(Path file, String what) {
        return new TinytuneException(ExitCode.INVALID_INPUT, file + " " + what);
    }

    /** The inputs of each step of a sequence, in order; of anything else, of its one inference. */
    public List<List<byte[]>> steps(Graph graph) {
        int bytes = graph.input().bytes();
        byte[] all = tensors.get(0);
        if (tensors.size() > 1 || all.length == bytes) {
            return List.of(tensors);
        }
        return IntStream.range(0, all.length / bytes)
                .mapToObj(i -> List.of(Arrays.copyOfRange(all, i * bytes, (i + 1) * bytes)))
                .toList();
    }
}
