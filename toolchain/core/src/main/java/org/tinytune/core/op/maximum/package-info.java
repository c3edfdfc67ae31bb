/** The operator {@code MAXIMUM}. */
package org.tinytune.core.op.maximum;
