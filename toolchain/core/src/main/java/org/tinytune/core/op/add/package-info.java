/** The operator {@code ADD}. */
package org.tinytune.core.op.add;
