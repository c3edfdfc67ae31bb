/** The operator {@code MAX_POOL_2D}. */
package org.tinytune.core.op.maxpool;
