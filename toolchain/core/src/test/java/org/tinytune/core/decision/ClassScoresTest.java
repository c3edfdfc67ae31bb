package org.tinytune.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;

class ClassScoresTest {
    private static final Quantization PROBABILITY = Quantization.perTensor(1f / 256, -128);
    private static final Quantization LOGIT = Quantization.perTensor(0.1f, 5);
    private static final List<String> TWO = List.of("off", "on");

    private static Graph graph(Operator<NoParams> operator, Quantization output, int outputs, List<String> labels) {
        GraphBuilder graph = new GraphBuilder();
        int input = graph.input("x", Shape.of(1, outputs), ElementType.INT8, LOGIT);
        return graph.output(graph.node("y", ElementType.INT8, output, operator, new NoParams(), input))
                .metadata(new Metadata("m", "", labels, InputEncoding.IDENTITY, new TreeMap<>()))
                .build();
    }

    @Test
    void probabilitiesCountFromZeroToOne() {
        ClassScores scores = ClassScores.of(graph(Logistic.INSTANCE, PROBABILITY, 3, List.of()))
                .orElseThrow();
        assertThat(scores.classes()).isEqualTo(3);
        assertThat(scores.one()).isEqualTo(256);
        assertThat(scores.ofProbability(0.7)).isEqualTo(180);
        assertThat(scores.ofProbability(0.5)).isEqualTo(128);
        assertThat(scores.ofProbability(0.054688)).as("14 / 256, in six digits").isEqualTo(14);
        assertThat(scores.ofProbability(0)).isZero();
        assertThat(scores.of(new byte[] {-128, 127, 127})).containsExactly(0, 255, 255);
        assertThat(ClassScores.winner(new int[] {0, 255, 255})).isEqualTo(1);
    }

    @Test
    void aSingleOutputSpeaksForTheSecondOfTwoClasses() {
        ClassScores scores =
                ClassScores.of(graph(Logistic.INSTANCE, PROBABILITY, 1, TWO)).orElseThrow();
        assertThat(scores.isSingle()).isTrue();
        assertThat(scores.of(new byte[] {0})).containsExactly(128, 128);
        assertThat(ClassScores.winner(scores.of(new byte[] {0}))).isZero();
        assertThat(ClassScores.winner(scores.of(new byte[] {1}))).isEqualTo(1);
    }

    @Test
    void logitsOnlyCompare() {
        ClassScores single = ClassScores.of(graph(Relu.INSTANCE, LOGIT, 1, TWO)).orElseThrow();
        assertThat(single.areProbabilities()).isFalse();
        assertThat(single.of(new byte[] {7})).containsExactly(-2, 2);
        assertThat(single.of(new byte[] {-128})).containsExactly(133, -133);
        assertThat(ClassScores.of(graph(Relu.INSTANCE, LOGIT, 3, List.of()))
                        .orElseThrow()
                        .of(new byte[] {5, 6, -128}))
                .containsExactly(0, 1, -133);
    }

    @Test
    void whatTellsNoClassesHasNone() {
        assertThat(ClassScores.of(graph(Logistic.INSTANCE, PROBABILITY, 1, List.of())))
                .isEmpty();
        assertThat(ClassScores.of(graph(Relu.INSTANCE, LOGIT, ClassScores.MAX_CLASSES + 1, List.of())))
                .isEmpty();
        Graph graph = graph(Relu.INSTANCE, LOGIT, 3, List.of());
        assertThat(ClassScores.of(graph.withMetadata(TaskKind.REGRESSION.storedIn(graph.metadata()))))
                .isEmpty();
    }
}
