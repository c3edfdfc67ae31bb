package org.tinytune.test.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tinytune.cli.output.Progress;
import org.tinytune.cli.profile.ModelProfile;
import org.tinytune.cli.profile.ProfileRun;
import org.tinytune.cli.profile.ProfileTarget;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.file.TemporaryFolder;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.sim.Simulator;

/**
 * Counts the instructions and bytes of each block before a network on emulated cores, and the cycles on an emulated
 * ATmega328P, checks what they compute, and says how exact they are on real signals.
 */
public final class DspBenchmark {
    private static final List<EmulatedCore> CORES =
            List.of(EmulatedCore.M0, EmulatedCore.M4, EmulatedCore.M7, EmulatedCore.M55);

    private static final int INPUTS = 3;
    private static final String OPTIMIZATION = "-O2";
    private static final String AVR_BOARD = "arduino-uno";

    private DspBenchmark() {}

    /**
     * Prints the tables; writes them where option {@code --write FILE} says so. Ends with 1 if a block takes more than
     * it may.
     *
     * @param args options {@code --core m0,m4} and {@code --write FILE}
     */
    public static void main(String[] args) throws IOException {
        List<String> rest = new ArrayList<>(Arrays.asList(args));
        Optional<String> wanted = InferenceBenchmark.option(rest, "--core");
        Optional<String> file = InferenceBenchmark.option(rest, "--write");
        List<EmulatedCore> cores = Stream.of(EmulatedCore.values())
                .filter(core -> wanted.map(ids -> List.of(ids.split(",")).contains(core.id()))
                        .orElse(CORES.contains(core)))
                .toList();
        DspTables tables = new DspTables(cores);
        for (DspWindow window : DspWindow.all()) {
            tables.add(window, runs(window.graph(), cores), onAvr(window.graph()));
            System.err.println(window.name());
        }
        String text = tables.print();
        System.out.print(text);
        if (file.isPresent()) {
            Files.writeString(Path.of(file.get()), text);
        }
        System.exit(tables.isWithinBars() ? 0 : 1);
    }

    /**
     * A block on each of the cores, on noise.
     *
     * @throws IllegalStateException if an output is not the simulator's
     */
    static Map<EmulatedCore, InferenceRun> runs(Graph graph, List<EmulatedCore> cores) throws IOException {
        Simulator simulator = Simulator.of(graph);
        List<byte[]> expected = inputs(graph).stream().map(simulator::run).toList();
        Map<EmulatedCore, InferenceRun> runs = new LinkedHashMap<>();
        for (EmulatedCore core : cores) {
            try (TemporaryFolder folder = TemporaryFolder.create("dsp")) {
                runs.put(core, InferenceRun.of(graph, expected, core, OPTIMIZATION, folder.path()));
            }
        }
        return runs;
    }

    private static List<byte[]> inputs(Graph graph) {
        return IntStream.rangeClosed(1, INPUTS)
                .mapToObj(
                        seed -> InferenceBenchmark.xorshift(seed, graph.input().bytes()))
                .toList();
    }

    /** Empty where it does not fit, or simavr is not installed. */
    private static Optional<ModelProfile> onAvr(Graph graph) {
        Board board = Boards.byId(AVR_BOARD);
        try {
            ModelProfile profile =
                    ProfileRun.profile(graph, board, inputs(graph), new ProfileTarget.Emulated(), Progress.NONE);
            profile.requireEqual();
            return Optional.of(profile);
        } catch (TinytuneException e) {
            if (e.exitCode() != ExitCode.DOES_NOT_FIT && e.exitCode() != ExitCode.TOOL_MISSING) {
                throw e;
            }
            System.err.println(e.getMessage());
            return Optional.empty();
        }
    }
}
