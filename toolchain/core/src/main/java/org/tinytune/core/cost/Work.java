package org.tinytune.core.cost;

import org.tinytune.core.graph.Cost;

/**
 * What has to be done, by whatever machine: products, and bytes that come from memory or go there, each once, as if
 * registers and caches held what is used again.
 *
 * @param macs multiply-accumulates
 * @param bytesRead activations and constants
 * @param bytesWritten activations
 */
public record Work(long macs, long bytesRead, long bytesWritten) {
    /** Nothing to do. */
    public static final Work NONE = new Work(0, 0, 0);

    /** One inference of one node. */
    public static Work of(Cost cost) {
        return new Work(cost.macs(), cost.bytesRead(), cost.bytesWritten());
    }

    /** Both. */
    public Work plus(Work other) {
        return new Work(macs + other.macs, bytesRead + other.bytesRead, bytesWritten + other.bytesWritten);
    }

    /** Bytes moved: read and written. */
    public long bytes() {
        return bytesRead + bytesWritten;
    }

    /** Arithmetic intensity: multiply-accumulates per byte moved; NaN where nothing is moved. */
    public double intensity() {
        return bytes() == 0 ? Double.NaN : (double) macs / bytes();
    }
}
