package org.tinytune.test.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.testing.SharedFolder;
import org.tinytune.tflite.TfliteReader;

/** A folder with a model, inputs, and what the reference kernels make of them. */
public final class GoldenModel {
    /** All of them. */
    public static final List<String> NAMES =
            List.of("kws_ref_model", "vww_96_int8", "pretrainedResnet_quant", "ad01_int8", "hello_world_int8");

    private static final int SAMPLES = 8;
    private static final Pattern LAYER = Pattern.compile("op(\\d+)_(\\w+)_t\\d+\\.bin");

    private final String name;
    private final Path folder;

    /**
     * An input with its output.
     *
     * @param name of the input's file
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sample(String name, byte[] input, byte[] output) {}

    /**
     * What an operator computes.
     *
     * @param operator its name
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Layer(String operator, byte[] output) {}

    /** The model of that name; the test is skipped where it is not there. */
    public GoldenModel(String name) {
        this.name = name;
        folder = SharedFolder.require("golden").resolve(name);
    }

    /** The bytes of the file. */
    public byte[] file() {
        return read(name + ".tflite");
    }

    /** The model as the reader sees it. */
    public Graph graph() {
        return TfliteReader.read(name, file());
    }

    /** Noise, smooth inputs, and for a model of a single input element all 256 values. */
    List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (int k = 1; k <= SAMPLES; k++) {
            samples.add(sample("in_" + k, "out_" + k));
            samples.add(sample("win_" + k, "wout_" + k));
        }
        if (Files.exists(folder.resolve("in_sweep256.bin"))) {
            Sample sweep = sample("in_sweep256", "out_sweep256");
            for (int i = 0; i < sweep.input().length; i++) {
                samples.add(new Sample("sweep " + i, new byte[] {sweep.input()[i]}, new byte[] {sweep.output()[i]}));
            }
        }
        return samples;
    }

    /** What each node computes for {@code in_1}, by the node's index. */
    Map<Integer, Layer> layers() {
        Map<Integer, Layer> layers = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder.resolve("layers_1"))) {
            files.forEach(file -> {
                Matcher matcher = LAYER.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    layers.put(Integer.valueOf(matcher.group(1)), new Layer(matcher.group(2), read(file)));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return layers;
    }

    private Sample sample(String input, String output) {
        return new Sample(input, read(input + ".bin"), read(output + ".bin"));
    }

    private byte[] read(String file) {
        return read(folder.resolve(file));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
