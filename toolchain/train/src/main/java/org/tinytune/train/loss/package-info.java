/** Losses: how far an output is from its target, and in which direction it should move. */
package org.tinytune.train.loss;
