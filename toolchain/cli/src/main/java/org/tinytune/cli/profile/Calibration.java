package org.tinytune.cli.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.tinytune.cli.model.SeededInputs;
import org.tinytune.cli.output.Progress;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.cost.KernelWork;
import org.tinytune.core.cost.LatencyCalibration.Measurement;
import org.tinytune.core.dsp.RealFft;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Node;
import org.tinytune.core.op.DspBlock;
import org.tinytune.core.op.Operators;
import org.tinytune.core.tensor.Shape;
import org.tinytune.nas.FitCheck;
import org.tinytune.nas.FootprintMeter;
import org.tinytune.nas.Limits;
import org.tinytune.nas.NetworkBuilder;
import org.tinytune.nas.NetworkSpace;
import org.tinytune.runtimegen.BoardPlan;
import org.tinytune.runtimegen.CTarget;
import org.tinytune.runtimegen.CTargetCosts;
import org.tinytune.runtimegen.KernelChoice;
import org.tinytune.search.space.Parameters;
import org.tinytune.train.Trainer;

/**
 * Measures random networks of the search space, and random blocks before networks, on a board, for its latency model to
 * be fitted to. Two of three networks run on the kernels that the board takes by itself, the third on any that serve
 * its nodes: models that are short of RAM, or were tuned, run on others than the fastest.
 */
public final class Calibration {
    /**
     * Small and large images, grey and in colour, and vectors: what searches are about. Tiny ones show the fixed costs.
     */
    private static final List<Shape> INPUTS = List.of(
            Shape.of(1, 8, 8, 1),
            Shape.of(1, 28, 28, 1),
            Shape.of(1, 16, 16, 3),
            Shape.of(1, 12, 12, 8),
            Shape.of(1, 64),
            Shape.of(1, 16));

    private static final int MAX_CLASSES = 24;
    /** What an emulator runs in a second. */
    private static final long MAX_MACS = 4_000_000;

    /** As of sound at 16 kHz. */
    private static final int MAX_FFT_LENGTH = 1024;

    private static final int INFERENCES = 3;
    private static final int MAX_DRAWS_PER_NETWORK = 1000;
    /** One network of so many runs on kernels drawn at random. */
    private static final int KERNELS_DRAWN_EVERY = 3;

    private final Board board;
    private final SplittableRandom random;
    /** Blocks are the same whatever the number of networks. */
    private final SplittableRandom blockRandom;

    private final FootprintMeter meter;
    private final FitCheck fitCheck;

    private Calibration(Board board, long seed) {
        this.board = board;
        this.random = new SplittableRandom(seed);
        this.blockRandom = new SplittableRandom(~seed);
        this.meter = new FootprintMeter(board);
        this.fitCheck = new FitCheck(meter, Limits.of(board));
    }

    /** Inferences of networks, and of blocks alone. */
    public record Measured(List<Measurement> networks, List<Measurement> blocks) {
        /** Keeps copies. */
        public Measured {
            networks = List.copyOf(networks);
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * Measures.
     *
     * @param networks how many
     * @param blocksEach how many graphs of each block before a network
     * @param seed of the networks and their inputs
     * @param progress told of each network
     * @throws TinytuneException as {@link ProfileRun#profile}, and with {@link ExitCode#DOES_NOT_FIT} if hardly any
     *     network fits the board
     */
    public static Measured measure(
            Board board, ProfileTarget target, int networks, int blocksEach, long seed, Progress progress) {
        Calibration calibration = new Calibration(board, seed);
        List<Measurement> ofNetworks = new ArrayList<>();
        progress.begin("measuring random networks on " + board.id());
        for (int i = 0; i < networks; i++) {
            // Another input each time, though one number divides the other.
            boolean drawn = (i + i / INPUTS.size()) % KERNELS_DRAWN_EVERY == KERNELS_DRAWN_EVERY - 1;
            Graph graph = calibration.network(INPUTS.get(i % INPUTS.size()), drawn);
            ofNetworks.add(calibration.measure(graph, target, seed));
            progress.update(i + 1, networks);
        }
        progress.begin("measuring random blocks on " + board.id());
        List<Measurement> ofBlocks = new ArrayList<>();
        int blocks = Operators.DSP_BLOCKS.size() * blocksEach;
        for (int i = 0; i < blocks; i++) {
            Optional<Graph> graph = calibration.block(Operators.DSP_BLOCKS.get(i % Operators.DSP_BLOCKS.size()));
            graph.ifPresent(drawn -> ofBlocks.add(calibration.measure(drawn, target, seed)));
            progress.update(i + 1, blocks);
        }
        return new Measured(ofNetworks, ofBlocks);
    }

    private Measurement measure(Graph graph, ProfileTarget target, long seed) {
        List<byte[]> inputs = SeededInputs.of(graph, seed, INFERENCES);
        ModelProfile profile = ProfileRun.profile(graph, board, inputs, target, Progress.NONE);
        profile.requireEqual();
        BoardPlan plan = meter.plan(graph);
        return new Measurement(KernelWork.of(plan.graph(), plan.plan()), profile.cycles());
    }

    /** A block that fits the board, of transforms as long as it has room for; empty if not even a short one fits. */
    private Optional<Graph> block(DspBlock<?> block) {
        for (int largest = MAX_FFT_LENGTH; largest >= RealFft.MIN_LENGTH; largest /= 2) {
            Graph graph = RandomBlock.draw(block, largest, blockRandom);
            if (fitCheck.check(graph).isFeasible()) {
                return Optional.of(graph);
            }
        }
        return Optional.empty();
    }

    /** A network for that input, or for a smaller one, that fits the board. */
    private Graph network(Shape wanted, boolean kernelsDrawn) {
        Shape input = wanted;
        for (int i = 1; i <= MAX_DRAWS_PER_NETWORK; i++) {
            Graph skeleton = skeleton(NetworkSpace.forInput(input), input);
            Graph graph = kernelsDrawn ? withKernelsDrawn(skeleton) : skeleton;
            if (graph.macs() <= MAX_MACS && fitCheck.check(graph).isFeasible()) {
                return graph;
            }
            if (i % (MAX_DRAWS_PER_NETWORK / 2) == 0) {
                input = INPUTS.get(0);
            }
        }
        throw new TinytuneException(
                ExitCode.DOES_NOT_FIT,
                "none of " + MAX_DRAWS_PER_NETWORK + " random networks fits " + board.id()
                        + " (a board this small cannot be calibrated)");
    }

    private Graph withKernelsDrawn(Graph graph) {
        CTarget target = CTarget.of(board.mcu());
        CTargetCosts costs = new CTargetCosts(target);
        KernelChoice choice = KernelChoice.NONE;
        for (Node<?> node : graph.nodes()) {
            List<String> variants = costs.variants(graph, node);
            if (variants.size() > 1) {
                String variant = variants.get(random.nextInt(variants.size()));
                choice = choice.with(graph.tensor(node.output()).name(), variant);
            }
        }
        return graph.withMetadata(choice.storedIn(graph.metadata(), target));
    }

    private Graph skeleton(NetworkSpace space, Shape input) {
        double[] unit = random.doubles(space.searchSpace().size()).toArray();
        Parameters parameters = space.searchSpace().decode(unit);
        List<String> labels = IntStream.range(0, random.nextInt(2, MAX_CLASSES + 1))
                .mapToObj(Integer::toString)
                .toList();
        Metadata metadata = new Metadata("model", "", labels, InputEncoding.IDENTITY, new TreeMap<>());
        return Trainer.skeleton(NetworkBuilder.build(space.network(parameters), input, metadata), random.nextLong());
    }
}
