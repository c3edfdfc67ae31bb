/** The operator {@code CONCATENATION}. */
package org.tinytune.core.op.concatenation;
