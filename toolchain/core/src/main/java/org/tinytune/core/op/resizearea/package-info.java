/** The operator {@code RESIZE_AREA}. */
package org.tinytune.core.op.resizearea;
