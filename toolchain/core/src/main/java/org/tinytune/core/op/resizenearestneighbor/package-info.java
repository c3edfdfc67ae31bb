/** The operator {@code RESIZE_NEAREST_NEIGHBOR}. */
package org.tinytune.core.op.resizenearestneighbor;
