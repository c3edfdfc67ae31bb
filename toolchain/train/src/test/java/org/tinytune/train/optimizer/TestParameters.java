package org.tinytune.train.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.tinytune.core.vector.VectorMath;
import org.tinytune.train.network.ParameterArrays;
import org.tinytune.train.network.ParameterRange;
import org.tinytune.train.network.ParameterUpdate;

/** Parameters without a network. */
final class TestParameters {
    private TestParameters() {}

    /**
     * Some tensors.
     *
     * @param rangeLength elements of a range, at most
     * @param tensorLengths elements of the tensors, one behind the other; all are weights but the last of several
     */
    static ParameterArrays of(VectorMath math, int rangeLength, int... tensorLengths) {
        List<ParameterRange> ranges = new ArrayList<>();
        int begin = 0;
        for (int t = 0; t < tensorLengths.length; t++) {
            int end = begin + tensorLengths[t];
            boolean weights = t == 0 || t < tensorLengths.length - 1;
            while (begin < end) {
                int next = Math.min(end, begin + rangeLength);
                ranges.add(new ParameterRange(ranges.size(), t, begin, next, weights));
                begin = next;
            }
        }
        return new ParameterArrays(new float[begin], new float[begin], ranges, math);
    }

    /** One step, as a network does it. */
    static void step(ParameterArrays parameters, ParameterUpdate update) {
        step(parameters.ranges(), update);
    }

    /** One step with the ranges in the opposite order, as threads may come to it. */
    static void stepBackwards(ParameterArrays parameters, ParameterUpdate update) {
        List<ParameterRange> ranges = new ArrayList<>(parameters.ranges());
        Collections.reverse(ranges);
        step(ranges, update);
    }

    private static void step(List<ParameterRange> ranges, ParameterUpdate update) {
        for (int pass = 0; pass < update.passes(); pass++) {
            update.beginPass(pass);
            for (ParameterRange range : ranges) {
                update.update(range, pass);
            }
        }
    }

    /** Sets all gradients. */
    static void gradient(ParameterArrays parameters, float... values) {
        if (values.length == 1) {
            Arrays.fill(parameters.gradient(), values[0]);
        } else {
            System.arraycopy(values, 0, parameters.gradient(), 0, values.length);
        }
    }
}
