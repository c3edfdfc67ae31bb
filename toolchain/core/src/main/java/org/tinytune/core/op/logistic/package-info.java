/** The operator {@code LOGISTIC}. */
package org.tinytune.core.op.logistic;
