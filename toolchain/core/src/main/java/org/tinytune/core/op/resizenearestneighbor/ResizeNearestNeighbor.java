package org.tinytune.core.op.resizenearestneighbor;

import java.util.List;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int16Kernel;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.InferenceOnly;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.tensor.Shape;

/** {@code RESIZE_NEAREST_NEIGHBOR}: an image of another size, each pixel a copy. Operand: an image. */
public final class ResizeNearestNeighbor implements InferenceOnly<ResizeNearestNeighborParams> {
    /** The operator. */
    public static final ResizeNearestNeighbor INSTANCE = new ResizeNearestNeighbor();

    private ResizeNearestNeighbor() {}

    @Override
    public String name() {
        return "RESIZE_NEAREST_NEIGHBOR";
    }

    @Override
    public Shape inferShape(ResizeNearestNeighborParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, 1);
        Shape input = Shapes.require4d(inputs, 0);
        return Shapes.of(input.dim(0), params.height(), params.width(), input.dim(3));
    }

    @Override
    public QuantSpec quantSpec(ResizeNearestNeighborParams params) {
        return QuantSpec.sameAsInput();
    }

    /** Rows at equal distances, as far as the reference's float arithmetic finds the same ones. */
    @Override
    public RowWindow rowWindow(ResizeNearestNeighborParams params, List<Shape> inputs) {
        int inputRows = inputs.get(0).rows();
        int height = params.height();
        RowWindow even = new RowWindow(0, inputRows, height, inputRows, height);
        for (int y = 0; y < height; y++) {
            if (even.first(y) != params.nearest(y, inputRows, height)) {
                return RowWindow.all(inputRows);
            }
        }
        return even;
    }

    @Override
    public InPlace inPlace(ResizeNearestNeighborParams params) {
        return InPlace.NEVER;
    }

    @Override
    public Int8Kernel<ResizeNearestNeighborParams> int8() {
        return ResizeNearestNeighborKernel::prepare;
    }

    @Override
    public Int16Kernel<ResizeNearestNeighborParams> int16() {
        return ResizeNearestNeighborKernel::prepare;
    }

    @Override
    public TfliteCodec<ResizeNearestNeighborParams> tflite() {
        return ResizeNearestNeighborCodec.INSTANCE;
    }

    @Override
    public Cost cost(ResizeNearestNeighborParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inferShape(params, inputs));
    }
}
