/** The operator {@code PAD}. */
package org.tinytune.core.op.pad;
