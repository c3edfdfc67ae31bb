package org.tinytune.core.op;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.tensor.Shape;

/**
 * Where an operator that moves elements and computes nothing finds them: the output's element {@code [o0, o1, …]} is
 * the input's element {@code first + o0·steps[0] + o1·steps[1] + …}, counted in row-major order.
 *
 * @param first the element that comes first in the output
 * @param steps elements of the input from one index of an extent of the output to the next; may be negative
 */
public record StridedView(int first, List<Integer> steps) {
    /** Keeps a copy. */
    public StridedView {
        steps = List.copyOf(steps);
    }

    /** The elements from one index of each extent to the next. */
    public static int[] strides(Shape shape) {
        int[] strides = new int[shape.rank()];
        int stride = 1;
        for (int i = shape.rank() - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape.dim(i);
        }
        return strides;
    }

    /**
     * An extent of the output and how it runs through the input.
     *
     * @param extent at least 1
     * @param step elements of the input
     */
    public record Run(int extent, int step) {}

    /**
     * The extents of the output from one axis on, without those of 1, and joined where one goes on where the next ends;
     * outermost first.
     */
    public List<Run> runs(Shape output, int axis) {
        List<Run> runs = new ArrayList<>();
        for (int i = axis; i < output.rank(); i++) {
            Run run = new Run(output.dim(i), steps.get(i));
            int last = runs.size() - 1;
            if (run.extent() == 1) {
                continue;
            }
            if (last >= 0 && runs.get(last).step() == run.step() * run.extent()) {
                runs.set(last, new Run(runs.get(last).extent() * run.extent(), run.step()));
            } else {
                runs.add(run);
            }
        }
        return runs;
    }
}
