/** The operator {@code BATCH_NORM}, which is folded into the operator in front of it before quantization. */
package org.tinytune.core.op.batchnorm;
