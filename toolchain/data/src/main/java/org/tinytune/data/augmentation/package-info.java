/**
 * Training samples to other training samples of the same class. Seeded by epoch and sample, so that an epoch is the
 * same whatever thread prepares it.
 *
 * <p>Validation and test samples are never augmented. May depend on {@code org.tinytune.data}.
 */
package org.tinytune.data.augmentation;
