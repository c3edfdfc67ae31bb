package org.tinytune.train.quantize;

import java.util.List;
import org.tinytune.core.graph.Tensor;

/** Names for new tensors of a graph. */
final class UniqueNames {
    private UniqueNames() {}

    /** The name, or if a tensor has it already, the name with the first number that makes it another one. */
    static String unused(List<Tensor> tensors, String name) {
        String unused = name;
        for (int i = 2; isUsed(tensors, unused); i++) {
            unused = name + i;
        }
        return unused;
    }

    private static boolean isUsed(List<Tensor> tensors, String name) {
        return tensors.stream().anyMatch(tensor -> tensor.name().equals(name));
    }
}
