package org.tinytune.test.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.lite.schema.AddOptionsT;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.SubOptionsT;
import org.tensorflow.lite.schema.TensorT;
import org.tensorflow.lite.schema.TensorType;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.Operators;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2d;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dParams;
import org.tinytune.core.op.hardswish.HardSwish;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.prelu.Prelu;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.sub.Sub;
import org.tinytune.core.op.svdf.Svdf;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.PreparedKernels;
import org.tinytune.core.sim.SimulationObserver;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.tflite.TfliteReader;
import org.tinytune.tflite.TfliteWriter;

/**
 * At the limits of what a file may say, the interpreter refuses what is refused here, or takes it as it is taken here.
 */
class ReferenceRefusalsTest {
    private static final Quantization FINE = Quantization.perTensor(0.001f, 0);

    /** What operators without int16 would be. */
    static Stream<Graph> withoutInt16() {
        return Stream.of(single(HardSwish.INSTANCE), single(Prelu.INSTANCE, new short[] {300, -200}));
    }

    private static Graph single(Operator<NoParams> operator, short... slopes) {
        GraphBuilder builder = new GraphBuilder();
        int x = builder.input("x", Shape.of(1, 2, 2, 2), ElementType.INT16, FINE);
        int y = slopes.length == 0
                ? builder.node("y", ElementType.INT16, FINE, operator, new NoParams(), x)
                : builder.node(
                        "y",
                        ElementType.INT16,
                        FINE,
                        operator,
                        new NoParams(),
                        x,
                        builder.constant("slopes", Shape.of(1, 1, slopes.length), FINE, TensorData.of(slopes)));
        return builder.output(y).build();
    }

