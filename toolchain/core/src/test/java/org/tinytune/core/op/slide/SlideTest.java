package org.tinytune.core.op.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.RandomWindows;

class SlideTest {
    private static final int SEEDS = 60;

    @ParameterizedTest
    @EnumSource(names = {"INT8", "INT16"})
    void theOutputIsTheLatestRowsOfTheStream(ElementType type) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Graph graph = RandomWindows.slide(type, seed);
            Simulator simulator = Simulator.of(graph);
            byte[] window = new byte[graph.output().bytes()];
            Arrays.fill(window, graph.output().zeroByte());
            SplittableRandom random = new SplittableRandom(seed);
            for (int step = 0; step < 9; step++) {
                byte[] added = new byte[graph.input().bytes()];
                random.nextBytes(added);
                System.arraycopy(window, added.length, window, 0, window.length - added.length);
                System.arraycopy(added, 0, window, window.length - added.length, added.length);
                assertThat(simulator.run(added))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(window);
            }
        }
    }

    /** Rows in order, in any parts, over rings of the fewest rows: the same output, the same state. */
    @ParameterizedTest
    @EnumSource(names = {"INT8", "INT16"})
    void anyPartsGiveTheSameRowsAndTheSameState(ElementType type) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Graph graph = RandomWindows.slide(type, seed);
            Operands operands = graph.operands(graph.nodes().get(0));
            SlideKernel kernel = SlideKernel.prepare(operands);
            SplittableRandom random = new SplittableRandom(seed);
            byte[] added = new byte[operands.input(0).bytes()];
            byte[] kept = new byte[operands.input(1).bytes()];
            random.nextBytes(added);
            random.nextBytes(kept);
            byte[] keptByRow = kept.clone();
            int rows = operands.output().shape().rows();
            byte[] whole = new byte[operands.output().bytes()];
            kernel.run(rows(operands, added, kept), new Rows[] {Rows.whole(whole, 0, operands.output())}, 0, rows);
            int rowBytes = operands.output().rowBytes();
            byte[] row = new byte[rowBytes];
            for (int y = 0; y < rows; y++) {
                kernel.run(rows(operands, added, keptByRow), new Rows[] {new Rows(row, 0, rowBytes, 1)}, y, y + 1);
                assertThat(row).isEqualTo(Arrays.copyOfRange(whole, y * rowBytes, (y + 1) * rowBytes));
            }
            assertThat(keptByRow).isEqualTo(kept);
        }
    }

    private static Rows[] rows(Operands operands, byte[] added, byte[] kept) {
        return new Rows[] {Rows.whole(added, 0, operands.input(0)), Rows.whole(kept, 0, operands.input(1))};
    }

    @Test
    void everyByteIsCountedOnce() {
        Graph graph = RandomWindows.slide(ElementType.INT16, 3);
        Node<?> node = graph.nodes().get(0);
        int state = graph.operands(node).input(1).bytes();
        assertThat(graph.cost(node).bytesRead()).isEqualTo(graph.input().bytes() + state);
        assertThat(graph.cost(node).bytesWritten())
                .isGreaterThanOrEqualTo(graph.output().bytes() + state / 2);
    }

    @Test
    void whatDoesNotContinueTheStateIsRefused() {
        List<Shape> shapes = List.of(Shape.of(1, 2, 3, 4), Shape.of(1, 2, 3, 5));
        assertThatThrownBy(() -> Slide.INSTANCE.inferShape(new NoParams(), shapes))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("new rows [1, 2, 3, 4] do not continue a state of [1, 2, 3, 5]");
        Graph graph = RandomWindows.slide(ElementType.INT8, 1);
        Operands operands = graph.operands(graph.nodes().get(0));
        Tensor kept = operands.input(1);
        Tensor other = Tensor.state("other", kept.shape(), ElementType.INT8, Quantization.perTensor(0.5f, 1));
        assertThatThrownBy(
                        () -> SlideKernel.prepare(new Operands(List.of(operands.input(0), other), operands.outputs())))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("'other' is no state of INT8 with");
    }
}
