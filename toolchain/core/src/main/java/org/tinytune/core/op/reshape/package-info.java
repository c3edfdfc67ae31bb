/** The operator {@code RESHAPE}. */
package org.tinytune.core.op.reshape;
