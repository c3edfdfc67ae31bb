package org.tinytune.core.op.sub;

import org.tinytune.core.op.Activation;

/**
 * Parameters of {@code SUB}.
 *
 * @param activation clamp of the output
 */
public record SubParams(Activation activation) {}
