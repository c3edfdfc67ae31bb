package org.tinytune.core.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;

/**
 * What stands before a network and makes its input of samples, or of a camera's image: a chain of DSP blocks. A graph
 * that begins with one takes these as its input; the blocks are nodes like all others, and whoever runs, plans, prints
 * or measures a graph does the same with them.
 *
 * <p>Checked by: FrontEndTest.
 *
 * @param input the graph's: samples, int16 {@code [1, samples, 1, channels]}, or an image, int8 {@code [1, H, W, C]}
 * @param stages the blocks, at least one, the first of which reads the input
 */
public record FrontEnd(Tensor input, List<Stage<?>> stages) {
    /**
     * A block in its place.
     *
     * @param output the tensor that it writes; the last one is the network's input
     * @param constants its operands behind the first
     */
    public record Stage<P extends Record>(DspBlock<P> block, P params, Tensor output, List<Tensor> constants) {
        /** Keeps a copy. */
        public Stage {
            constants = List.copyOf(constants);
        }

        private Stage<P> writing(Tensor other) {
            return new Stage<>(block, params, other, constants);
        }

        private Shape shape(Tensor input) {
            List<Shape> shapes = new ArrayList<>(List.of(input.shape()));
            constants.forEach(constant -> shapes.add(constant.shape()));
            return block.inferShape(params, shapes);
        }

        private Node<P> node(int input, List<Integer> constantIndices, int index) {
            List<Integer> operands = new ArrayList<>(List.of(input));
            operands.addAll(constantIndices);
            return new Node<>(block, params, operands, List.of(index));
        }
    }

    /** More than any recording's window. */
    public static final int MAX_SAMPLES = 1 << 20;

    /** Of an image: 1920 x 1080 and less. */
    public static final int MAX_PIXELS = 1 << 21;

    /** Axes, microphones, electrodes; colours. */
    public static final int MAX_CHANNELS = 64;

    /** Blocks behind each other. */
    public static final int MAX_BLOCKS = 16;

    /**
     * Checks that the blocks fit each other.
     *
     * @throws InvalidModelException if there are none or too many, the input is neither samples nor an image, or a
     *     block does not fit what is before it
     */
    public FrontEnd {
        stages = List.copyOf(stages);
        if (stages.isEmpty() || stages.size() > MAX_BLOCKS) {
            throw new InvalidModelException("a front end has 1 to " + MAX_BLOCKS + " blocks, not " + stages.size());
        }
        checkInput(input);
        Tensor before = input;
        for (Stage<?> stage : stages) {
            Shape shape = stage.shape(before);
            if (!shape.equals(stage.output().shape())) {
                throw new InvalidModelException(stage.block().name() + " makes " + shape + ", but tensor '"
                        + stage.output().name() + "' is " + stage.output().shape());
            }
            before = stage.output();
        }
        checkConstants(stages);
    }

    private static void checkInput(Tensor input) {
        if (!isWindow(input) && !isImage(input)) {
            throw new InvalidModelException("tensor '" + input.name() + "' is " + input.type() + " " + input.shape()
                    + ", not int16 [1, samples, 1, channels] of at most " + MAX_SAMPLES + " samples and "
                    + MAX_CHANNELS + " channels, nor int8 [1, H, W, C] of at most " + MAX_PIXELS
                    + " pixels and as many channels");
        }
    }

    private static boolean isWindow(Tensor input) {
        Shape shape = input.shape();
        return input.type() == ElementType.INT16 && isSingle(shape) && shape.dim(2) == 1 && shape.dim(1) <= MAX_SAMPLES;
    }

    private static boolean isImage(Tensor input) {
        Shape shape = input.shape();
        return input.type() == ElementType.INT8 && isSingle(shape) && (long) shape.dim(1) * shape.dim(2) <= MAX_PIXELS;
    }

    private static boolean isSingle(Shape shape) {
        return shape.rank() == 4 && shape.dim(0) == 1 && shape.dim(3) <= MAX_CHANNELS;
    }

