/** The operator {@code DROPOUT}, which is left out once training is done. */
package org.tinytune.core.op.dropout;
