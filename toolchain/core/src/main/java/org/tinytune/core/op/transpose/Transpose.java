package org.tinytune.core.op.transpose;

import java.util.List;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int16Kernel;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.InferenceOnly;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.tensor.Shape;

/** {@code TRANSPOSE}: puts the axes in another order. Operand: an input of any rank. */
public final class Transpose implements InferenceOnly<TransposeParams> {
    /** The operator. */
    public static final Transpose INSTANCE = new Transpose();

    private Transpose() {}

    @Override
    public String name() {
        return "TRANSPOSE";
    }

    @Override
    public Shape inferShape(TransposeParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, 1);
        Shape input = Shapes.require(inputs, 0);
        List<Integer> permutation = params.permutation();
        if (permutation.size() != input.rank()) {
            throw new InvalidModelException("a permutation of " + permutation.size() + " axes does not fit " + input);
        }
        return Shapes.of(permutation.stream().mapToInt(input::dim).toArray());
    }

    @Override
    public QuantSpec quantSpec(TransposeParams params) {
        return QuantSpec.sameAsInput();
    }

    @Override
    public RowWindow rowWindow(TransposeParams params, List<Shape> inputs) {
        return RowWindow.all(inputs.get(0).rows());
    }

    @Override
    public InPlace inPlace(TransposeParams params) {
        return InPlace.NEVER;
    }

    @Override
    public Int8Kernel<TransposeParams> int8() {
        return TransposeKernel::prepare;
    }

    @Override
    public Int16Kernel<TransposeParams> int16() {
        return TransposeKernel::prepare;
    }

    @Override
    public TfliteCodec<TransposeParams> tflite() {
        return TransposeCodec.INSTANCE;
    }

    @Override
    public Cost cost(TransposeParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inputs.get(0));
    }
}
