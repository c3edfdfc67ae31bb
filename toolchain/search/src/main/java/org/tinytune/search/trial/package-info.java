/**
 * The life of a trial.
 *
 * <p>A sampler proposes parameters. A {@link org.tinytune.search.trial.FeasibilityCheck} may reject them at once: the
 * trial is {@code INFEASIBLE} and never evaluated. Otherwise it is {@code RUNNING}; an
 * {@link org.tinytune.search.trial.Objective} evaluates it, reporting intermediate values, and its result makes it
 * {@code COMPLETE}, {@code PRUNED} or {@code FAILED}. A trial whose evaluation is interrupted stays {@code RUNNING} and
 * is evaluated again, from the start, with the same parameters and seeds.
 */
package org.tinytune.search.trial;
