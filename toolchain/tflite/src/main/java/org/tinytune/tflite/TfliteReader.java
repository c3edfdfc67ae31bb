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
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Tensor;

/**
 * Reads a TFLite file from anywhere as a graph.
 *
 * <p>Tensors keep their order; those that hold only what became a parameter (shapes, paddings, axes) are left out, and
 * so are unused ones of a type that a graph cannot hold.
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
    private final List<NodeReader> nodeReaders = new ArrayList<>();
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
        tensors = new TensorReader(limited(subgraph.tables(Schema.SubGraph.TENSORS), "tensors"), buffers);
        inputs = ends(subgraph.ints(Schema.SubGraph.INPUTS), "input");
        outputs = ends(subgraph.ints(Schema.SubGraph.OUTPUTS), "output");
        OperatorCodes codes = new OperatorCodes(model.tables(Schema.Model.OPERATOR_CODES));
        for (FlatTable table : limited(subgraph.tables(Schema.SubGraph.OPERATORS), "nodes")) {
            nodeReaders.add(new NodeReader(nodeReaders.size(), table, codes, tensors.count()));
        }
    }

    private static List<FlatTable> limited(List<FlatTable> parts, String kind) {
        if (parts.size() > MAX_PARTS) {
            throw new InvalidModelException(
                    "has " + parts.size() + " " + kind + "; more than " + MAX_PARTS + " are not supported");
        }
        return parts;
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
            TfliteReader reader = new TfliteReader(source, bytes);
            Graph graph = reader.read();
            List<Integer> versions = reader.nodeReaders.stream()
                    .map(node -> node.code().version())
                    .toList();
            return new ModelFile(graph, versions);
        } catch (InvalidModelException e) {
            throw new TinytuneException(ExitCode.INVALID_INPUT, source + ": " + e.getMessage(), e);
        }
    }

    private Graph read() {
        List<Optional<Node<?>>> decoded = decodeSupported();
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
        for (int n = 0; n < decoded.size(); n++) {
            nodes.add(nodeReaders.get(n).inGraph(decoded.get(n).orElseThrow(), newIndices));
        }
        Limits.checkActivations(graphTensors);
        Graph graph = new Graph(
                graphTensors,
                nodes,
                renumbered(inputs, newIndices),
                renumbered(outputs, newIndices),
                metadata(tensors.require(inputs[0])));
        Limits.checkWork(graph);
        return graph;
    }

    /**
     * The nodes, with the tensors as the file numbers them; empty is none but one of whose tensors something is wrong.
     *
     * @throws InvalidModelException naming all that is not supported
     */
    private List<Optional<Node<?>>> decodeSupported() {
        Unsupported unsupported = new Unsupported();
        List<Optional<Node<?>>> decoded =
                nodeReaders.stream().map(node -> decode(node, unsupported)).toList();
        IntStream.concat(Arrays.stream(inputs), Arrays.stream(outputs))
                .mapToObj(tensors::unsupported)
                .flatMap(Optional::stream)
                .forEach(unsupported::addEnd);
        unsupported.check();
        for (int n = 0; n < decoded.size(); n++) {
            if (decoded.get(n).isEmpty()) {
                nodeReaders.get(n).tensors().forEach(tensors::require);
            }
        }
        return decoded;
    }

    private Optional<Node<?>> decode(NodeReader node, Unsupported unsupported) {
        List<String> types = node.tensors()
                .mapToObj(tensors::unsupported)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        if (node.code().operator().isEmpty()) {
            unsupported.addNode(node.index(), node.code().name());
        } else if (!types.isEmpty()) {
            unsupported.addNode(node.index(), node.code().name() + " with " + String.join(", ", types));
        } else if (node.tensors().allMatch(i -> tensors.tensor(i).isPresent())) {
            try {
                return Optional.of(node.decode(tensors));
            } catch (InvalidModelException e) {
                unsupported.addNode(node.index(), node.code().name() + " (" + e.getMessage() + ")");
            }
        }
        return Optional.empty();
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
            kept.set(i, used.get(i) || (tensors.unsupported(i).isEmpty() && !parameters.get(i)));
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
