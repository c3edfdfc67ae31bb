/**
 * Training: a float graph and samples go in, an INT8 graph comes out whose every byte is what the last step of training
 * computed.
 *
 * <p>{@link org.tinytune.train.Trainer} is the way in. It trains in float, folds batch norm, calibrates ranges, trains
 * on in the integers of the board, and exports; {@link org.tinytune.train.Evaluator} scores float and INT8 graphs
 * alike. Results depend on the graph, the samples, the configuration and the seed, not on threads, JDK or vector width.
 */
package org.tinytune.train;
