/**
 * Search over a space of parameters: studies, trials, samplers and their storage, in the vocabulary of Optuna. It knows
 * no neural network, no board and no terminal.
 *
 * <p>Packages below, each depending only on those to its left: {@code space ← trial ← sampler, storage ← study};
 * {@code gp}, the Gaussian process, stands alone and serves {@code sampler}. What is here serves them all.
 *
 * <p>Everything is deterministic: a study's trials follow from its settings and its seed, whatever the number of
 * workers, the machine or the JDK, and however often it is interrupted. Hence no clock, no shared random generator, and
 * {@link java.lang.StrictMath} for every function that a JDK may compute in its own way.
 */
package org.tinytune.search;
