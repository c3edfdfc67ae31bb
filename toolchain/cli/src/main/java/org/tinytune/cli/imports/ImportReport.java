package org.tinytune.cli.imports;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.core.DecimalText;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.tflite.FileNode;

/**
 * What a model is, as JSON shows it.
 *
 * @param model the file
 * @param name the model's own
 * @param steps inputs that make up a sample; 1 of a model without states
 * @param mean subtracted from a raw reading, one for all channels or one each
 * @param deviation by which it is then divided
 * @param labels of the outputs; empty if they have none
 * @param operators of the file, by name and version
 * @param nodes of the graph, each of which runs; one of the file may become several
 * @param parameters elements of all constants
 * @param weightBytes bytes of all constants, which lie in flash
 * @param stateBytes bytes that live from one inference to the next
 * @param macs multiply-accumulates of one inference
 */
record ImportReport(
        String model,
        String name,
        String description,
        String task,
        int steps,
        List<Float> mean,
        List<Float> deviation,
        List<Float> rawRange,
        List<Port> inputs,
        List<Port> outputs,
        List<String> labels,
        List<Operators> operators,
        int nodes,
        long parameters,
        long weightBytes,
        long stateBytes,
        long macs) {

    /**
     * An input or output.
     *
     * @param scale 0 if the tensor is not quantized, which only one that nobody uses is
     */
    record Port(String tensor, List<Integer> shape, String type, float scale, int zeroPoint) {
        static Port of(Tensor tensor) {
            Quantization quantization = tensor.quantization();
            return new Port(
                    tensor.name(),
                    IntStream.of(tensor.shape().dims()).boxed().toList(),
                    tensor.type().toString(),
                    quantization.isPresent() ? quantization.scale() : 0,
                    quantization.isPresent() ? quantization.zeroPoint() : 0);
        }
    }

    /**
     * The nodes of an operator.
     *
     * @param operator as the file names it
     * @param version of the operator, as the file states it
     * @param count of the nodes in the file
     */
    record Operators(String operator, int version, int count, long macs) {}

    /**
     * The report of a model.
     *
     * @param int8 a model that boards can run
     * @param origins of its nodes
     */
    static ImportReport of(String model, Graph int8, List<FileNode> origins) {
        Metadata metadata = int8.metadata();
        InputEncoding encoding = metadata.encoding();
        List<Tensor> constants =
                int8.tensors().stream().filter(Tensor::isConstant).toList();
        return new ImportReport(
                model,
                metadata.name(),
                metadata.description(),
                TaskKind.of(metadata).id(),
                int8.hasState() ? metadata.steps() : 1,
                encoding.mean(),
                encoding.deviation(),
                List.of(encoding.rawMin(), encoding.rawMax()),
                ports(int8, int8.inputs()),
                ports(int8, int8.outputs()),
                metadata.labels(),
                operators(int8, origins),
                int8.nodes().size(),
                constants.stream().mapToLong(t -> t.shape().elements()).sum(),
                constants.stream().mapToLong(Tensor::bytes).sum(),
                int8.tensors().stream()
                        .filter(Tensor::state)
                        .mapToLong(Tensor::bytes)
                        .sum(),
                int8.macs());
    }

    private static List<Port> ports(Graph graph, List<Integer> tensors) {
        return tensors.stream().map(graph::tensor).map(Port::of).toList();
    }

    private static List<Operators> operators(Graph graph, List<FileNode> origins) {
        Map<String, Operators> byName = new TreeMap<>();
        for (int n = 0; n < origins.size(); n++) {
            FileNode origin = origins.get(n);
            int count = n > 0 && origin.equals(origins.get(n - 1)) ? 0 : 1;
            long macs = graph.cost(graph.nodes().get(n)).macs();
            Operators one = new Operators(origin.operator(), origin.version(), count, macs);
            byName.merge(
                    one.operator() + " " + one.version(),
                    one,
                    (a, b) -> new Operators(a.operator(), a.version(), a.count() + b.count(), a.macs() + b.macs()));
        }
        return new ArrayList<>(byName.values());
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder(name);
        if (!description.isEmpty()) {
            text.append(": ").append(description);
        }
        text.append("\n\n").append(portTable().text());
        text.append('\n').append(operatorTable().text()).append('\n');
        text.append(Quantities.count(parameters)).append(" parameters, ");
        text.append(Quantities.bytes(weightBytes)).append(" of flash for them, ");
        if (stateBytes > 0) {
            text.append(Quantities.bytes(stateBytes)).append(" of states, ");
        }
        text.append(Quantities.count(macs)).append(" MACs an inference\n");
        text.append(labels.isEmpty() ? "no labels" : "labels: " + String.join(", ", labels));
        return text.append("; task: ").append(task).append('\n').toString();
    }

    private Table portTable() {
        Table table =
                new Table(left(""), left("tensor"), left("shape"), left("type"), right("scale"), right("zero point"));
        inputs.forEach(port -> row(table, "input", port));
        outputs.forEach(port -> row(table, "output", port));
        return table;
    }

    private static void row(Table table, String kind, Port port) {
        table.row(
                kind,
                port.tensor(),
                port.shape().toString(),
                port.type(),
                DecimalText.of(port.scale()),
                Integer.toString(port.zeroPoint()));
    }

    private Table operatorTable() {
        Table table = new Table(left("operator"), right("version"), right("count"), right("MACs"));
        for (Operators row : operators) {
            table.row(
                    row.operator(),
                    Integer.toString(row.version()),
                    Quantities.count(row.count()),
                    Quantities.count(row.macs()));
        }
        return table;
    }
}
