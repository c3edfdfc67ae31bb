/** The operator {@code SUB}. */
package org.tinytune.core.op.sub;
