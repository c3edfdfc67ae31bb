/**
 * From a trained float graph to one that is trained in integers, and from there to INT8: clamps are fused, batch norm
 * is folded, ranges are calibrated, weights quantized. Every step takes a graph and gives a graph.
 */
package org.tinytune.train.quantize;
