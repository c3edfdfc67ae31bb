/** The operator {@code SPECTRAL_FEATURES}. */
package org.tinytune.core.op.spectralfeatures;
