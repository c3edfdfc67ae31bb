package org.tinytune.train.network;

import org.tinytune.core.graph.FloatSpan;

/** Reads what a network holds in int8. */
public final class Captured {
    private Captured() {}

    /** The bytes of one sample of a tensor. */
    public static byte[] sample(Network network, int tensor, int sample) {
        FloatSpan span = network.values(tensor);
        byte[] bytes = new byte[network.graph().tensor(tensor).shape().elements()];
        for (int i = 0; i < bytes.length; i++) {
            float value = span.array()[span.offset() + sample * bytes.length + i];
            bytes[i] = (byte) value;
            if (bytes[i] != value) {
                throw new AssertionError("element " + i + " is " + value + ", no int8");
            }
        }
        return bytes;
    }
}
