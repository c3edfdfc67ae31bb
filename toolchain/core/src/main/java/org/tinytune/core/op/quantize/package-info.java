/** The operator {@code QUANTIZE}, between integers of 8 and 16 bits. */
package org.tinytune.core.op.quantize;