    private static void checkConstants(List<Stage<?>> stages) {
        Set<String> names = new HashSet<>();
        for (Stage<?> stage : stages) {
            for (Tensor constant : stage.constants()) {
                if (!constant.isConstant() || constant.type() != ElementType.INT16 || !names.add(constant.name())) {
                    throw new InvalidModelException("tensor '" + constant.name() + "' is not a constant of int16 that "
                            + stage.block().name() + " has for itself");
                }
            }
        }
    }

    /** The features of all samples, or the image that is left: what the network takes. */
    public Tensor features() {
        return stages.get(stages.size() - 1).output();
    }

    /**
     * The same that writes another tensor of the shape of the features.
     *
     * @throws InvalidModelException if it has another shape
     */
    public FrontEnd endingIn(Tensor features) {
        List<Stage<?>> others = new ArrayList<>(stages);
        others.set(stages.size() - 1, stages.get(stages.size() - 1).writing(features));
        return new FrontEnd(input, others);
    }

    /** Samples as a graph takes them: int16, whose real values are in units of the scale. */
    public static Tensor samples(String name, int samples, int channels, float scale) {
        return Tensor.activation(
                name, Shape.of(1, samples, 1, channels), ElementType.INT16, Quantization.perTensor(scale, 0));
    }

    /** Whether blocks make a graph's features of samples, in one piece or for continuous use. */
    public static boolean takesSamples(Graph graph) {
        return graph.input().type() == ElementType.INT16
                && graph.nodes().stream().anyMatch(node -> node.operator() instanceof DspBlock<?>);
    }

    /** Whether a graph's network computes in int16; what is before a network does so in any case. */
    public static boolean networkIsInt16(Graph graph) {
        return graph.nodes().stream()
                .filter(node ->
                        !(node.operator() instanceof DspBlock<?>) && !Operators.CONTINUOUS.contains(node.operator()))
                .anyMatch(node -> graph.operands(node).areInt16());
    }

    /**
     * An image as a graph takes it: int8, each byte of a camera less 128.
     *
     * @param scale of the network's input, as is the zero point: no block before it rescales pixels
     */
    public static Tensor image(String name, int height, int width, int channels, float scale, int zeroPoint) {
        return Tensor.activation(
                name, Shape.of(1, height, width, channels), ElementType.INT8, Quantization.perTensor(scale, zeroPoint));
    }

    /**
     * The blocks alone: a graph that makes the features. A simulator of it makes those of one sample after another; of
     * a data set in several threads with {@code Simulator.another}.
     */
    public Graph alone() {
        Graph nothing = new Graph(List.of(features()), List.of(), List.of(0), List.of(0), Metadata.unnamed());
        return before(nothing);
    }

    /**
     * The network behind the front end: a graph that takes samples or an image. Its tensors are those of the network,
     * then the front end's.
     *
     * @throws InvalidModelException if the network has not the features as its only input, or names of tensors meet
     */
    public Graph before(Graph network) {
        if (network.inputs().size() != 1 || !network.input().equals(features())) {
            throw new InvalidModelException("the network takes '"
                    + network.input().name() + "', " + network.input().shape() + ", not the features "
                    + features().shape() + " alone");
        }
        List<Tensor> tensors = new ArrayList<>(network.tensors());
        List<Node<?>> nodes = new ArrayList<>();
        tensors.add(input);
        int before = tensors.size() - 1;
        for (int s = 0; s < stages.size(); s++) {
            Stage<?> stage = stages.get(s);
            List<Integer> constants = new ArrayList<>();
            for (Tensor constant : stage.constants()) {
                tensors.add(constant);
                constants.add(tensors.size() - 1);
            }
            int output = network.inputs().get(0);
            if (s < stages.size() - 1) {
                tensors.add(stage.output());
                output = tensors.size() - 1;
            }
            nodes.add(stage.node(before, constants, output));
            before = output;
        }
        nodes.addAll(network.nodes());
        int inputIndex = network.tensors().size();
        return new Graph(tensors, nodes, List.of(inputIndex), network.outputs(), network.metadata());
    }

