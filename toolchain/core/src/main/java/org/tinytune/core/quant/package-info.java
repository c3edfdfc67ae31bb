/**
 * The arithmetic of INT8: scales and zero points, quantized multipliers and the one rounding that all operators share.
 *
 * <p>Notation: a real value {@code r} is {@code scale · (q - zeroPoint)}. The specification is the reference resolver
 * of TensorFlow Lite 2.19. Depends on {@code tensor}.
 */
package org.tinytune.core.quant;
