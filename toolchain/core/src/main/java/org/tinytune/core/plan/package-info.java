/**
 * How a graph runs: in which order, in which rows, and where in the one arena every tensor lies.
 *
 * <p>The simulator executes a plan, the C generator prints it, the fit check reads it. Depends on {@code graph}; what
 * the planner needs to know of a target comes through {@link org.tinytune.core.plan.TargetCosts}.
 */
package org.tinytune.core.plan;
