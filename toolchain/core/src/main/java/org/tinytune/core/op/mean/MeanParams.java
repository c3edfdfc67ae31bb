package org.tinytune.core.op.mean;

import java.util.List;

/**
 * Parameters of {@code MEAN}.
 *
 * @param axes extents that are averaged away, each in [0, rank), ascending; [1, 2] is the global mean of an image
 * @param keepDims whether they stay, with extent 1
 */
public record MeanParams(List<Integer> axes, boolean keepDims) {
    /** Keeps a sorted copy. */
    public MeanParams {
        axes = axes.stream().sorted().distinct().toList();
    }

    /** The mean of every channel over an image {@code [1, H, W, C]}, as {@code [1, C]}. */
    public static MeanParams global() {
        return new MeanParams(List.of(1, 2), false);
    }
}
