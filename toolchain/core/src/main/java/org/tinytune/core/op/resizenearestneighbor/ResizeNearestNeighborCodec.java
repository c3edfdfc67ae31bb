package org.tinytune.core.op.resizenearestneighbor;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.OperatorCodec;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.TensorData;

/**
 * {@code RESIZE_NEAREST_NEIGHBOR} in a file: the size is a constant.
 *
 * <p>Source: tensorflow:lite/tools/versioning/op_version.cc. Checked by: OperatorDifferentialTest.
 */
final class ResizeNearestNeighborCodec extends OperatorCodec<ResizeNearestNeighborParams> {
    static final ResizeNearestNeighborCodec INSTANCE = new ResizeNearestNeighborCodec();

    private static final int ALIGN_CORNERS = 0;
    private static final int HALF_PIXEL_CENTERS = 1;

    private ResizeNearestNeighborCodec() {
        super(
                97,
                74,
                4,
                1,
                List.of(
                        Field.ofByte(ALIGN_CORNERS, 0, params -> params.alignCorners() ? 1 : 0),
                        Field.ofByte(HALF_PIXEL_CENTERS, 0, params -> params.halfPixelCenters() ? 1 : 0)));
    }

    @Override
    public int version(ResizeNearestNeighborParams params, Operands operands) {
        if (operands.areInt16()) {
            return 4;
        }
        if (params.alignCorners() || params.halfPixelCenters()) {
            return 3;
        }
        return operands.output().type() == ElementType.INT8 ? 2 : 1;
    }

    @Override
    public List<Constant> constants(ResizeNearestNeighborParams params, Operands operands) {
        int[] size = {params.height(), params.width()};
        return List.of(new Constant("size", new int[] {size.length}, TensorData.of(size)));
    }

    @Override
    public ResizeNearestNeighborParams decode(Options options, List<Tensor> inputs) {
        int[] size = OptionsCodec.int32Constant(inputs, 1, "size of the output");
        if (size.length != 2) {
            throw new InvalidModelException("the size of the output is no height and width");
        }
        return new ResizeNearestNeighborParams(
                size[0], size[1], options.getFlag(ALIGN_CORNERS), options.getFlag(HALF_PIXEL_CENTERS));
    }
}
