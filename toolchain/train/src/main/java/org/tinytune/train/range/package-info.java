/**
 * Ranges of real values that are quantized, and how they are learned while a network is trained in integers. Depends on
 * the core only, so that networks can ask it.
 */
package org.tinytune.train.range;
