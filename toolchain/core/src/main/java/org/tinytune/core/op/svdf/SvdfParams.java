package org.tinytune.core.op.svdf;

import org.tinytune.core.op.Activation;

/**
 * Parameters of {@code SVDF}: input {@code [1, C_IN]}, weights {@code [FILTERS, C_IN]} and {@code [FILTERS, MEMORY]},
 * bias {@code [UNITS]}, state {@code [1, FILTERS · MEMORY]}, output {@code [1, UNITS]}.
 *
 * @param rank filters of a unit: {@code FILTERS = UNITS · rank}
 * @param activation clamp of the output; in int8 it is always RELU, and the range of int8 is the only clamp, as in the
 *     reference: a zero point of -128 makes it a ReLU, any other leaves it a linear cell
 */
public record SvdfParams(int rank, Activation activation) {}
