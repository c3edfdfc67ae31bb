/**
 * The weights that training begins with. {@link org.tinytune.train.initialization.Initializers} has the names.
 *
 * <p>Notation: fan-in is the number of inputs that a weight shares an output with, fan-out the number of outputs that
 * it shares an input with.
 */
package org.tinytune.train.initialization;
