/** The operator {@code LEAKY_RELU}. */
package org.tinytune.core.op.leakyrelu;
