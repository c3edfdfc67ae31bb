/** Optimizers: how parameters follow their gradients; and schedules: how far, as training goes on. */
package org.tinytune.train.optimizer;
