/**
 * Models of others with the outputs that TFLite Micro's reference kernels computed for them: the reader, the planner
 * and the simulator have to give every byte of them.
 */
package org.tinytune.test.golden;
