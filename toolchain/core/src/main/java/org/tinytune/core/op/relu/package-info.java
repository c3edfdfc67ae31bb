/** The operator {@code RELU}, where it is not fused. */
package org.tinytune.core.op.relu;
