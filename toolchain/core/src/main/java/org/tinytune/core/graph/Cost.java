package org.tinytune.core.graph;

/**
 * What one inference of one node costs, whatever the target.
 *
 * @param macs multiply-accumulates; 0 for operators that only move, add or compare
 * @param bytesRead int8 activations and constants read, each once
 * @param bytesWritten int8 activations written
 */
public record Cost(long macs, long bytesRead, long bytesWritten) {}
