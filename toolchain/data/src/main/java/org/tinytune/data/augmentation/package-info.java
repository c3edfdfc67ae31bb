/**
 * Training samples to other training samples of the same class. Seeded by epoch and sample, so that an epoch is the
 * same whatever thread prepares it.
 *
 * <p>Notation: an image is {@code [H, W, C]}, a series {@code [T, 1, C]}, a spectrogram {@code [frames, bands, C]}. An
 * amount of 0 changes nothing. Readings that are integers of 16 bits stay such.
 *
 * <p>Validation and test samples are never augmented. May depend on {@code org.tinytune.data}.
 */
package org.tinytune.data.augmentation;
