package org.tinytune.tflite;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tinytune.core.graph.ImportedOperator;
import org.tinytune.core.graph.InputOrder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.graph.TfliteCodec;

/** One node of a file; tensors are meant by their index in the file. */
final class NodeReader {
    private final int index;
    private final OperatorCodes.OperatorCode code;
    private final FlatTable table;
    private final List<Integer> inputs;
    private final List<Integer> operands;
    private final int[] outputs;

    /**
     * @param tensors how many there are in the file
     * @throws InvalidModelException if the node refers to what is not there
     */
    NodeReader(int index, FlatTable table, OperatorCodes codes, int tensors) {
        this.index = index;
        this.table = table;
        code = codes.get(table.getInt(Schema.Operator.OPCODE_INDEX, 0));
        inputs = Arrays.stream(table.ints(Schema.Operator.INPUTS)).boxed().toList();
        operands = order().operands(inputs);
        outputs = table.ints(Schema.Operator.OUTPUTS);
        if (outputs.length > tensors) {
            throw new InvalidModelException(
                    where() + "has " + outputs.length + " outputs, but there are " + tensors + " tensors");
        }
        for (int i : inputs) {
            check(i, Node.ABSENT, tensors);
        }
        for (int i : outputs) {
            check(i, 0, tensors);
        }
        if (operands.isEmpty() || operands.get(0) == Node.ABSENT) {
            throw new InvalidModelException(where() + "has no input");
        }
    }

    private void check(int tensor, int least, int tensors) {
        if (tensor < least || tensor >= tensors) {
            throw new InvalidModelException(
                    where() + "refers to tensor " + tensor + ", but there are " + tensors + " tensors");
        }
    }

    private String where() {
        return "node " + index + " (" + code.title() + "): ";
    }

    int index() {
        return index;
    }

    OperatorCodes.OperatorCode code() {
        return code;
    }

    /** Where the nodes come from that this one is in a graph. */
    FileNode origin() {
        return new FileNode(index, code.name(), code.version());
    }

    /** Whether there is one input and one output, both of which are there. */
    boolean isUnary() {
        return inputs.size() == 1 && inputs.get(0) != Node.ABSENT && outputs.length == 1;
    }

    /** The first input. */
    int input() {
        return inputs.get(0);
    }

    /** The first output. */
    int output() {
        return outputs[0];
    }

    /** The tensors that flow through the node. */
    IntStream operands() {
        return IntStream.concat(present(operands), Arrays.stream(outputs));
    }

    /** The tensors that are read into the parameters. */
    IntStream parameters() {
        return present(order().constants(inputs));
    }

    /** All of them. */
    IntStream tensors() {
        return IntStream.concat(operands(), parameters());
    }

    private static IntStream present(List<Integer> tensors) {
        return tensors.stream().filter(i -> i != Node.ABSENT).mapToInt(i -> i);
    }

    private InputOrder order() {
        return code.operator().map(ImportedOperator::inputOrder).orElse(InputOrder.followedBy(0));
    }

    /**
     * What the node is in a graph, one node or several, with the tensors as the file numbers them; operator and tensors
     * have to be supported.
     *
     * @throws InvalidModelException if an option is not
     */
    List<Node<?>> decode(TensorReader tensors) {
        ImportedOperator operator = code.operator().orElseThrow();
        List<Tensor> listed = inputs.stream()
                .map(i -> i == Node.ABSENT ? null : tensors.require(i))
                .toList();
        List<Tensor> given = Arrays.stream(outputs).mapToObj(tensors::require).toList();
        return operator.nodes(
                options(operator),
                new Operands(listed, given),
                operands,
                Arrays.stream(outputs).boxed().toList());
    }

    private TfliteCodec.Options options(ImportedOperator operator) {
        int type = table.getByte(Schema.Operator.BUILTIN_OPTIONS_TYPE, 0) & 0xff;
        Optional<FlatTable> options = type == 0 ? Optional.empty() : table.table(Schema.Operator.BUILTIN_OPTIONS);
        if (options.isPresent() && type != operator.optionsType()) {
            throw new InvalidModelException("has the options of another operator");
        }
        return new FileOptions(operator, options);
    }

    /** The options of a node; defaults where the file leaves out one of them, or all. */
    private record FileOptions(ImportedOperator operator, Optional<FlatTable> table) implements TfliteCodec.Options {
        @Override
        public double get(int id) {
            TfliteCodec.Field<?> field = operator.fields().stream()
                    .filter(f -> f.id() == id)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("option " + id + " is not in the list"));
            return table.map(t -> switch (field.kind()) {
                        case BYTE -> (double) t.getByte(id, (int) field.defaultValue());
                        case INT -> (double) t.getInt(id, (int) field.defaultValue());
                        case FLOAT -> (double) t.getFloat(id, (float) field.defaultValue());
                    })
                    .orElse(field.defaultValue());
        }

        @Override
        public int[] getVector(int id) {
            return table.map(t -> t.ints(id)).orElse(new int[0]);
        }
    }
}
