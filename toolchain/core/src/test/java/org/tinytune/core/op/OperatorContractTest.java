package org.tinytune.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputOrder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.MapOptions;
import org.tinytune.core.testing.RandomGraphs;

/** What every operator owes, checked on random nodes of each. */
class OperatorContractTest {
    private static final int SEEDS = 200;

    static List<Operator<?>> operators() {
        return Operators.ALL;
    }

    /** All in int8, and in int16 those that are defined for it. */
    static Stream<Arguments> kernels() {
        return Stream.concat(
                Operators.ALL.stream().map(operator -> Arguments.of(operator, ElementType.INT8)),
                RandomGraphs.operatorsOfInt16().stream().map(operator -> Arguments.of(operator, ElementType.INT16)));
    }

    /** The same, and the blocks before a network. */
    static Stream<Arguments> kernelsAndBlocks() {
        return Stream.concat(
                kernels(), Operators.DSP_BLOCKS.stream().map(block -> Arguments.of(block, ElementType.INT16)));
    }

    @Test
    void namesAndFileCodesAreUniqueAndFound() {
        assertThat(Operators.ALL)
                .extracting(Operator::name)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(Operators.ALL)
                .extracting(operator -> operator.tflite().builtinOperator())
                .doesNotHaveDuplicates();
        for (Operator<?> operator : Operators.ALL) {
            assertThat(Operators.byName(operator.name())).containsSame(operator);
            assertThat(Operators.byBuiltinOperator(operator.tflite().builtinOperator()))
                    .containsSame(operator);
        }
        assertThat(Operators.byName("LSTM")).isEmpty();
        assertThat(Operators.byBuiltinOperator(-1)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kernelsAndBlocks")
    void anOutputRowNeedsNothingOutsideItsWindow(Operator<?> operator, ElementType type) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(operator, type, seed);
            byte[] whole = run.whole();
            for (int y = 0; y < run.rows(); y++) {
                byte[] row = run.rowFromRings(y);
                assertThat(row).as("seed %d, row %d", seed, y).isEqualTo(run.row(whole, y));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernelsAndBlocks")
    void anyPartitionOfTheRowsGivesTheSameBytes(Operator<?> operator, ElementType type) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(operator, type, seed);
            SplittableRandom random = new SplittableRandom(seed);
            byte[] parts = new byte[run.operands.output().bytes()];
            Rows[] outputs = {Rows.whole(parts, 0, run.operands.output())};
            for (int begin = 0; begin < run.rows(); ) {
                int end = random.nextInt(begin + 1, run.rows() + 1);
                run.kernel.run(run.inputs(), outputs, begin, end);
                begin = end;
            }
            assertThat(parts).as("seed %d", seed).isEqualTo(run.whole());
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void anInputThatMayBeOverwrittenMayBeOverwrittenRowByRow(Operator<?> operator, ElementType type) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(operator, type, seed);
            Tensor output = run.operands.output();
            for (int operand : run.inPlace()) {
                if (run.operands.input(operand).bytes() == output.bytes()) {
                    byte[] shared = run.bytes.get(operand).clone();
                    Rows[] inputs = run.inputs();
                    for (int i = 0; i < inputs.length; i++) {
                        if (run.sameTensor(i, operand)) {
                            inputs[i] = Rows.whole(shared, 0, run.operands.input(i));
                        }
                    }
                    for (int y = 0; y < run.rows(); y++) {
                        run.kernel.run(inputs, new Rows[] {Rows.whole(shared, 0, output)}, y, y + 1);
                    }
                    assertThat(shared)
                            .as("seed %d, over operand %d", seed, operand)
                            .isEqualTo(run.whole());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernelsAndBlocks")
    void leavesTheInputsAsTheyAre(Operator<?> operator, ElementType type) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(operator, type, seed);
            List<byte[]> before = new ArrayList<>();
            run.bytes.forEach(b -> before.add(b == null ? null : b.clone()));
            run.whole();
            for (int i = 0; i < before.size(); i++) {
                assertThat(run.bytes.get(i)).as("seed %d, operand %d", seed, i).isEqualTo(before.get(i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void theCostCountsEveryByteOnceAndMacsWhereThereAreWeights(Operator<?> operator, ElementType type) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Graph graph = RandomGraphs.single(operator, type, seed);
            Node<?> node = graph.nodes().get(0);
            Cost cost = graph.cost(node);
            long read = 0;
            long states = 0;
            for (Tensor input : graph.operands(node).inputs()) {
                read += input.bytes();
                states += input.state() ? input.bytes() : 0;
            }
            assertThat(cost.bytesRead()).isEqualTo(read);
            assertThat(cost.bytesWritten()).isEqualTo(graph.output().bytes() + states);
            assertThat(cost.macs() > 0).isEqualTo(quantSpec(node).weights().isPresent());
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void parametersSurviveAFile(Operator<?> operator, ElementType type) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Graph graph = RandomGraphs.single(operator, type, seed);
            Node<?> node = graph.nodes().get(0);
            assertThat(throughFile(graph, node)).as("seed %d", seed).isEqualTo(node.params());
        }
    }

    private static <P extends Record> P throughFile(Graph graph, Node<P> node) {
        TfliteCodec<P> codec = node.operator().tflite();
        Map<Integer, Double> values = new HashMap<>();
        codec.fields()
                .forEach(field ->
                        values.put(field.id(), field.get().applyAsDouble(node.params(), graph.operands(node))));
        List<Tensor> tensors = new ArrayList<>(graph.tensors());
        List<Integer> constants = new ArrayList<>();
        for (TfliteCodec.Constant constant : codec.constants(node.params(), graph.operands(node))) {
            assertThat(constant.data().type()).isEqualTo(ElementType.INT32);
            Shape shape = Shape.of(constant.data().length());
            constants.add(tensors.size());
            tensors.add(Tensor.constant(constant.suffix(), shape, Quantization.NONE, constant.data()));
        }
        InputOrder order = codec.inputOrder();
        assertThat(constants).hasSize(order.constants());
        List<Integer> inFile = order.toFile(node.inputs(), constants);
        assertThat(order.operands(inFile)).isEqualTo(node.inputs());
        assertThat(order.constants(inFile)).isEqualTo(constants);
        List<Tensor> inputs = inFile.stream().map(tensors::get).toList();
        assertThat(codec.version(node.params(), graph.operands(node))).isBetween(1, codec.highestVersion());
        int[] vector = codec.vectors().stream()
                .findFirst()
                .map(v -> v.get().apply(node.params()))
                .orElse(new int[0]);
        return codec.decode(new MapOptions(values, vector), inputs);
    }

    @ParameterizedTest
    @MethodSource("operators")
    void theQuantSpecIsWhatTheKernelTakes(Operator<?> operator) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Graph graph = RandomGraphs.single(operator, seed);
            Node<?> node = graph.nodes().get(0);
            QuantSpec spec = quantSpec(node);
            Quantization output = graph.output().quantization();
            switch (spec.output()) {
                case SAME_AS_INPUT -> assertThat(output).isEqualTo(graph.input().quantization());
                case SAME_AS_ALL_INPUTS ->
                    assertThat(graph.operands(node).inputs())
                            .allSatisfy(
                                    input -> assertThat(input.quantization()).isEqualTo(output));
                case FIXED -> assertThat(spec.fixed()).contains(output);
                case OWN_RANGE -> assertThat(spec.fixed()).isEmpty();
            }
            spec.weights().ifPresent(weights -> {
                Tensor tensor = graph.operands(node).input(weights.input());
                assertThat(tensor.isConstant()).isTrue();
                if (weights.axis() != QuantSpec.Weights.PER_TENSOR) {
                    assertThat(tensor.shape().dim(weights.axis()))
                            .isEqualTo(graph.output().shape().dim(-1));
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void operandsThatAreMissingOrTooManyAreRefused(Operator<?> operator) {
        Graph graph = RandomGraphs.single(operator, 1);
        Node<?> node = graph.nodes().get(0);
        List<Shape> shapes = graph.operands(node).inputShapes();

        assertRefused(node, List.of());
        assertRefused(node, Arrays.asList(new Shape[shapes.size()]));
        List<Shape> many = new ArrayList<>(shapes);
        many.add(Shape.of(1, 1, 1, 1, 1));
        assertRefused(node, many);
    }

    private static <P extends Record> void assertRefused(Node<P> node, List<Shape> inputs) {
        assertThatThrownBy(() -> node.operator().inferShape(node.params(), inputs))
                .isInstanceOf(InvalidModelException.class);
    }

    @ParameterizedTest
    @MethodSource("operators")
    void floatOperandsAreRefusedByTheInt8Kernel(Operator<?> operator) {
        Graph graph = RandomGraphs.single(operator, 1);
        Node<?> node = graph.nodes().get(0);
        Operands operands = graph.operands(node);
        List<Tensor> inputs = new ArrayList<>(operands.inputs());
        inputs.set(0, Tensor.activation("real", operands.input(0).shape(), ElementType.FLOAT32, Quantization.NONE));

        assertThatThrownBy(() -> prepare(node, new Operands(inputs, operands.outputs())))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("'real' is FLOAT32");
    }

    /** An operator that is added says here whether it computes int16. */
    @Test
    void allComputeInt16ButThose() {
        assertThat(Operators.ALL)
                .filteredOn(operator -> !operator.int16().isPresent())
                .extracting(Operator::name)
                .containsExactly("HARD_SWISH", "PRELU", "SVDF");
    }

    private static <P extends Record> RowKernel prepare(Node<P> node, Operands operands) {
        return node.operator().kernel(node.params(), operands);
    }

    private static <P extends Record> QuantSpec quantSpec(Node<P> node) {
        return node.operator().quantSpec(node.params());
    }

    /** A random node of an operator, ready to run on random bytes. */
    private static final class Run {
        private final Graph graph;
        private final Node<?> node;
        private final Operands operands;
        private final RowKernel kernel;

        /** The bytes of every int8 or int16 operand and of every state, before a run; {@code null} for the others. */
        private final List<byte[]> bytes = new ArrayList<>();

        Run(Operator<?> operator, ElementType type, long seed) {
            graph = RandomGraphs.single(operator, type, seed);
            node = graph.nodes().get(0);
            operands = graph.operands(node);
            kernel = prepare(node, operands);
            List<byte[]> given = RandomGraphs.inputs(graph, seed);
            for (int i : node.inputs()) {
                Tensor tensor = graph.tensor(i);
                if (tensor.state()) {
                    byte[] state = new byte[tensor.bytes()];
                    new SplittableRandom(seed).nextBytes(state);
                    bytes.add(state);
                } else if (tensor.type() != ElementType.INT8 && tensor.type() != ElementType.INT16) {
                    bytes.add(null);
                } else {
                    bytes.add(
                            tensor.isConstant()
                                    ? tensor.kernelBytes()
                                    : given.get(graph.inputs().indexOf(i)));
                }
            }
        }

        int rows() {
            return operands.output().shape().rows();
        }

        List<Integer> inPlace() {
            return inPlace(node).stream()
                    .filter(operand -> !operands.input(operand).isConstant())
                    .toList();
        }

        private static <P extends Record> List<Integer> inPlace(Node<P> node) {
            return node.operator().inPlace(node.params()).inputs();
        }

        boolean sameTensor(int operand, int other) {
            return node.inputs().get(operand).equals(node.inputs().get(other));
        }

        Rows[] inputs() {
            Rows[] rows = new Rows[bytes.size()];
            for (int i = 0; i < rows.length; i++) {
                if (bytes.get(i) != null) {
                    boolean state = operands.input(i).state();
                    byte[] memory = state ? bytes.get(i).clone() : bytes.get(i);
                    rows[i] = Rows.whole(memory, 0, operands.input(i));
                }
            }
            return rows;
        }

        byte[] whole() {
            byte[] output = new byte[operands.output().bytes()];
            kernel.run(inputs(), new Rows[] {Rows.whole(output, 0, operands.output())}, 0, rows());
            return output;
        }

        byte[] row(byte[] whole, int y) {
            int rowBytes = operands.output().rowBytes();
            return Arrays.copyOfRange(whole, y * rowBytes, (y + 1) * rowBytes);
        }

        /** One row, from rings that hold the rows of its window and nothing else, into a ring of one row. */
        byte[] rowFromRings(int y) {
            RowWindow window = graph.rowWindow(node);
            Rows[] inputs = inputs();
            for (int i = 0; i < inputs.length; i++) {
                if (inputs[i] != null && !operands.input(i).isConstant()) {
                    inputs[i] = ring(inputs[i], window.first(y), window.end(y));
                }
            }
            byte[] row = new byte[operands.output().rowBytes()];
            kernel.run(inputs, new Rows[] {new Rows(row, 0, row.length, 1)}, y, y + 1);
            return row;
        }

        private static Rows ring(Rows whole, int first, int end) {
            int offset = 3;
            int ringRows = Math.max(1, end - first);
            Rows ring = new Rows(new byte[offset + ringRows * whole.rowBytes()], offset, whole.rowBytes(), ringRows);
            for (int y = first; y < end; y++) {
                System.arraycopy(whole.memory(), whole.at(y), ring.memory(), ring.at(y), whole.rowBytes());
            }
            return ring;
        }
    }
}
