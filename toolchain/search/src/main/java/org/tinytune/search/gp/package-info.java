/**
 * Gaussian-process regression on the unit cube, for a few hundred observations.
 *
 * <p>Notation: {@code n} observations {@code y} at points {@code X} [n][d]; {@code K} [n, n] is their covariance, noise
 * included, {@code L} its lower Cholesky factor, {@code alpha} is K⁻¹y; {@code theta} [d + 2] holds the logarithms of
 * the hyperparameters: d lengthscales, the signal's variance, the noise's variance.
 *
 * <p>Source for all formulas without one of their own: Rasmussen and Williams, Gaussian Processes for Machine Learning,
 * MIT Press 2006: chapter 2 (prediction, algorithm 2.1), chapter 4 (Matérn kernels), chapter 5 (marginal likelihood).
 *
 * <p>Results are the same bits on any JDK: sums in a fixed order on one thread, square roots (which IEEE 754 rounds
 * correctly), and {@link java.lang.StrictMath} for the exponential and the logarithm. The linear algebra is EJML's, of
 * which only routines are used that add, multiply, divide and take square roots.
 */
package org.tinytune.search.gp;
