/** The operator {@code STATISTICS}. */
package org.tinytune.core.op.statistics;
