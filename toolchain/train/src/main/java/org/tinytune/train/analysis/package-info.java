/**
 * Where the time of training goes on the machine at hand: what it can do at best, and how long each operator takes, in
 * float and in quantization-aware training.
 *
 * <p>The work of an operator follows from the network alone; times are measured, and differ from run to run.
 */
package org.tinytune.train.analysis;
