package org.tinytune.tflite;

import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Tensor;

/**
 * How large a model may be. Far more than a microcontroller takes, and little enough that planning, simulating and
 * exporting it end soon, within an ordinary heap: what passes here needs no check behind it.
 */
final class Limits {
    /** Of all activations together, which a plan's arena does not exceed. */
    private static final long MAX_ACTIVATION_BYTES = 1 << 26;
    /** Of an inference: more than a minute at 100 million a second. */
    private static final long MAX_MACS = 1L << 34;

    private Limits() {}

    /**
     * Checks the sizes that a file claims.
     *
     * @throws InvalidModelException if they are too large
     */
    static void checkActivations(List<Tensor> tensors) {
        long bytes = 0;
        for (Tensor tensor : tensors) {
            bytes += tensor.isConstant()
                    ? 0
                    : (long) tensor.shape().elements() * tensor.type().bytes();
            if (bytes > MAX_ACTIVATION_BYTES) {
                throw new InvalidModelException("with tensor '" + tensor.name() + "' " + tensor.shape()
                        + ", its activations take more than " + MAX_ACTIVATION_BYTES + " bytes");
            }
        }
    }

    /**
     * Checks the work of an inference.
     *
     * @throws InvalidModelException if it is too much
     */
    static void checkWork(Graph graph) {
        double macs = graph.nodes().stream()
                .mapToDouble(node -> graph.cost(node).macs())
                .sum();
        if (macs > MAX_MACS) {
            throw new InvalidModelException("an inference takes " + Math.round(macs)
                    + " multiply-accumulates; more than " + MAX_MACS + " are not supported");
        }
    }
}
