package org.tinytune.core.op;

import java.util.List;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int16Kernel;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.tensor.Shape;

/**
 * An operator that adds or removes extents of 1: what does not depend on which. Operand: an input of any rank, whose
 * elements stay where they are.
 *
 * @param <P> the operator's parameters
 */
public abstract class CopyOperator<P extends Record> implements InferenceOnly<P> {
    @Override
    public final QuantSpec quantSpec(P params) {
        return QuantSpec.sameAsInput();
    }

    @Override
    public final RowWindow rowWindow(P params, List<Shape> inputs) {
        return RowWindow.all(inputs.get(0).rows());
    }

    @Override
    public final InPlace inPlace(P params) {
        return InPlace.over(0);
    }

    @Override
    public final Int8Kernel<P> int8() {
        return (params, operands) -> ElementCopy.prepare(operands);
    }

    @Override
    public final Int16Kernel<P> int16() {
        return (params, operands) -> ElementCopy.prepare(operands);
    }

    @Override
    public final Cost cost(P params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inferShape(params, inputs));
    }
}
