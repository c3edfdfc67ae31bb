package org.tinytune.core.op.expanddims;

/**
 * Parameters of {@code EXPAND_DIMS}.
 *
 * @param axis of the output that the extent of 1 becomes, counted from 0
 */
public record ExpandDimsParams(int axis) {}
