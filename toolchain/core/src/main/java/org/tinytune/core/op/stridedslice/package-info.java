/** The operator {@code STRIDED_SLICE}. */
package org.tinytune.core.op.stridedslice;
