/** The operator {@code TRANSPOSE_CONV}. */
package org.tinytune.core.op.transposeconv;
