package org.tinytune.core.op.squeeze;

import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Axes;
import org.tinytune.core.op.OperatorCodec;

/** {@code SQUEEZE} in a file: the axes are a vector among the options. */
final class SqueezeCodec extends OperatorCodec<SqueezeParams> {
    static final SqueezeCodec INSTANCE = new SqueezeCodec();

    /** The field of SqueezeOptions. */
    private static final int SQUEEZE_DIMS = 0;

    private SqueezeCodec() {
        super(43, 30, 2, 0, List.of());
    }

    @Override
    public int version(SqueezeParams params, Operands operands) {
        return 1;
    }

    @Override
    public List<Vector<SqueezeParams>> vectors() {
        return List.of(new Vector<>(SQUEEZE_DIMS, params -> Axes.toArray(params.axes())));
    }

    @Override
    public SqueezeParams decode(Options options, List<Tensor> inputs) {
        int rank = inputs.get(0).shape().rank();
        return new SqueezeParams(Axes.fromFirst(options.getVector(SQUEEZE_DIMS), rank));
    }
}
