/** The operator {@code SOFTMAX}. */
package org.tinytune.core.op.softmax;
