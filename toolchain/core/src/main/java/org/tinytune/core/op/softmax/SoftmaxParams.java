package org.tinytune.core.op.softmax;

/**
 * Parameters of {@code SOFTMAX} over the last extent.
 *
 * @param beta factor of the exponent
 */
public record SoftmaxParams(float beta) {}
