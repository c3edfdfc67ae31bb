package org.tinytune.core.op.concatenation;

/**
 * Parameters of {@code CONCATENATION}.
 *
 * @param axis of the extent that grows, counted from 0
 */
public record ConcatenationParams(int axis) {}