    private static void assertRefusedByReference(byte[] file, int inputBytes) {
        assertThatThrownBy(() -> {
                    try (ReferenceInterpreter reference = new ReferenceInterpreter(file)) {
                        reference.run(List.of(new byte[inputBytes]));
                    }
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(AllocateTensors|Invoke|InterpreterBuilder) failed .*");
    }

    @Test
    void operatorsWithoutInt16AreThoseThatTheReferenceHasNoneOf() {
        assertThat(Operators.ALL)
                .filteredOn(operator -> !operator.int16().isPresent())
                .extracting(operator -> operator.name())
                .containsExactlyInAnyOrder("HARD_SWISH", "PRELU", "SVDF");
    }

    @ParameterizedTest
    @MethodSource("withoutInt16")
    void theReferenceRefusesInt16OfOthers(Graph graph) {
        assertRefusedByReference(TfliteWriter.write(graph), graph.input().bytes());
        assertThatThrownBy(() -> PreparedKernels.of(graph))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("is not supported with int16 activations");
    }

    @Test
    void theReferenceRefusesInt16OfSvdf() {
        Graph graph = RandomGraphs.single(Svdf.INSTANCE, 5);
        String input = graph.input().name();
        byte[] file = ForeignFiles.altered(TfliteWriter.write(graph), model -> makeInt16(model, input));

        assertRefusedByReference(file, 2 * graph.input().bytes());
    }

    private static void makeInt16(SubGraphT model, String name) {
        for (TensorT tensor : model.getTensors()) {
            if (tensor.getName().equals(name)) {
                tensor.setType(TensorType.INT16);
                tensor.getQuantization().setZeroPoint(new long[] {0});
            }
        }
    }

    /** CONV_2D, FULLY_CONNECTED and TRANSPOSE_CONV take them, OperatorDifferentialTest shows. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDepthwiseConvolutionOfInt16TakesNoBiasesOfInt32(boolean wide) {
        GraphBuilder builder = new GraphBuilder();
        int x = builder.input("x", Shape.of(1, 2, 2, 2), ElementType.INT16, FINE);
        Quantization scale = Quantization.perTensor(0.01f, 0);
        int weights = builder.constant("w", Shape.of(1, 1, 1, 2), scale, TensorData.of(new byte[] {5, -7}));
        TensorData biases = wide ? TensorData.of(new long[] {100, -100}) : TensorData.of(new int[] {100, -100});
        int bias = builder.constant("b", Shape.of(2), Quantization.perTensor(0.00001f, 0), biases);
        DepthwiseConv2dParams params = new DepthwiseConv2dParams(1, 1, 1, 1, 1, Padding.VALID, Activation.NONE);
        Graph graph = builder.output(
                        builder.node("y", ElementType.INT16, FINE, DepthwiseConv2d.INSTANCE, params, x, weights, bias))
                .build();

        if (wide) {
            Differential.assertEqual("biases of int64", graph, List.of(RandomGraphs.inputs(graph, 1)));
        } else {
            assertRefusedByReference(TfliteWriter.write(graph), graph.input().bytes());
            assertThatThrownBy(() -> PreparedKernels.of(graph))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessageContaining("bias 'b' is INT32, but DEPTHWISE_CONV_2D of int16 takes INT64 only");
        }
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.3, 0.5", "0.3, 0.5, 0.5", "0.5, 0.25, 0.3", "0.5, 0.5, 0.3", "0.3, 0.3, 0.3"})
    void powersOfTwoAreShiftedOnlyIfAllScalesAre(float first, float second, float output) {
        for (Operator<PairwiseParams> operator : List.of(Add.INSTANCE, Sub.INSTANCE)) {
            byte[] file = shifting(operator, first, second, output);
            Graph graph = TfliteReader.read("sum.tflite", file);
            List<byte[]> inputs = RandomGraphs.inputs(graph, 3);
            try (ReferenceInterpreter reference = new ReferenceInterpreter(file)) {
                reference.run(inputs);
                assertThat(Simulator.of(graph).run(inputs, SimulationObserver.NONE))
                        .as("%s", operator.name())
                        .containsExactly(reference.output(0));
            }
        }
    }

    @Test
    void shiftedSumsAreRefused() {
        byte[] file = shifting(Add.INSTANCE, 0.5f, 0.25f, 0.5f);

        assertThatThrownBy(() -> TfliteReader.read("sum.tflite", file))
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining("node 0 ADD version 3 (pot_scale_int16 with scales that are powers of two)");
    }

    private static byte[] shifting(Operator<PairwiseParams> operator, float first, float second, float output) {
        GraphBuilder builder = new GraphBuilder();
        Shape shape = Shape.of(1, 50);
        int x = builder.input("x", shape, ElementType.INT16, Quantization.perTensor(first, 0));
        int y = builder.input("y", shape, ElementType.INT16, Quantization.perTensor(second, 0));
        PairwiseParams params = new PairwiseParams(Activation.NONE);
        Graph graph = builder.output(
                        builder.node("z", ElementType.INT16, Quantization.perTensor(output, 0), operator, params, x, y))
                .build();
        return ForeignFiles.altered(TfliteWriter.write(graph), model -> {
            Object options = model.getOperators()[0].getBuiltinOptions().getValue();
            if (options instanceof AddOptionsT add) {
                add.setPotScaleInt16(true);
            } else {
                ((SubOptionsT) options).setPotScaleInt16(true);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 2})
    void aSingleScaleMayHaveAnyAxisThatThereIs(int axis) {
        Graph graph = RandomGraphs.single(Logistic.INSTANCE, 1);
        byte[] file = ForeignFiles.altered(TfliteWriter.write(graph), model -> {
            for (TensorT tensor : model.getTensors()) {
                tensor.getQuantization().setQuantizedDimension(axis);
            }
        });

        assertThat(graph.input().shape().rank()).isEqualTo(2);
        if (axis >= 0 && axis < 2) {
            Graph read = TfliteReader.read("logistic.tflite", file);
            List<byte[]> inputs = RandomGraphs.inputs(read, 1);
            try (ReferenceInterpreter reference = new ReferenceInterpreter(file)) {
                reference.run(inputs);
                assertThat(Simulator.of(read).run(inputs, SimulationObserver.NONE))
                        .containsExactly(reference.output(0));
            }
        } else {
            assertRefusedByReference(file, graph.input().bytes());
            assertThatThrownBy(() -> TfliteReader.read("logistic.tflite", file))
                    .isInstanceOf(TinytuneException.class)
                    .hasMessageContaining("quantized_dimension " + axis + " is no extent of [1, ");
        }
    }

    /** The file begins with a QUANTIZE, which the graph has not. */
    @Test
    void nodesHaveTheNumbersThatTheFileGivesThem() {
        GraphBuilder builder = new GraphBuilder();
        Quantization q = Quantization.perTensor(0.5f, 0);
        int x = builder.input("x", Shape.of(1, 4), ElementType.INT8, q);
        int inner = builder.node("inner", ElementType.INT8, q, Relu.INSTANCE, new NoParams(), x);
        Graph graph = builder.output(builder.node("y", ElementType.INT8, q, Relu.INSTANCE, new NoParams(), inner))
                .build();
        byte[] file = ForeignFiles.altered(
                ForeignFiles.withFloatEnds(graph), model -> model.getTensors()[inner].setShape(new int[] {4}));

        assertThatThrownBy(() -> TfliteReader.read("ends.tflite", file))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("ends.tflite: node 1 (RELU version 2): output 'inner' is [4], not [1, 4]");
    }
}
