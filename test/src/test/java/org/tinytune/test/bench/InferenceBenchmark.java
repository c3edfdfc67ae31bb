package org.tinytune.test.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tinytune.core.channel.ConstantChannels;
import org.tinytune.core.file.TemporaryFolder;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.testing.SharedFolder;
import org.tinytune.test.golden.GoldenModel;
import org.tinytune.tflite.TfliteReader;

/**
 * Counts the instructions and bytes of generated C libraries on emulated cores, checks what they compute, and sets them
 * beside TFLite Micro with CMSIS-NN.
 */
public final class InferenceBenchmark {
    private static final int INPUTS = 3;
    private static final List<String> OPTIMIZATIONS = List.of("-O2", "-Os");

    private final List<EmulatedCore> cores;
    private final InferenceTables tables = new InferenceTables();

    private InferenceBenchmark(List<EmulatedCore> cores) {
        this.cores = cores;
    }

    /**
     * Prints the tables; writes them where option {@code --write FILE} says so.
     *
     * @param args options {@code --core m0,m4} and {@code --write FILE}, then files of models; without any, the golden
     *     models
     */
    public static void main(String[] args) throws IOException {
        List<String> rest = new ArrayList<>(Arrays.asList(args));
        Optional<String> wanted = option(rest, "--core");
        Optional<String> file = option(rest, "--write");
        List<EmulatedCore> cores = Stream.of(EmulatedCore.values())
                .filter(core ->
                        wanted.isEmpty() || List.of(wanted.get().split(",")).contains(core.id()))
                .toList();
        InferenceBenchmark benchmark = new InferenceBenchmark(cores);
        for (Path model :
                rest.isEmpty() ? goldenModels() : rest.stream().map(Path::of).toList()) {
            benchmark.measure(model);
        }
        String text = benchmark.tables.print(cores);
        System.out.print(text);
        if (file.isPresent()) {
            Files.writeString(Path.of(file.get()), text);
        }
    }

    /** Takes an option and its value out of the arguments. */
    static Optional<String> option(List<String> arguments, String name) {
        int at = arguments.indexOf(name);
        if (at < 0) {
            return Optional.empty();
        }
        arguments.remove(at);
        return Optional.of(arguments.remove(at));
    }

    private static List<Path> goldenModels() {
        Path golden = SharedFolder.require("golden");
        return GoldenModel.NAMES.stream()
                .map(name -> golden.resolve(name).resolve(name + ".tflite"))
                .toList();
    }

    private void measure(Path file) throws IOException {
        String name = file.getFileName().toString().replace(".tflite", "");
        Graph graph = TfliteReader.read(name, Files.readAllBytes(file));
        List<byte[]> expected = expected(file.resolveSibling("."), graph);
        Graph left = ConstantChannels.leftOut(graph);
        measure(name, left, expected);
        if (!left.equals(graph)) {
            measure(name + InferenceTables.WHOLE, graph, expected);
        }
    }

    private void measure(String name, Graph graph, List<byte[]> expected) throws IOException {
        for (EmulatedCore core : cores) {
            for (String optimization : OPTIMIZATIONS) {
                tables.add(name, graph, core, optimization, run(graph, expected, core, optimization));
            }
            System.err.println(name + " on " + core.id());
        }
    }

    private static InferenceRun run(Graph graph, List<byte[]> expected, EmulatedCore core, String optimization)
            throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create("inference")) {
            return InferenceRun.of(graph, expected, core, optimization, folder.path());
        }
    }

    /** The golden outputs where they lie beside the model, and otherwise what the simulator computes. */
    private static List<byte[]> expected(Path folder, Graph graph) throws IOException {
        Simulator simulator = Simulator.of(graph);
        List<byte[]> outputs = new ArrayList<>();
        for (int k = 1; k <= INPUTS; k++) {
            Path golden = folder.resolve("out_" + k + ".bin");
            outputs.add(
                    Files.exists(golden)
                            ? Files.readAllBytes(golden)
                            : simulator.run(xorshift(
                                    k, graph.tensor(graph.inputs().get(0)).bytes())));
        }
        return outputs;
    }

    /** The input that the benchmark's program makes of a seed. */
    static byte[] xorshift(int seed, int length) {
        byte[] bytes = new byte[length];
        int state = seed;
        for (int i = 0; i < length; i++) {
            state ^= state << 13;
            state ^= state >>> 17;
            state ^= state << 5;
            bytes[i] = (byte) state;
        }
        return bytes;
    }
}
