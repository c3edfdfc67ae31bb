package org.tinytune.core.op;

/**
 * What a block's time follows from beside its multiplications.
 *
 * @param frames of all channels, each of which has fixed costs
 * @param samples that all frames read, as often as they do
 * @param values that are made one by one: features, and logarithms that features are made of
 */
public record BlockWork(long frames, long samples, long values) {}
