package org.tinytune.core.op.add;

import org.tinytune.core.op.Activation;

/**
 * Parameters of {@code ADD}, elementwise, of two operands of one shape.
 *
 * @param activation clamp of the output
 */
public record AddParams(Activation activation) {}
