/**
 * Fixed-point signal processing, as the blocks under {@code op} are made of it: spectra of real frames, mel bands,
 * logarithms, cosine transforms.
 *
 * <p>All of it is defined here in integers of 32 bits and computed again by {@code tt_fft.h}, {@code tt_spectrum.h} and
 * what includes them, bit by bit. Floating point only makes tables, by {@link StrictMath}.
 *
 * <p>Notation: Qn is an integer that stands for itself over 2^n. Products are {@link org.tinytune.core.dsp.Q15#half}:
 * 32 by 16 bits, of which the upper 32 bits of 48 are kept; one instruction of a Cortex-M4, two multiplications of a
 * Cortex-M0. Depends on {@code quant} and {@code tensor}.
 */
package org.tinytune.core.dsp;
