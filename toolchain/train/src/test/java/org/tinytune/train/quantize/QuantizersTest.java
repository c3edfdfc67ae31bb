package org.tinytune.train.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.op.concatenation.Concatenation;
import org.tinytune.core.op.concatenation.ConcatenationParams;
import org.tinytune.core.op.hardswish.HardSwish;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.maxpool.MaxPool2d;
import org.tinytune.core.op.tanh.Tanh;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.PreparedKernels;
import org.tinytune.train.FloatNetwork;
import org.tinytune.train.range.RealRange;

class QuantizersTest {
    private static final ConcatenationParams CHANNELS = new ConcatenationParams(3);

    /** The range of each tensor is given by its name. */
    private static Graph quantized(Graph graph, String... namesAndRanges) {
        RealRange[] ranges = new RealRange[graph.tensors().size()];
        Arrays.fill(ranges, new RealRange(-1, 1));
        for (int i = 0; i < namesAndRanges.length; i += 2) {
            String[] bounds = namesAndRanges[i + 1].split(" ");
            ranges[FloatNetwork.index(graph, namesAndRanges[i])] =
                    new RealRange(Float.parseFloat(bounds[0]), Float.parseFloat(bounds[1]));
        }
        return QatGraph.quantizeActivations(graph, ranges);
    }

    private static Quantization of(Graph graph, String name) {
        return graph.tensor(FloatNetwork.index(graph, name)).quantization();
    }

    private static void assertComputable(Graph qat) {
        PreparedKernels.of(QatGraph.export(qat));
    }

    /** Also through a pool, which keeps the scale. */
    @Test
    void tensorsThatAreJoinedShareTheUnionOfTheirRanges() {
        FloatNetwork network = new FloatNetwork(4, 4, 2).conv("a", 3, 3);
        int a = network.tensor();
        network.conv("b", 3, 3)
                .node("pooled", MaxPool2d.INSTANCE, new Pool2dParams(1, 1, 1, 1, Padding.VALID, Activation.NONE));
        Graph graph = network.node("joined", Concatenation.INSTANCE, CHANNELS, a)
                .conv("c", 2, 1)
                .build();

        Graph qat = quantized(Folding.fold(graph), "a", "-3 1", "b", "-1 5", "joined", "-100 100", "pooled", "-50 50");

        Quantization shared = new RealRange(-3, 5).int8();
        for (String name : new String[] {"a", "b", "pooled", "joined"}) {
            assertThat(of(qat, name)).as(name).isEqualTo(shared);
        }
        assertThat(of(qat, "c")).isEqualTo(new RealRange(-1, 1).int8());
        assertComputable(qat);
    }

    @Test
    void aGraphInputThatIsJoinedSharesItsRangeToo() {
        FloatNetwork network = new FloatNetwork(4, 4, 2);
        int input = network.tensor();
        Graph graph = network.conv("a", 3, 3)
                .node("joined", Concatenation.INSTANCE, CHANNELS, input)
                .build();

        Graph qat = quantized(Folding.fold(graph), "input", "0 2", "a", "-3 1");

        assertThat(of(qat, "input")).isEqualTo(new RealRange(-3, 2).int8()).isEqualTo(of(qat, "joined"));
        assertComputable(qat);
    }

    @Test
    void tensorsOfOneFixedRangeAreJoinedAsTheyAre() {
        FloatNetwork network = new FloatNetwork(4, 4, 2).node("a", Tanh.INSTANCE, new NoParams());
        Graph graph = network.node("joined", Concatenation.INSTANCE, CHANNELS, network.tensor())
                .build();

        Graph folded = Folding.fold(graph);

        assertThat(FloatNetwork.operators(folded)).containsExactly("TANH", "CONCATENATION");
        assertThat(of(quantized(folded), "joined")).isEqualTo(Tanh.OUTPUT);
    }

    @Test
    void aFixedRangeAmongOthersIsRescaledFirst() {
        FloatNetwork network = new FloatNetwork(4, 4, 2).conv("a", 3, 3);
        int a = network.tensor();
        network.node("sigmoid", Logistic.INSTANCE, new NoParams());
        int sigmoid = network.tensor();
        Graph graph = network.node("tanh", Tanh.INSTANCE, new NoParams())
                .node("joined", Concatenation.INSTANCE, CHANNELS, a, sigmoid)
                .build();
        assertThatThrownBy(() -> quantized(graph))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("cannot be quantized alike");

        Graph folded = Folding.fold(graph);

        assertThat(FloatNetwork.operators(folded))
                .containsExactly("CONV_2D", "LOGISTIC", "TANH", "QUANTIZE", "QUANTIZE", "CONCATENATION");
        Graph qat = quantized(folded, "a", "-3 1", "tanh/rescaled", "-1 1", "sigmoid/rescaled", "0 2");
        assertThat(of(qat, "joined")).isEqualTo(new RealRange(-3, 2).int8()).isEqualTo(of(qat, "a"));
        assertThat(of(qat, "sigmoid")).isEqualTo(Logistic.OUTPUT);
        assertComputable(qat);
    }

    /** Calibrated on samples for which nothing comes through, an operator has to compute all the same. */
    @Test
    void aRangeTooNarrowForTheKernelIsWidened() {
        FloatNetwork network = new FloatNetwork(4, 4, 2).conv("a", 2, 3);
        int a = network.tensor();
        network.node("swish", HardSwish.INSTANCE, new NoParams());
        Graph graph = network.add("sum", a).build();

        Graph qat = quantized(Folding.fold(graph), "a", "-100 0", "swish", "0 0", "sum", "0 0");

        assertComputable(qat);
        for (Tensor tensor : qat.tensors()) {
            assertThat(tensor.isConstant() || tensor.quantization().scale() < 1).isTrue();
        }
    }
}
