/** The operator {@code STANDARDIZE}. */
package org.tinytune.core.op.standardize;
