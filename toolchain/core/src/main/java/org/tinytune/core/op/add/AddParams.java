package org.tinytune.core.op.add;

import org.tinytune.core.op.Activation;

/**
 * Parameters of {@code ADD}.
 *
 * @param activation clamp of the output
 */
public record AddParams(Activation activation) {}