    /**
     * The front end that a graph begins with; empty if it has no DSP blocks.
     *
     * @throws InvalidModelException if its blocks are no chain from its only input to the network
     */
    public static Optional<FrontEnd> of(Graph graph) {
        List<Stage<?>> stages = new ArrayList<>();
        int input = Node.ABSENT;
        for (Node<?> node : graph.nodes()) {
            if (node.operator() instanceof DspBlock<?>) {
                input = stages.isEmpty() && graph.inputs().size() == 1
                        ? graph.inputs().get(0)
                        : input;
                if (node.inputs().get(0) != input) {
                    throw new InvalidModelException(
                            node.operator().name() + " does not continue a chain from the only input of the model");
                }
                stages.add(stage(graph, node));
                input = node.output();
            }
        }
        return stages.isEmpty() ? Optional.empty() : Optional.of(new FrontEnd(graph.input(), stages));
    }

    private static <P extends Record> Stage<P> stage(Graph graph, Node<P> node) {
        List<Tensor> constants =
                node.inputs().stream().skip(1).map(graph::tensor).toList();
        return new Stage<>((DspBlock<P>) node.operator(), node.params(), graph.tensor(node.output()), constants);
    }

    /**
     * A model as a device needs it: one that is judged by how well it reconstructs its features gives these as a second
     * output.
     */
    public static Graph withFeaturesShown(Graph model) {
        boolean reconstructs = TaskKind.of(model.metadata()) == TaskKind.ANOMALY_DETECTION
                && model.outputs().size() == 1;
        Optional<FrontEnd> frontEnd = reconstructs ? of(model) : Optional.empty();
        if (frontEnd.isEmpty()) {
            return model;
        }
        List<Integer> outputs = new ArrayList<>(model.outputs());
        outputs.add(model.tensors().indexOf(frontEnd.get().features()));
        return new Graph(model.tensors(), model.nodes(), model.inputs(), outputs, model.metadata());
    }

    /**
     * A graph without its front end: the network, whose input is the features.
     *
     * @throws InvalidModelException if something else than the next block reads what a block writes, or the input
     */
    public static Graph network(Graph graph) {
        Optional<FrontEnd> frontEnd = of(graph);
        if (frontEnd.isEmpty()) {
            return graph;
        }
        String features = frontEnd.get().features().name();
        Set<String> gone = new HashSet<>(List.of(frontEnd.get().input().name()));
        for (Stage<?> stage : frontEnd.get().stages()) {
            stage.constants().forEach(constant -> gone.add(constant.name()));
            gone.add(stage.output().name());
        }
        gone.remove(features);
        int[] indices = new int[graph.tensors().size()];
        Arrays.fill(indices, Node.ABSENT);
        List<Tensor> tensors = new ArrayList<>();
        int input = Node.ABSENT;
        for (int i = 0; i < indices.length; i++) {
            if (!gone.contains(graph.tensor(i).name())) {
                input = graph.tensor(i).name().equals(features) ? tensors.size() : input;
                indices[i] = tensors.size();
                tensors.add(graph.tensor(i));
            }
        }
        List<Node<?>> nodes = new ArrayList<>();
        for (Node<?> node : graph.nodes()) {
            if (!(node.operator() instanceof DspBlock<?>)) {
                nodes.add(renumbered(graph, node, indices));
            }
        }
        for (int i : graph.outputs()) {
            if (indices[i] == Node.ABSENT) {
                throw new InvalidModelException(
                        "graph output '" + graph.tensor(i).name() + "' belongs to the blocks before the network");
            }
        }
        List<Integer> outputs = graph.outputs().stream().map(i -> indices[i]).toList();
        return new Graph(tensors, nodes, List.of(input), outputs, graph.metadata());
    }

    private static <P extends Record> Node<P> renumbered(Graph graph, Node<P> node, int[] indices) {
        for (int i : node.inputs()) {
            if (i != Node.ABSENT && indices[i] == Node.ABSENT) {
                throw new InvalidModelException(node.operator().name() + " reads tensor '"
                        + graph.tensor(i).name() + "', which belongs to the blocks before the network");
            }
        }
        return new Node<>(
                node.operator(),
                node.params(),
                node.inputs().stream()
                        .map(i -> i == Node.ABSENT ? i : indices[i])
                        .toList(),
                node.outputs().stream().map(i -> indices[i]).toList());
    }
}
