package org.tinytune.core.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;

/**
 * The tensors of one node.
 *
 * @param inputs in the operator's order, {@code null} for one that is left out
 * @param outputs in the operator's order
 */
public record Operands(List<Tensor> inputs, List<Tensor> outputs) {
    /** Keeps copies of the lists. */
    public Operands {
        inputs = Collections.unmodifiableList(new ArrayList<>(inputs));
        outputs = List.copyOf(outputs);
    }

    /** Input {@code i}. */
    public Tensor input(int i) {
        return inputs.get(i);
    }

    /** Whether there is an input {@code i}. */
    public boolean hasInput(int i) {
        return i < inputs.size() && inputs.get(i) != null;
    }

    /** The first output, the only one of most operators. */
    public Tensor output() {
        return outputs.get(0);
    }

    /** Whether the operator reads or writes int16 activations; then its kernel is {@link Operator#int16}. */
    public boolean areInt16() {
        boolean reads = hasInput(0) && input(0).type() == ElementType.INT16;
        return reads || output().type() == ElementType.INT16;
    }

    /** The inputs' shapes, {@code null} for one that is left out. */
    public List<Shape> inputShapes() {
        List<Shape> shapes = new ArrayList<>();
        for (Tensor t : inputs) {
            shapes.add(t == null ? null : t.shape());
        }
        return shapes;
    }
}
