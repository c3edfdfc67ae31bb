/**
 * A graph made ready to train: buffers planned once, kernels prepared, a batch divided into shards that threads carry
 * forward and backward.
 *
 * <p>A step is a list of stages. Within a stage, a shard runs through one operator after the other with no regard to
 * the other shards; between stages, all wait: for the sums over the batch that batch norm needs, and at the end. What a
 * shard computes, and the order in which shards are summed up, depend on the size of the batch alone, so any number of
 * threads gives the same bytes.
 */
package org.tinytune.train.network;
