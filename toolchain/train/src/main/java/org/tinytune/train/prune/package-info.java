/** Structured pruning: whole channels are removed from a float graph, which gives a smaller float graph. */
package org.tinytune.train.prune;
