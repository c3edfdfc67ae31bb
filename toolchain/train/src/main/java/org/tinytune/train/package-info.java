/**
 * Training: a float graph becomes a trained one, then an INT8 graph that computes on the board what it computed in
 * training.
 *
 * <p>{@code network} runs a graph's training kernels over mini-batches; {@link org.tinytune.train.Trainer} repeats that
 * over epochs; {@code quantize} and {@link org.tinytune.train.Calibration} lead from float to INT8. Everything follows
 * from the seed: not from the number of threads, the JDK, or the time.
 */
package org.tinytune.train;
