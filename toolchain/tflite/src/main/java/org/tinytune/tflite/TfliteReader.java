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
 * so are unused ones of a type that a graph cannot hold. Inputs and outputs that are converted from or to int8 are int8
 * in the graph, as {@link ConvertedEnds} says.
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
    private final List<FlatTable> buffers;
    private final List<FlatTable> tensorTables;
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
            throw new InvalidModelException(
                    "has " + subgraphs.size() + " subgraphs; only models with exactly one are supported");
        }
        FlatTable subgraph = subgraphs.get(0);
        buffers = model.tables(Schema.Model.BUFFERS);
        tensorTables = limited(subgraph.tables(Schema.SubGraph.TENSORS), "tensors");
        inputs = ends(subgraph.ints(Schema.SubGraph.INPUTS), "input");
        outputs = ends(subgraph.ints(Schema.SubGraph.OUTPUTS), "output");
        OperatorCodes codes = new OperatorCodes(model.tables(Schema.Model.OPERATOR_CODES));
        List<NodeReader> nodes = new ArrayList<>();
        for (FlatTable table : limited(subgraph.tables(Schema.SubGraph.OPERATORS), "nodes")) {
            nodes.add(new NodeReader(nodes.size(), table, codes, tensorTables.size()));
        }
        ConvertedEnds ends = new ConvertedEnds(tensorTables, nodes, inputs, outputs);
        nodeReaders = ends.nodes();
        replaced = ends.replaced();
    }

    private static <T> List<T> limited(List<T> parts, String kind) {
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
            if (i < 0 || i >= tensorTables.size()) {
                throw new InvalidModelException(
                        kind + " refers to tensor " + i + ", but there are " + tensorTables.size() + " tensors");
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
        try {
            return new TfliteReader(source, bytes).read();
        } catch (InvalidModelException e) {
            throw new TinytuneException(ExitCode.INVALID_INPUT, source + ": " + e.getMessage(), e);
        }
    }

    private Graph read() {
        checkSupported();
        BitSet kept = keptTensors();
        TensorReader reader = new TensorReader(buffers);
        List<Tensor> fileTensors = new ArrayList<>();
        List<Tensor> tensors = new ArrayList<>();
        int[] newIndices = new int[tensorTables.size()];
        for (int i = 0; i < newIndices.length; i++) {
            FlatTable table = tensorTables.get(i);
            fileTensors.add(TensorReader.unsupported(table).isPresent() ? null : reader.read(table, i));
            if (kept.get(i)) {
                newIndices[i] = tensors.size();
                tensors.add(checkBatch(fileTensors.get(i)));
            }
        }
        for (int i : inputs) {
            checkInput(fileTensors.get(i));
        }
        List<Node<?>> nodes = new ArrayList<>();
        for (NodeReader node : nodeReaders) {
            nodes.addAll(node.decode(fileTensors, newIndices));
            limited(nodes, "nodes");
        }
        List<Integer> graphInputs = renumbered(inputs, newIndices);
        List<Integer> graphOutputs = renumbered(outputs, newIndices);
        return new Graph(tensors, nodes, graphInputs, graphOutputs, metadata(fileTensors.get(inputs[0])));
    }

    private void checkSupported() {
        Unsupported unsupported = new Unsupported();
        for (NodeReader node : nodeReaders) {
            if (node.code().operator().isEmpty()) {
                unsupported.add(node.code().name(), node.index());
            } else {
                node.tensors()
                        .mapToObj(i -> TensorReader.unsupported(tensorTables.get(i)))
                        .flatMap(Optional::stream)
                        .distinct()
                        .forEach(type ->
                                unsupported.add(type + " in " + node.code().name(), node.index()));
            }
        }
        IntStream.concat(Arrays.stream(inputs), Arrays.stream(outputs))
                .mapToObj(i -> TensorReader.unsupported(tensorTables.get(i)))
                .flatMap(Optional::stream)
                .forEach(type -> unsupported.add(type + " as input or output of the model"));
        unsupported.check();
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
        for (int i = 0; i < tensorTables.size(); i++) {
            boolean supported = TensorReader.unsupported(tensorTables.get(i)).isEmpty();
            kept.set(i, used.get(i) || (supported && !parameters.get(i) && !replaced.get(i)));
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
                int buffer = entry.getInt(Schema.Metadata.BUFFER, 0);
                if (buffer < 0 || buffer >= buffers.size()) {
                    throw new InvalidModelException("its metadata has no buffer among " + buffers.size());
                }
                return MetadataReader.read(file, source, buffers.get(buffer).bytes(Schema.Buffer.DATA), input);
            }
        }
        return Metadata.unnamed();
    }
}
