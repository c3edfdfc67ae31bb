/** The operator {@code DEPTHWISE_CONV_2D}. */
package org.tinytune.core.op.depthwiseconv;
