/** The operator {@code AVERAGE_POOL_2D}. */
package org.tinytune.core.op.averagepool;
