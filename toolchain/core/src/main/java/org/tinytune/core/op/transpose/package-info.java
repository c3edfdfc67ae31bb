/** The operator {@code TRANSPOSE}. */
package org.tinytune.core.op.transpose;
