package org.tinytune.core.op.mul;

import org.tinytune.core.op.Activation;

/**
 * Parameters of {@code MUL}.
 *
 * @param activation clamp of the output
 */
public record MulParams(Activation activation) {}
