package org.tinytune.train.range;

/** Scales follow the weights' magnitudes: {@code max|w| / 127}. */
public record MagnitudeScales() implements WeightScaling {
    @Override
    public boolean learns() {
        return false;
    }

    @Override
    public double learningShare() {
        return 0;
    }

    @Override
    public float scale(float start, float learned) {
        return start;
    }

    @Override
    public double slope(float scale, int elements) {
        return 0;
    }
}
