package org.tinytune.core.op.squeeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.plan.TargetCosts;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.MapOptions;
import org.tinytune.core.testing.SingleNode;

class SqueezeTest {
    private static final Quantization Q = Quantization.perTensor(0.5f, 3);

    @Test
    void leavesOutTheExtentsOf1ThatItIsTold() {
        assertThat(shape(Shape.of(1, 1, 3, 1), 1)).isEqualTo(Shape.of(1, 3, 1));
        assertThat(shape(Shape.of(1, 1, 3, 1), 3, 0, 3)).isEqualTo(Shape.of(1, 3));
    }

    @Test
    void leavesOutAllExtentsOf1IfItIsToldNone() {
        assertThat(shape(Shape.of(1, 2, 1, 5))).isEqualTo(Shape.of(2, 5));
        assertThat(shape(Shape.of(1, 1))).isEqualTo(Shape.of());
    }

    @Test
    void countsNegativeAxesOfAFileFromTheLast() {
        Graph graph = graph(Shape.of(1, 4, 1));
        SqueezeParams params = Squeeze.INSTANCE.tflite().decode(new MapOptions(Map.of(), -1), List.of(graph.input()));
        assertThat(params.axes()).containsExactly(2);
    }

    @Test
    void takesNoMemoryOfItsOwn() {
        assertThat(Planner.plan(graph(Shape.of(1, 4, 1)), TargetCosts.NONE, 1).arenaBytes())
                .isEqualTo(4);
    }

    @Test
    void refusesExtentsThatAreNot1() {
        assertThatThrownBy(() -> shape(Shape.of(1, 2), 1))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("axis 1 of [1, 2] is no extent of 1");
        assertThatThrownBy(() -> shape(Shape.of(1, 2), 2)).isInstanceOf(InvalidModelException.class);
        assertThatThrownBy(() -> Squeeze.INSTANCE
                        .tflite()
                        .decode(
                                new MapOptions(Map.of(), -4),
                                List.of(graph(Shape.of(1, 4, 1)).input())))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("there is no axis -4 among 3");
    }

    private static Shape shape(Shape input, Integer... axes) {
        return Squeeze.INSTANCE.inferShape(new SqueezeParams(List.of(axes)), List.of(input));
    }

    private static Graph graph(Shape shape) {
        return new SingleNode().input(shape, Q, 1, 2, 3, 4).graph(Squeeze.INSTANCE, new SqueezeParams(List.of()), Q);
    }
}
