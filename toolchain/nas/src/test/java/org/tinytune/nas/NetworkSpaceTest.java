package org.tinytune.nas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.nas.NetworkSpec.Block;
import org.tinytune.nas.NetworkSpec.Convolution;
import org.tinytune.nas.NetworkSpec.Head;
import org.tinytune.nas.NetworkSpec.Layout;
import org.tinytune.nas.NetworkSpec.Normalization;
import org.tinytune.nas.NetworkSpec.Reduction;
import org.tinytune.search.space.IntDistribution;
import org.tinytune.search.space.Parameters;
import org.tinytune.train.Trainer;

class NetworkSpaceTest {
    private static final FootprintMeter METER = new FootprintMeter(Boards.byId("qemu-mps2-an386"), false);

    /** Four shapes of 50 seeds: grey and colour images, odd sides, vectors. */
    static Stream<Shape> shapes() {
        return Stream.of(Shape.of(1, 8, 8, 1), Shape.of(1, 13, 5, 4), Shape.of(1, 40), Shape.of(1, 1));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyPointIsANetworkThatRunsOnABoard(Shape input) {
        NetworkSpace space = NetworkSpace.forInput(input);
        for (long seed = 0; seed < 50; seed++) {
            Parameters parameters = RandomNetworks.parameters(space, seed);
            NetworkSpec spec = space.network(parameters);
            String name = input + " seed " + seed + " " + spec;
            Graph network = NetworkBuilder.build(spec, input, RandomNetworks.METADATA);
            Graph int8 = Trainer.skeleton(network, seed);

            assertThat(network.input().shape()).as(name).isEqualTo(input);
            assertThat(network.output().shape()).as(name).isEqualTo(Shape.of(1, 3));
            assertThat(int8.output().shape()).as(name).isEqualTo(Shape.of(1, 3));
            assertThat(int8.tensors()).as(name).noneMatch(tensor -> tensor.type() == ElementType.FLOAT32);
            assertThat(constantBytes(int8)).as(name).isEqualTo(expectedConstantBytes(spec, input));
            Plan plan = METER.plan(int8).plan();
            assertThat(plan.arenaBytes()).as(name).isGreaterThanOrEqualTo(plan.lowerBoundBytes());
            assertThat(plan.lowerBoundBytes()).as(name).isGreaterThanOrEqualTo(3);
            assertThat(nodesOf(plan)).as(name).hasSize(int8.nodes().size());
        }
    }

    private static long constantBytes(Graph graph) {
        return graph.tensors().stream()
                .filter(Tensor::isConstant)
                .mapToLong(Tensor::bytes)
                .sum();
    }

    private static Set<Integer> nodesOf(Plan plan) {
        Set<Integer> nodes = new HashSet<>();
        plan.steps().forEach(step -> nodes.add(step.node()));
        return nodes;
    }

    /** Counted from the words of the network alone: a byte a weight, four a bias. */
    private static long expectedConstantBytes(NetworkSpec spec, Shape input) {
        boolean image = input.rank() == 4;
        int height = image ? input.dim(1) : 1;
        int width = image ? input.dim(2) : 1;
        int channels = input.dim(input.rank() - 1);
        long bytes = 0;
        for (Block block : spec.blocks()) {
            long window = (long) block.kernel() * block.kernel();
            if (block.convolution() == Convolution.SEPARABLE) {
                bytes += (window + 4) * channels;
                window = 1;
            }
            bytes += (channels * window + 4) * block.channels();
            channels = block.channels();
            if (block.reduction() == Reduction.STRIDE) {
                height = (height + 1) / 2;
                width = (width + 1) / 2;
            } else if (block.reduction() != Reduction.NONE && height > 1 && width > 1) {
                height /= 2;
                width /= 2;
            }
        }
        int features = image && spec.head() == Head.GLOBAL_MEAN ? channels : height * width * channels;
        List<Integer> layers = new ArrayList<>(spec.denseUnits());
        layers.add(SyntheticData.LABELS.size());
        for (int units : layers) {
            bytes += (features + 4L) * units;
            features = units;
        }
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 9, 2", "8, 8, 4", "28, 28, 5", "96, 96, 5"})
    void anImageGetsOneBlockMoreThanItCanBeHalved(int height, int width, int blocks) {
        NetworkSpace space = NetworkSpace.forInput(Shape.of(1, height, width, 1));
        int index = space.searchSpace().names().indexOf("blocks");

        assertThat(space.searchSpace().distribution(index)).isEqualTo(IntDistribution.uniform(1, blocks));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void noNetworkIsSmallerThanTheSmallest(Shape input) {
        NetworkSpace space = NetworkSpace.forInput(input);
        List<Footprint> smallest = space.smallest().stream()
                .map(parameters -> footprint(space, parameters, input))
                .toList();
        long ram = smallest.stream().mapToLong(Footprint::ramBytes).min().orElseThrow();
        long flash = smallest.stream().mapToLong(Footprint::flashBytes).min().orElseThrow();
        double micros = smallest.stream()
                .mapToDouble(footprint -> footprint.latency().micros())
                .min()
                .orElseThrow();
        for (long seed = 0; seed < 50; seed++) {
            Footprint any = footprint(space, RandomNetworks.parameters(space, seed), input);
            assertThat(any.ramBytes()).as("seed %d", seed).isGreaterThanOrEqualTo(ram);
            assertThat(any.flashBytes()).as("seed %d", seed).isGreaterThanOrEqualTo(flash);
            assertThat(any.latency().micros()).as("seed %d", seed).isGreaterThanOrEqualTo(micros);
        }
    }

    private static Footprint footprint(NetworkSpace space, Parameters parameters, Shape input) {
        Graph network = NetworkBuilder.build(space.network(parameters), input, RandomNetworks.METADATA);
        return METER.measure(Trainer.skeleton(network, 0));
    }

    @Test
    void onlySeveralChannelsAreWorthSeparatingInTheFirstBlock() {
        assertThat(NetworkSpace.forInput(Shape.of(1, 8, 8, 3)).searchSpace().names())
                .doesNotContain("convolution_1")
                .contains("convolution_2");
        assertThat(NetworkSpace.forInput(Shape.of(1, 8, 8, 4)).searchSpace().names())
                .contains("convolution_1");
    }

    @Test
    void aVectorGetsFullyConnectedLayersAndNoAugmentation() {
        NetworkSpace space = NetworkSpace.forInput(Shape.of(1, 12));
        assertThat(space.searchSpace().names()).doesNotContain("augmentation", "blocks", "head");
        for (long seed = 0; seed < 20; seed++) {
            Parameters parameters = RandomNetworks.parameters(space, seed);
            NetworkSpec spec = space.network(parameters);
            assertThat(spec.blocks()).isEmpty();
            assertThat(spec.denseUnits()).hasSize(parameters.getInt("dense_layers"));
        }
    }

    @Test
    void aNetworkIsWhatItsParametersSay() {
        NetworkSpace space = NetworkSpace.forInput(Shape.of(1, 8, 8, 1));
        for (long seed = 0; seed < 50; seed++) {
            Parameters parameters = RandomNetworks.parameters(space, seed);
            NetworkSpec spec = space.network(parameters);
            assertThat(spec.blocks()).hasSize(parameters.getInt("blocks"));
            assertThat(spec.dropout()).isEqualTo(parameters.getDouble("dropout"));
            assertThat(spec.head().name()).isEqualToIgnoringCase(parameters.getString("head"));
            for (int i = 1; i <= spec.blocks().size(); i++) {
                Block block = spec.blocks().get(i - 1);
                assertThat(block.channels()).isEqualTo(parameters.getInt("channels_" + i));
                assertThat(block.kernel()).isEqualTo(parameters.getInt("kernel_" + i));
                assertThat(block.reduction().name()).isEqualToIgnoringCase(parameters.getString("reduction_" + i));
                assertThat(block.convolution().name())
                        .isEqualToIgnoringCase(i == 1 ? "full" : parameters.getString("convolution_" + i));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"MAX_POOL, MAX_POOL_2D", "AVERAGE_POOL, AVERAGE_POOL_2D"})
    void aSinglePixelIsNotPooled(Reduction reduction, String pool) {
        Block block = new Block(Convolution.FULL, 4, 3, reduction);
        NetworkSpec spec = new NetworkSpec(List.of(block, block, block), Head.GLOBAL_MEAN, List.of(), 0);
        Graph network = NetworkBuilder.build(spec, Shape.of(1, 4, 5, 1), RandomNetworks.METADATA);

        assertThat(network.nodes().stream().filter(node -> isOf(node, pool))).hasSize(2);
    }

    /**
     * What is added to a feature of all frames alike, as by another microphone, is taken off before the first block.
     */
    @ParameterizedTest
    @EnumSource(Layout.class)
    void theMeanOverFramesIsTakenOffFeatures(Layout layout) {
        Block block = new Block(Convolution.FULL, 4, 3, Reduction.NONE);
        Graph network = NetworkBuilder.build(
                new NetworkSpec(layout, Normalization.MEAN, List.of(block), Head.GLOBAL_MEAN, List.of(), 0),
                Shape.of(1, 6, 5, 1),
                RandomNetworks.METADATA);
        List<String> operators =
                network.nodes().stream().map(node -> node.operator().name()).toList();

        assertThat(operators).startsWith("RESHAPE", "MEAN", "SUB");
        Node<?> subtraction = network.nodes().get(2);
        assertThat(network.tensor(subtraction.output()).shape()).isEqualTo(Shape.of(1, 6, 1, 5));
        assertThat(network.tensor(subtraction.inputs().get(0)).shape()).isEqualTo(Shape.of(1, 6, 1, 5));
        assertThat(network.tensor(subtraction.inputs().get(1)).shape()).isEqualTo(Shape.of(1, 1, 1, 5));
        assertThat(operators.get(3)).isEqualTo(layout == Layout.MAP ? "RESHAPE" : "CONV_2D");
    }

    private static boolean isOf(Node<?> node, String operator) {
        return node.operator().name().equals(operator);
    }
}
