package org.tinytune.tflite;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.InvalidNodeException;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Tensor;

/**
 * Reads a TFLite file from anywhere as a graph.
 *
 * <p>Tensors keep their order; those that hold only what became a parameter (shapes, paddings, axes) are left out, and
 * so are unused ones of a type that a graph cannot hold. Inputs and outputs that are converted from or to int8 or int16
 * are integers in the graph, as {@link ConvertedEnds} says. Blocks that the metadata tell of stand before the network.
 *
 * <p>Whatever the bytes are, the result is a graph or a {@link TinytuneException} of one line, within time and memory
 * that the length of the file bounds. Checked by: TfliteReaderMutationTest.
 */
public final class TfliteReader {
    /** Of tensors, and of nodes: far more than a microcontroller's model has, and few enough to plan in a moment. */
    private static final int MAX_PARTS = 1 << 14;

    private final String source;
    private final UntrustedFile file;
    private final FlatTable model;
    private final BufferReader buffers;
    private final TensorReader tensors;
    private final List<NodeReader> nodeReaders;
    private final BitSet replaced;
    private final int[] inputs;
    private final int[] outputs;

    private TfliteReader(String source, byte[] bytes) {
        this.source = source;
        file = new UntrustedFile(source, ByteBuffer.wrap(bytes));
        model = file.root(Schema.MODEL_IDENTIFIER, "TFLite model");
        int version = model.getInt(Schema.Model.VERSION, 0);
        if (version != Schema.MODEL_VERSION) {
            throw new InvalidModelException(
                    "schema version " + version + " is not supported, only " + Schema.MODEL_VERSION);
        }
        List<FlatTable> subgraphs = model.tables(Schema.Model.SUBGRAPHS);
        if (subgraphs.size() != 1) {
            throw new InvalidModelException("has " + subgraphs.size()
                    + " subgraphs; only models with exactly one are supported (no IF, no WHILE)");
        }
        FlatTable subgraph = subgraphs.get(0);
        buffers = new BufferReader(file, model.tables(Schema.Model.BUFFERS));
        List<FlatTable> tensorTables = limited(subgraph.tables(Schema.SubGraph.TENSORS), "tensors");
        tensors = new TensorReader(tensorTables, buffers);
        inputs = ends(subgraph.ints(Schema.SubGraph.INPUTS), "input");
        outputs = ends(subgraph.ints(Schema.SubGraph.OUTPUTS), "output");
        OperatorCodes codes = new OperatorCodes(model.tables(Schema.Model.OPERATOR_CODES));
        List<NodeReader> nodes = new ArrayList<>();
        for (FlatTable table : limited(subgraph.tables(Schema.SubGraph.OPERATORS), "nodes")) {
            nodes.add(new NodeReader(nodes.size(), table, codes, tensors.count()));
        }
        ConvertedEnds ends = new ConvertedEnds(tensorTables, nodes, inputs, outputs);
        nodeReaders = ends.nodes();
        replaced = ends.replaced();
    }

    private static List<FlatTable> limited(List<FlatTable> parts, String kind) {
        checkCount(parts.size(), kind);
        return parts;
    }

    private static int checkCount(int count, String kind) {
        if (count > MAX_PARTS) {
            throw new InvalidModelException(
                    "has " + count + " " + kind + "; more than " + MAX_PARTS + " are not supported");
        }
        return count;
    }

    private int[] ends(int[] indices, String kind) {
        if (indices.length == 0) {
            throw new InvalidModelException("has no " + kind);
        }
        for (int i : indices) {
            if (i < 0 || i >= tensors.count()) {
                throw new InvalidModelException(
                        kind + " refers to tensor " + i + ", but there are " + tensors.count() + " tensors");
            }
        }
        return indices;
    }

    /**
     * The graph in a file.
     *
     * @param source names the file in messages
     * @param bytes of the whole file
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} and one line, if the file is damaged or uses what a
     *     graph cannot say; operators, versions and types that are not supported are all named at once
     */
    public static Graph read(String source, byte[] bytes) {
        return readFile(source, bytes).graph();
    }

    /**
     * The same with what a graph leaves out of a file.
     *
     * @throws TinytuneException as {@link #read(String, byte[])}
     */
    public static ModelFile readFile(String source, byte[] bytes) {
        try {
            return new TfliteReader(source, bytes).read();
        } catch (InvalidModelException e) {
            throw new TinytuneException(ExitCode.INVALID_INPUT, source + ": " + e.getMessage(), e);
        }
    }

