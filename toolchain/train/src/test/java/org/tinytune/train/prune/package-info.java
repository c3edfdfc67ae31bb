/** Tests of structured pruning. */
package org.tinytune.train.prune;
