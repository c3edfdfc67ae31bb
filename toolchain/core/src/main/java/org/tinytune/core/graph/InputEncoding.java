package org.tinytune.core.graph;

import java.util.List;

/**
 * How a raw reading becomes the network's real input: {@code real = (raw - mean) / deviation}, then quantized with the
 * input tensor's scale and zero point. The mean of MLPerf-style image models is simply the middle of the range.
 *
 * <p>Equals the NormalizationOptions of TFLite metadata, which is where it is stored; {@code model.h} prints it too.
 *
 * @param mean one for all, or one a channel
 * @param deviation as many, each above 0
 * @param rawMin smallest raw reading that was seen in training
 * @param rawMax largest raw reading that was seen in training
 */
public record InputEncoding(List<Float> mean, List<Float> deviation, float rawMin, float rawMax) {
    /** Raw values are the real input. */
    public static final InputEncoding IDENTITY = new InputEncoding(List.of(0f), List.of(1f), -1f, 1f);

    /** Keeps copies, and checks that the lists agree. */
    public InputEncoding {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.isEmpty() || mean.size() != deviation.size()) {
            throw new InvalidModelException(
                    "input encoding: " + mean.size() + " means but " + deviation.size() + " deviations");
        }
        for (float d : deviation) {
            if (!(d > 0)) {
                throw new InvalidModelException("input encoding: deviation " + d + " is not above 0");
            }
        }
    }

    /** The real input of a raw reading in a channel. */
    public float encode(float raw, int channel) {
        int i = mean.size() == 1 ? 0 : channel;
        return (raw - mean.get(i)) / deviation.get(i);
    }
}
