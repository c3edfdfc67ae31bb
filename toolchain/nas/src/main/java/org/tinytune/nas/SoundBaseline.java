package org.tinytune.nas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Networks that are known to tell sounds apart, with which a search begins: a convolution and three separable ones on
 * bands or cepstral coefficients of short frames, less their mean over the window. How much the samples are to be
 * changed in training is not known before: half as much as the space allows, and as much as that, are the two to begin
 * with. The search finds out what may be left out, and what is better.
 *
 * <p>Source: the shape is that of DS-CNN in Zhang et al., Hello Edge: keyword spotting on microcontrollers, 2017.
 */
final class SoundBaseline {
    private static final int FRAME_MILLIS = 32;
    private static final double STRIDE_SECONDS = 0.016;
    private static final int BANDS = 40;
    private static final int COEFFICIENTS = 16;
    private static final int FLOOR_DB = -80;

    private static final int[] CHANNELS = {32, 48, 64, 64};
    /** How many times these channels, up to what the space has, from the best network to one for a small board. */
    private static final double[] WIDTHS = {2, 1, 0.75, 0.5, 0.25};

    /** How much samples are changed in training, as a part of what the space allows. */
    private static final double[] STRENGTHS = {0.5, 1};

    private SoundBaseline() {}

    /**
     * Values of a space's parameters: from the largest network to the smallest, each with all strengths.
     *
     * @param features block whose features the networks see, one that makes spectra of short frames
     * @param windowSeconds length of a window
     */
    static List<List<Map<String, Object>>> of(FeatureSpace.Block features, double windowSeconds) {
        List<List<Map<String, Object>>> networks = new ArrayList<>();
        for (double width : WIDTHS) {
            List<Map<String, Object>> variants = new ArrayList<>();
            for (double strength : STRENGTHS) {
                variants.add(of(features, windowSeconds, width, strength));
            }
            networks.add(variants);
        }
        return networks;
    }

    private static Map<String, Object> of(
            FeatureSpace.Block features, double windowSeconds, double width, double strength) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(FeatureSpace.FEATURES, features.id());
        values.put(FeatureSpace.FRAMES, (windowSeconds - FRAME_MILLIS / 1e3) / STRIDE_SECONDS + 1);
        values.put(FeatureSpace.FRAME_MILLIS, FRAME_MILLIS);
        values.put(FeatureSpace.BANDS, BANDS);
        values.put(FeatureSpace.COEFFICIENTS, COEFFICIENTS);
        values.put(FeatureSpace.FLOOR, FLOOR_DB);
        addNetwork(values, width);
        values.putAll(AugmentationSpace.allStrengths(strength));
        values.put(AugmentationSpace.MIXUP, 0);
        values.put(NetworkSpace.DROPOUT, 0.15);
        values.put(NetworkSpace.LEARNING_RATE, 3e-3);
        values.put(NetworkSpace.BATCH_SIZE, 32);
        return values;
    }

    private static void addNetwork(Map<String, Object> values, double width) {
        values.put(NetworkSpace.LAYOUT, "map");
        values.put(NetworkSpace.NORMALIZATION, "mean");
        values.put(NetworkSpace.BLOCKS, CHANNELS.length);
        for (int i = 1; i <= CHANNELS.length; i++) {
            values.put(NetworkSpace.CONVOLUTION + i, i == 1 ? "full" : "separable");
            values.put(NetworkSpace.CHANNELS + i, width * CHANNELS[i - 1]);
            values.put(NetworkSpace.KERNEL + i, i == 1 ? 5 : 3);
            values.put(NetworkSpace.REDUCTION + i, i == 2 || i == 3 ? "stride" : "none");
        }
        values.put(NetworkSpace.HEAD, "global_mean");
        values.put(NetworkSpace.DENSE_UNITS, 0);
    }
}
