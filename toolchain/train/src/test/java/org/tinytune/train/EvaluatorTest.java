package org.tinytune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.metric.Interval;
import org.tinytune.train.quantize.QatGraph;
import org.tinytune.train.range.RealRange;

class EvaluatorTest {
    /** Logits are the three inputs as they are. */
    private static Graph identity() {
        FloatNetwork network = new FloatNetwork(3);
        return network.node(
                        "logits",
                        FullyConnected.INSTANCE,
                        new FullyConnectedParams(Activation.NONE),
                        network.constant("weights", Shape.of(3, 3), 1, 0, 0, 0, 1, 0, 0, 0, 1),
                        network.constant("bias", Shape.of(3), 0, 0, 0))
                .node("probabilities", Softmax.INSTANCE, new SoftmaxParams(1))
                .build();
    }

    private static ListedSamples samples() {
        return new ListedSamples(3, 3)
                .add(0, 2, 0, 0)
                .add(0, 0, 0, 2)
                .add(1, 0, 2, 0)
                .add(2, 0, 2, 0)
                .add(2, 0, 0, 2)
                // Two are alike: the first of them counts.
                .add(1, 0, 1, 1);
    }

    /** A hit costs log(1 + 2 e^-2) = 0.239543, a miss 2 more, the tie log(2 + e^-1) = 0.861995. */
    @Test
    void scoresByHand() {
        Evaluation evaluation = Evaluator.evaluate(identity(), samples(), 1);
        assertThat(evaluation.samples()).isEqualTo(6);
        assertThat(evaluation.predictions()).containsExactly(0, 2, 1, 1, 2, 1);
        assertThat(evaluation.accuracy()).isEqualTo(4 / 6.0);
        assertThat(evaluation.interval()).isEqualTo(Interval.wilson(4, 6));
        assertThat(evaluation.confusion()).containsExactly(List.of(1, 0, 1), List.of(0, 2, 0), List.of(0, 1, 1));
        assertThat(evaluation.loss()).isCloseTo((5 * 0.239543 + 4 + 0.861995) / 6, Offset.offset(1e-5));
    }

    /** More samples than a batch, by several threads. */
    @Test
    void threadsAndBatchesDoNotMatter() {
        Graph graph = new FloatNetwork(6, 6, 1)
                .conv("conv", 4, 3, Activation.RELU)
                .dense("logits", 3)
                .softmax()
                .build();
        ListedSamples samples = ListedSamples.bars(600, 1);
        Evaluation one = Evaluator.evaluate(graph, samples, 1);
        assertThat(one.predictions()).hasSize(600);
        assertThat(Set.copyOf(one.predictions())).hasSizeGreaterThan(1);
        assertThat(Evaluator.evaluate(graph, samples, 3)).isEqualTo(one);
    }

    /** What it predicts for an INT8 graph is what the simulator does, and the loss is that of its logits. */
    @Test
    void anInt8GraphIsScoredAsTheSimulatorRunsIt() {
        Graph graph = new FloatNetwork(6, 6, 1)
                .conv("conv", 4, 3, Activation.RELU)
                .dense("logits", 3)
                .softmax()
                .build();
        RealRange[] ranges = new RealRange[graph.tensors().size()];
        Arrays.fill(ranges, new RealRange(-2, 2));
        ListedSamples samples = ListedSamples.bars(300, 1);
        Graph int8 = QatGraph.export(QatGraph.quantizeActivations(graph, ranges));

        Evaluation evaluation = Evaluator.evaluate(int8, samples, 2);

        SimulatedScore score = SimulatedScore.of(int8, samples, new SoftmaxCrossEntropy(0));
        assertThat(Set.copyOf(score.predictions())).hasSizeGreaterThan(1);
        assertThat(evaluation.predictions()).isEqualTo(score.predictions());
        assertThat(evaluation.loss()).isEqualTo(score.loss());
        assertThat(evaluation.accuracy()).isEqualTo(score.accuracy());
    }

    @Test
    void labelsThatAreNotTheOutputsAreRefused() {
        ListedSamples other = new ListedSamples(4, 3).add(0, 1, 2, 3);
        assertThatThrownBy(() -> Evaluator.evaluate(identity(), other, 1))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("the model has 3 outputs for 4 labels");
    }
}
