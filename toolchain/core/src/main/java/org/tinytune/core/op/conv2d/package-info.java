/** The operator {@code CONV_2D}. */
package org.tinytune.core.op.conv2d;
