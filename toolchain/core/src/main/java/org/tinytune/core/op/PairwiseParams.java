package org.tinytune.core.op;

/**
 * Parameters of an operator on pairs of elements.
 *
 * @param activation clamp of the output
 */
public record PairwiseParams(Activation activation) {}
