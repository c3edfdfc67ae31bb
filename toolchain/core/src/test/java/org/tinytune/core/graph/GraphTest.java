package org.tinytune.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tinytune.core.ExitCode;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

class GraphTest {
    private static final Quantization Q = Quantization.perTensor(0.1f, 0);
    private static final PairwiseParams ADD = new PairwiseParams(Activation.NONE);

    private final GraphBuilder builder = new GraphBuilder();
    private int input;

    @BeforeEach
    void addInput() {
        input = builder.input("x", Shape.of(1, 4), ElementType.INT8, Q);
    }

    @Test
    void putsANetworkTogether() {
        int weights = builder.constant("w", Shape.of(3, 4), Q, TensorData.of(new byte[12]));
        int dense = builder.node(
                "y",
                ElementType.INT8,
                Q,
                FullyConnected.INSTANCE,
                new FullyConnectedParams(Activation.NONE),
                input,
                weights,
                Node.ABSENT);
        Graph graph = builder.output(dense).build();

        assertThat(graph.output().shape()).isEqualTo(Shape.of(1, 3));
        assertThat(graph.macs()).isEqualTo(12);
        assertThat(graph.cost(graph.nodes().get(0))).isEqualTo(new Cost(12, 16, 3));
        assertThat(graph.operands(graph.nodes().get(0)).hasInput(2)).isFalse();
        assertThat(graph.withMetadata(Metadata.unnamed())).isEqualTo(graph);
    }

    @Test
    void refusesAStateThatTwoNodesShare() {
        int state = builder.tensor(Tensor.state("memory", Shape.of(1, 4), ElementType.INT8, Q));
        int first = builder.node("y", ElementType.INT8, Q, Add.INSTANCE, ADD, input, state);
        builder.node("z", ElementType.INT8, Q, Add.INSTANCE, ADD, first, state);

        assertRefused("state 'memory' is used twice; each node needs its own");
    }

    @Test
    void refusesATensorThatIsReadBeforeItIsComputed() {
        int later = builder.tensor(Tensor.activation("later", Shape.of(1, 4), ElementType.INT8, Q));
        builder.node("y", ElementType.INT8, Q, Add.INSTANCE, ADD, input, later);

        assertRefused("node 0 (ADD) reads tensor 'later' before it is computed");
    }

    @Test
    void refusesATensorThatIsWrittenTwice() {
        builder.node(new Node<>(Relu.INSTANCE, new NoParams(), List.of(input), List.of(input)));

        assertRefused("node 0 (RELU) writes tensor 'x' a second time");
    }

    @Test
    void refusesAnOutputThatIsNeverComputed() {
        builder.output(builder.tensor(Tensor.activation("y", Shape.of(1, 4), ElementType.INT8, Q)));

        assertRefused("graph output 'y' is never computed");
    }

    @Test
    void refusesAnOutputOfAnotherShape() {
        int y = builder.tensor(Tensor.activation("y", Shape.of(4), ElementType.INT8, Q));
        builder.node(new Node<>(Relu.INSTANCE, new NoParams(), List.of(input), List.of(y)));

        assertRefused("node 0 (RELU): output 'y' is [4], not [1, 4]");
    }

    @Test
    void refusesOperandsThatDoNotFitAndNamesTheNode() {
        int other = builder.constant("c", Shape.of(1, 5), Q, TensorData.of(new byte[5]));
        int y = builder.tensor(Tensor.activation("y", Shape.of(1, 4), ElementType.INT8, Q));
        builder.node(new Node<>(Add.INSTANCE, ADD, List.of(input, other), List.of(y)));

        assertRefused("node 0 (ADD): operands are [1, 4] and [1, 5]: one has to have the shape of the other, an element"
                + " for each of its channels, or a single one");
    }

    @Test
    void refusesTwoTensorsOfOneName() {
        builder.input("x", Shape.of(1), ElementType.INT8, Q);

        assertRefused("two tensors are named 'x'");
    }

    @Test
    void refusesAnIndexOutOfRange() {
        builder.output(7);

        assertRefused("graph output refers to tensor 7, but there are 1 tensors");
    }

    @Test
    void refusesANodeWithoutOutput() {
        builder.node(new Node<>(Relu.INSTANCE, new NoParams(), List.of(input), List.of()));

        assertRefused("node 0 (RELU) has no output");
    }

    @Test
    void refusesDataOfAnotherLengthOrChannelsThatDoNotFit() {
        assertThatThrownBy(() -> Tensor.constant("c", Shape.of(3), Q, TensorData.of(new byte[2])))
                .hasMessage("tensor 'c': data INT8[2] is not INT8[3]");
        Quantization channels = Quantization.perChannel(new float[] {1, 1}, 0);
        assertThatThrownBy(() -> Tensor.constant("c", Shape.of(3), channels, TensorData.of(new byte[3])))
                .hasMessageContaining("do not fit the shape [3]");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(
                        InvalidModelException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID_INPUT))
                .hasMessage(message);
    }
}
