/** The operator {@code MEL_ENERGIES}. */
package org.tinytune.core.op.melenergies;
