/** The operator {@code FULLY_CONNECTED}. */
package org.tinytune.core.op.fullyconnected;
