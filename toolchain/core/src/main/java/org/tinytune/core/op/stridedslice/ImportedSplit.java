package org.tinytune.core.op.stridedslice;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.ImportedOperator;
import org.tinytune.core.graph.InputOrder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.Axes;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.stridedslice.StridedSliceParams.Axis;
import org.tinytune.core.tensor.Shape;

/**
 * {@code SPLIT}: equal parts of an extent, an output each. A graph, whose nodes have one output, says it with a slice
 * for each.
 *
 * <p>Source: tensorflow:lite/kernels/split.cc, Prepare (ResizeOutputTensors) and Eval. Checked by: ImportedSplitTest,
 * ForeignModelsTest.
 */
public final class ImportedSplit implements ImportedOperator {
    /** The operator. */
    public static final ImportedSplit INSTANCE = new ImportedSplit();

    private static final int NUM_SPLITS = 0;

    private ImportedSplit() {}

    @Override
    public int builtinOperator() {
        return 49;
    }

    @Override
    public int optionsType() {
        return 35;
    }

    @Override
    public int highestVersion() {
        return 4;
    }

    /** The axis stands in front of the operand. */
    @Override
    public InputOrder inputOrder() {
        return new InputOrder(1, List.of(), 0);
    }

    @Override
    public List<TfliteCodec.Field<StridedSliceParams>> fields() {
        return List.of(TfliteCodec.Field.ofInt(NUM_SPLITS, 0, params -> 0));
    }

    @Override
    public List<Node<?>> nodes(
            TfliteCodec.Options options, Operands listed, List<Integer> inputs, List<Integer> outputs) {
        int parts = options.getInt(NUM_SPLITS);
        int[] axes = OptionsCodec.int32Constant(listed.inputs(), 0, "axis");
        Shape input = listed.input(1).shape();
        if (axes.length != 1 || parts < 1 || parts != outputs.size()) {
            throw new InvalidModelException(
                    "has " + axes.length + " axes and " + outputs.size() + " outputs for " + parts + " parts");
        }
        int axis = Axes.fromFirst(axes[0], input.rank());
        if (input.dim(axis) % parts != 0) {
            throw new InvalidModelException(
                    "cannot split extent " + axis + " of " + input + " into " + parts + " equal parts");
        }
        int size = input.dim(axis) / parts;
        List<Node<?>> nodes = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            StridedSliceParams params = slice(input, axis, part * size, size);
            nodes.add(new Node<>(StridedSlice.INSTANCE, params, inputs, List.of(outputs.get(part))));
        }
        return nodes;
    }

    private static StridedSliceParams slice(Shape input, int axis, int begin, int count) {
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < input.rank(); i++) {
            axes.add(i == axis ? Axis.of(begin, count) : Axis.of(0, input.dim(i)));
        }
        return new StridedSliceParams(axes);
    }
}
