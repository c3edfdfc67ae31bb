/** The operator {@code MUL}. */
package org.tinytune.core.op.mul;
