/**
 * Figures that say how well a model does, each with a bootstrap confidence interval.
 *
 * <p>A {@link org.tinytune.train.metric.Statistics} computes figures of samples of which each may count several times,
 * so that the same code gives the figure itself and that of a resample; {@link org.tinytune.train.metric.Bootstrap}
 * draws the resamples. A figure that is undefined, such as the recall of a class without samples, is NaN here, "n/a" on
 * a terminal and null in JSON, never 0. Knows arrays of numbers only, no network and no data set.
 */
package org.tinytune.train.metric;
