package org.tinytune.core.op.stridedslice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.stridedslice.StridedSliceParams.Axis;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.MapOptions;
import org.tinytune.core.testing.SingleNode;

class StridedSliceTest {
    private static final int BEGIN_MASK = 0;
    private static final int END_MASK = 1;
    private static final int ELLIPSIS_MASK = 2;
    private static final int NEW_AXIS_MASK = 3;
    private static final int SHRINK_AXIS_MASK = 4;
    private static final int OFFSET = 5;

    private static final Quantization Q = Quantization.perTensor(0.5f, 3);
    private static final Axis WHOLE = Axis.of(0, 6);

    @Test
    void takesSomeElementsOfEachExtent() {
        StridedSliceParams params = new StridedSliceParams(
                List.of(Axis.of(0, 1), new Axis(2, -2, 2, false), new Axis(0, 2, 2, false), new Axis(1, 1, 1, true)));
        byte[] output = new SingleNode()
                .input(Shape.of(1, 3, 3, 2), Q, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18)
                .run(StridedSlice.INSTANCE, params, Q);
        assertThat(output).containsExactly(14, 18, 2, 6);
    }

    @Test
    void readsIndicesFromEitherEndAndLimitsThemToTheExtent() {
        assertThat(decode(Map.of(), 1, 5, 2)).isEqualTo(new Axis(1, 2, 2, false));
        assertThat(decode(Map.of(), -4, -1, 1)).isEqualTo(Axis.of(2, 3));
        assertThat(decode(Map.of(), -40, 40, 1)).isEqualTo(WHOLE);
        assertThat(decode(Map.of(), 40, -40, -1)).isEqualTo(new Axis(5, -1, 6, false));
        assertThat(decode(Map.of(), 4, 0, -3)).isEqualTo(new Axis(4, -3, 2, false));
        assertThat(decode(Map.of(), 0, Integer.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(Axis.of(0, 1));
        assertThat(decode(Map.of(), 5, Integer.MIN_VALUE, Integer.MIN_VALUE)).isEqualTo(Axis.of(5, 1));
    }

    @Test
    void masksSayWhatDoesNotCount() {
        assertThat(decode(Map.of(BEGIN_MASK, 1.0, END_MASK, 1.0), 3, 3, 1)).isEqualTo(WHOLE);
        assertThat(decode(Map.of(BEGIN_MASK, 1.0, END_MASK, 1.0), 3, 3, -1)).isEqualTo(new Axis(5, -1, 6, false));
        assertThat(decode(Map.of(SHRINK_AXIS_MASK, 1.0), -2, 0, 1)).isEqualTo(new Axis(4, 1, 1, true));
        assertThat(decode(Map.of(OFFSET, 1.0), 2, 3, 1)).isEqualTo(Axis.of(2, 3));
    }

    @Test
    void anEllipsisAndMissingExtentsAreTakenWhole() {
        Shape shape = Shape.of(1, 4, 5, 6);
        assertThat(decode(shape, Map.of(ELLIPSIS_MASK, 1.0), new int[] {0, 2}, new int[] {0, 3}, 1, 1)
                        .axes())
                .containsExactly(Axis.of(0, 1), Axis.of(0, 4), Axis.of(0, 5), Axis.of(2, 1));
        assertThat(decode(shape, Map.of(), new int[] {0, 2}, new int[] {1, 3}, 1, 1)
                        .axes())
                .containsExactly(Axis.of(0, 1), Axis.of(2, 1), Axis.of(0, 5), Axis.of(0, 6));
    }

    @Test
    void refusesSlicesThatAreEmptyOrMakeAxes() {
        assertThatThrownBy(() -> decode(Map.of(), 4, 4, 1))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("the slice of extent 0, which has 6, is empty");
        assertThatThrownBy(() -> decode(Map.of(), 6, 9, 1)).isInstanceOf(InvalidModelException.class);
        assertThatThrownBy(() -> decode(Map.of(SHRINK_AXIS_MASK, 1.0), 6, 7, 1))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("the slice of extent 0 reaches beyond its 6");
        assertThatThrownBy(() -> decode(Map.of(), 0, 1, 0))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("stride 0 of the slice is 0");
        assertThatThrownBy(() -> decode(Map.of(NEW_AXIS_MASK, 1.0), 0, 1, 1))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("slices with new axes are not supported");
        assertThatThrownBy(() -> StridedSlice.INSTANCE.inferShape(
                        new StridedSliceParams(List.of(Axis.of(2, 3))), List.of(Shape.of(4))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("the slice of extent 0 reaches beyond [4]");
    }

    @Test
    void aRowOfASliceForwardsNeedsOneRow() {
        Axis all = Axis.of(0, 1);
        StridedSliceParams forwards = new StridedSliceParams(List.of(all, new Axis(1, 3, 2, false), all, all));
        StridedSliceParams backwards = new StridedSliceParams(List.of(all, new Axis(4, -3, 2, false), all, all));
        List<Shape> input = List.of(Shape.of(1, 5, 1, 1));
        assertThat(StridedSlice.INSTANCE.rowWindow(forwards, input)).isEqualTo(new RowWindow(1, 3, 1, 5));
        assertThat(StridedSlice.INSTANCE.rowWindow(backwards, input)).isEqualTo(RowWindow.all(5));
    }

    private static Axis decode(Map<Integer, Double> options, int begin, int end, int stride) {
        return decode(Shape.of(6), options, new int[] {begin}, new int[] {end}, stride)
                .axes()
                .get(0);
    }

    private static StridedSliceParams decode(
            Shape shape, Map<Integer, Double> options, int[] begin, int[] end, int... strides) {
        return StridedSlice.INSTANCE
                .tflite()
                .decode(
                        new MapOptions(options),
                        List.of(
                                Tensor.activation("x", shape, ElementType.INT8, Q),
                                constant("begin", begin),
                                constant("end", end),
                                constant("strides", strides)));
    }

    private static Tensor constant(String name, int... values) {
        return Tensor.constant(name, Shape.of(values.length), Quantization.NONE, TensorData.of(values));
    }
}
