package org.tinytune.core.graph;

/**
 * Where the elements of a tensor begin in an array of floats.
 *
 * @param array that may hold other things before and behind
 * @param offset of the first element
 */
public record FloatSpan(float[] array, int offset) {}
