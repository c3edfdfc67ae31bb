/** The operator {@code PRELU}. */
package org.tinytune.core.op.prelu;
