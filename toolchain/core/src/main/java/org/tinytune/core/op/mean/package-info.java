/** The operator {@code MEAN}. */
package org.tinytune.core.op.mean;
