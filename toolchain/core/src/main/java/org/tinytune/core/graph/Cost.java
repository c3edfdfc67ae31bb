package org.tinytune.core.graph;

/**
 * What one inference of one node costs, whatever the target. An operator counts bytes as if all activations were int8
 * and biases int32; {@link Graph#cost} counts them as they are.
 *
 * @param macs multiply-accumulates; 0 for operators that only move, add or compare
 * @param bytesRead activations and constants read, each once
 * @param bytesWritten activations written
 */
public record Cost(long macs, long bytesRead, long bytesWritten) {}
