/** The operator {@code TANH}. */
package org.tinytune.core.op.tanh;
