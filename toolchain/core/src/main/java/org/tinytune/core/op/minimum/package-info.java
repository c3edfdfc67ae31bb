/** The operator {@code MINIMUM}. */
package org.tinytune.core.op.minimum;
