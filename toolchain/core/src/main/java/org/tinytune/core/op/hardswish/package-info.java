/** The operator {@code HARD_SWISH}. */
package org.tinytune.core.op.hardswish;
