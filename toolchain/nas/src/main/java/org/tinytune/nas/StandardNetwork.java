package org.tinytune.nas;

import java.util.List;
import org.tinytune.core.tensor.Shape;
import org.tinytune.nas.NetworkSpec.Block;
import org.tinytune.nas.NetworkSpec.Convolution;
import org.tinytune.nas.NetworkSpec.Head;
import org.tinytune.nas.NetworkSpec.Reduction;

/**
 * A small network for samples of any shape, where it matters that the network is always the same and not that it is the
 * best: one of those that {@link NetworkSpace} may propose.
 */
final class StandardNetwork {
    private StandardNetwork() {}

    /**
     * The network for samples of a shape.
     *
     * @param input {@code [1, H, W, C]} for three blocks of convolutions, or {@code [1, C]} for two dense layers
     */
    static NetworkSpec forInput(Shape input) {
        if (input.rank() != 4) {
            return new NetworkSpec(List.of(), Head.FLATTEN, List.of(32, 32), 0);
        }
        return new NetworkSpec(
                List.of(
                        new Block(Convolution.FULL, 8, 3, Reduction.NONE),
                        new Block(Convolution.SEPARABLE, 16, 3, Reduction.STRIDE),
                        new Block(Convolution.SEPARABLE, 32, 3, Reduction.STRIDE)),
                Head.GLOBAL_MEAN,
                List.of(),
                0);
    }
}
