/**
 * A graph made ready to train: buffers planned once, kernels prepared, a batch divided into shards that threads carry
 * forward and backward.
 *
 * <p>A step is a list of stages. Within a stage, a shard runs through one operator after the other with no regard to
 * the other shards; between stages, all wait: for the sums over the batch that batch norm needs, and at the end. What a
 * shard computes, and the order in which shards are summed up, depend on the size of the batch alone, so any number of
 * threads gives the same bytes.
 *
 * <h2>Sequences</h2>
 *
 * <p>Where a graph has states, a sample is a sequence of T inputs: the graph runs T times, from states of 0, and what
 * its last run gives counts. There are two ways to train that:
 *
 * <ol>
 *   <li>Run the whole graph step by step, carry the states along, keep the activations of all steps, and go back from
 *       the last step to the first. It serves any recurrence, but every operator works on small matrices, N samples at
 *       a time, waits for the others T times a batch, and has to learn of steps for what it keeps.
 *   <li>Take the steps as entries of the batch, those of a sample one behind the other. Operators without a state see N
 *       times T samples and need not know; an operator with a state looks at the entries before its own, which it can
 *       because it runs over all steps before the next operator begins. It asks that no state depends on an output that
 *       comes later in the graph, which no graph here can say: nodes read what was computed before, and a state belongs
 *       to one node.
 * </ol>
 *
 * <p>The second is what is done: {@link org.tinytune.core.graph.TrainingBuffers#steps}. Shards are cut between samples,
 * so the gradient through time is exact within a sample.
 */
package org.tinytune.train.network;
