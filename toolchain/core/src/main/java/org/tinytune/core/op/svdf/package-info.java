/**
 * The operator {@code SVDF}, the recurrent cell.
 *
 * <p>Chosen over {@code UNIDIRECTIONAL_SEQUENCE_LSTM} because its integer form is the same in TFLite and TFLite Micro,
 * has no tables or 8-by-16-bit gates, and because its gradient through time is a convolution and not a recurrence: the
 * state is a window of the latest features, so nothing decays or explodes.
 */
package org.tinytune.core.op.svdf;
