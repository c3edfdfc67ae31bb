/**
 * What the training kernels of several operators have in common: windows as patches, clamps, quantized weights.
 *
 * <p>Operators do not know each other; they share this. Depends on {@code graph}, {@code quant}, {@code vector} and the
 * shape arithmetic of {@code op}.
 */
package org.tinytune.core.op.training;
