/** The operator {@code QUANTIZE}, from int8 to int8. */
package org.tinytune.core.op.quantize;
