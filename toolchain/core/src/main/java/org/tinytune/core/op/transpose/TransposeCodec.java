package org.tinytune.core.op.transpose;

import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Axes;
import org.tinytune.core.op.OperatorCodec;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.TensorData;

/**
 * {@code TRANSPOSE} in a file: the permutation is a constant.
 *
 * <p>Source: tensorflow:lite/tools/versioning/op_version.cc. Checked by: OperatorDifferentialTest.
 */
final class TransposeCodec extends OperatorCodec<TransposeParams> {
    static final TransposeCodec INSTANCE = new TransposeCodec();

    private TransposeCodec() {
        super(39, 26, 6, 1, List.of());
    }

    @Override
    public int version(TransposeParams params, Operands operands) {
        int rank = params.permutation().size();
        if (rank > 5) {
            return 6;
        }
        if (operands.areInt16()) {
            return 5;
        }
        if (rank > 4) {
            return 4;
        }
        return operands.output().type() == ElementType.INT8 ? 2 : 1;
    }

    @Override
    public List<Constant> constants(TransposeParams params, Operands operands) {
        int[] permutation = Axes.toArray(params.permutation());
        return List.of(new Constant("permutation", new int[] {permutation.length}, TensorData.of(permutation)));
    }

    @Override
    public TransposeParams decode(Options options, List<Tensor> inputs) {
        int[] permutation = OptionsCodec.int32Constant(inputs, 1, "permutation");
        return new TransposeParams(
                Axes.fromFirst(permutation, inputs.get(0).shape().rank()));
    }
}
