package org.tinytune.data.augmentation;

import org.tinytune.core.tensor.Shape;
import org.tinytune.data.SignalFormat;

/** What samples are of, and so what may happen to them. */
public enum SampleKind {
    /** Features {@code [N]}, of which nothing is known. */
    FEATURES,
    /** An image {@code [H, W, C]}. */
    IMAGE,
    /** Sound, or any other vibration: {@code [T, 1, C]}. */
    SOUND,
    /** Readings of what moves slowly: {@code [T, 1, C]}, along three axes each if C is a multiple of 3. */
    MOTION,
    /** Features of sound over time: {@code [frames, bands, C]}. Its shape is that of an image: who makes it says so. */
    SPECTROGRAM;

    /** From here on readings are taken for sound: below lies what moves. */
    private static final double SOUND_HZ = 4000;

    /** What windows of sensor data are of: their rate tells it, however many channels they have. */
    public static SampleKind of(SignalFormat windows) {
        return windows.rateHz() >= SOUND_HZ ? SOUND : MOTION;
    }

    /**
     * What the shape alone tells, where no sample rate does: whatever has one column is a series, of motion if its
     * channels are in threes.
     */
    public static SampleKind of(Shape shape) {
        if (shape.rank() == 1) {
            return FEATURES;
        }
        if (shape.dim(1) > 1 || shape.dim(0) == 1) {
            return IMAGE;
        }
        return AxisRotation.fits(shape) ? MOTION : SOUND;
    }

    /** Whether samples are readings over time, {@code [T, 1, C]}. */
    public boolean isSeries() {
        return this == SOUND || this == MOTION;
    }
}
