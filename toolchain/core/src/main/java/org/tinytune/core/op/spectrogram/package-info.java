/** The operator {@code SPECTROGRAM}. */
package org.tinytune.core.op.spectrogram;
