/** The operator {@code EXPAND_DIMS}. */
package org.tinytune.core.op.expanddims;
