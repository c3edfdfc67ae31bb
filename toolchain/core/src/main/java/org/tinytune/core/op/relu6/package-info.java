/** The operator {@code RELU6}, where it is not fused. */
package org.tinytune.core.op.relu6;
