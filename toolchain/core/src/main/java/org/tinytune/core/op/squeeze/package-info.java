/** The operator {@code SQUEEZE}. */
package org.tinytune.core.op.squeeze;
