/**
 * Optimizers: how parameters follow their gradients; schedules: how far, as training goes on; and what becomes of a
 * gradient before: penalties and clipping. {@link org.tinytune.train.optimizer.Optimizers} and
 * {@link org.tinytune.train.optimizer.Schedules} have the names.
 *
 * <p>Notation: w a parameter, g its gradient, rate the learning rate of the step.
 */
package org.tinytune.train.optimizer;
