package org.tinytune.core.op.reshape;

import org.tinytune.core.tensor.Shape;

/**
 * Parameters of {@code RESHAPE}, which moves nothing.
 *
 * @param shape of the output, with as many elements as the input
 */
public record ReshapeParams(Shape shape) {}
