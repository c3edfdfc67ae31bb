package org.tinytune.core.op.fullyconnected;

import org.tinytune.core.op.Activation;

/**
 * Parameters of {@code FULLY_CONNECTED}: input of any rank whose last extents make up {@code C_IN}, weights
 * {@code [C_OUT, C_IN]}, bias {@code [C_OUT]}, output {@code [N, C_OUT]}.
 *
 * @param activation clamp of the output
 */
public record FullyConnectedParams(Activation activation) {}