    private ModelFile read() {
        List<Decoded> decoded = decodeSupported();
        BitSet kept = keptTensors();
        int[] newIndices = new int[tensors.count()];
        List<Tensor> graphTensors = new ArrayList<>();
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
            newIndices[i] = graphTensors.size();
            graphTensors.add(checkBatch(tensors.require(i)));
        }
        for (int i : inputs) {
            checkInput(tensors.require(i));
        }
        List<Node<?>> nodes = new ArrayList<>();
        List<FileNode> origins = new ArrayList<>();
        for (Decoded part : decoded) {
            for (Node<?> node : part.nodes()) {
                nodes.add(renumbered(node, newIndices));
                origins.add(part.reader().origin());
            }
        }
        Limits.checkActivations(graphTensors);
        try {
            Graph graph = new Graph(
                    graphTensors,
                    nodes,
                    renumbered(inputs, newIndices),
                    renumbered(outputs, newIndices),
                    metadata(tensors.require(inputs[0])));
            Limits.checkWork(graph);
            return withFrontEnd(graph, origins);
        } catch (InvalidNodeException e) {
            throw e.of(origins.get(e.node()).where());
        }
    }

    private static ModelFile withFrontEnd(Graph network, List<FileNode> origins) {
        Graph graph = FrontEndMetadata.fromFile(network);
        List<FileNode> all = new ArrayList<>();
        for (Node<?> block : graph.nodes().subList(0, graph.nodes().size() - origins.size())) {
            all.add(FileNode.ofFrontEnd(all.size(), block.operator().name()));
        }
        all.addAll(origins);
        Limits.checkActivations(graph.tensors());
        Limits.checkWork(graph);
        return new ModelFile(graph, all);
    }

    /**
     * A node of the file.
     *
     * @param nodes that it is in a graph, with the tensors as the file numbers them; none if it is not supported, or
     *     something is wrong with one of its tensors
     */
    private record Decoded(NodeReader reader, List<Node<?>> nodes) {}

    /**
     * All nodes, in order.
     *
     * @throws InvalidModelException naming all that is not supported
     */
    private List<Decoded> decodeSupported() {
        Unsupported unsupported = new Unsupported();
        List<Decoded> decoded = new ArrayList<>();
        int count = 0;
        for (NodeReader node : nodeReaders) {
            List<Node<?>> nodes = decode(node, unsupported);
            decoded.add(new Decoded(node, nodes));
            count = checkCount(count + nodes.size(), "nodes");
        }
        IntStream.concat(Arrays.stream(inputs), Arrays.stream(outputs))
                .mapToObj(tensors::unsupported)
                .flatMap(Optional::stream)
                .forEach(unsupported::addEnd);
        unsupported.check();
        decoded.stream()
                .filter(part -> part.nodes().isEmpty())
                .forEach(part -> part.reader().tensors().forEach(tensors::require));
        return decoded;
    }

    private List<Node<?>> decode(NodeReader node, Unsupported unsupported) {
        List<String> types = node.tensors()
                .mapToObj(tensors::unsupported)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        String title = node.code().title();
        if (node.code().operator().isEmpty()) {
            unsupported.addNode(node.index(), title);
        } else if (!types.isEmpty()) {
            unsupported.addNode(node.index(), title + " with " + String.join(", ", types));
        } else if (node.tensors().allMatch(i -> tensors.tensor(i).isPresent())) {
            try {
                return node.decode(tensors);
            } catch (InvalidModelException e) {
                unsupported.addNode(node.index(), title + " (" + e.getMessage() + ")");
            }
        }
        return List.of();
    }

    /** All but those that only hold parameters, and those that a graph cannot hold, which by now are known unused. */
    private BitSet keptTensors() {
        BitSet parameters = new BitSet();
        BitSet used = new BitSet();
        for (NodeReader node : nodeReaders) {
            node.parameters().forEach(parameters::set);
            node.operands().forEach(used::set);
        }
        Arrays.stream(inputs).forEach(used::set);
        Arrays.stream(outputs).forEach(used::set);
        BitSet kept = new BitSet();
        for (int i = 0; i < tensors.count(); i++) {
            kept.set(i, used.get(i) || (tensors.unsupported(i).isEmpty() && !parameters.get(i) && !replaced.get(i)));
        }
        return kept;
    }

    private static Tensor checkBatch(Tensor tensor) {
        boolean image = tensor.shape().rank() == 4;
        if (image && !tensor.isConstant() && tensor.shape().dim(0) != 1) {
            throw new InvalidModelException(
                    "tensor '" + tensor.name() + "' is " + tensor.shape() + ": export the model with a batch of 1");
        }
        return tensor;
    }

    private static void checkInput(Tensor input) {
        if (input.isConstant()) {
            throw new InvalidModelException("input '" + input.name() + "' is a constant");
        }
        if (input.shape().rank() > 1 && input.shape().dim(0) != 1) {
            throw new InvalidModelException(
                    "input '" + input.name() + "' is " + input.shape() + ": export the model with a batch of 1");
        }
    }

    private static <P extends Record> Node<P> renumbered(Node<P> node, int[] newIndices) {
        return new Node<>(
                node.operator(),
                node.params(),
                node.inputs().stream()
                        .map(i -> i == Node.ABSENT ? i : newIndices[i])
                        .toList(),
                node.outputs().stream().map(i -> newIndices[i]).toList());
    }

    private static List<Integer> renumbered(int[] indices, int[] newIndices) {
        return Arrays.stream(indices).mapToObj(i -> newIndices[i]).toList();
    }

    private Metadata metadata(Tensor input) {
        for (FlatTable entry : model.tables(Schema.Model.METADATA)) {
            if (entry.text(Schema.Metadata.NAME).equals(Optional.of(Schema.METADATA_ENTRY))) {
                ByteBuffer flatbuffer = buffers.bytes(entry.getInt(Schema.Metadata.BUFFER, 0));
                return MetadataReader.read(file, source, flatbuffer, input);
            }
        }
        return Metadata.unnamed();
    }
}
