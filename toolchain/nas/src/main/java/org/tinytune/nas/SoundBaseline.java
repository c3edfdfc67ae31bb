package org.tinytune.nas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Networks that are known to tell sounds apart, with which a search begins: a convolution and three separable ones on
 * cepstral coefficients, trained on voices that are near and far and heard by all sorts of microphones. The search
 * finds out what may be left out of it, and what is better.
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
    /** Parts of these channels that there are, from the best network to one for a small board. */
    private static final double[] WIDTHS = {1, 0.75, 0.5, 0.25};

    private SoundBaseline() {}

    /**
     * Values of a space's parameters, from the largest network to the smallest.
     *
     * @param features block whose features the networks see, one that makes spectra of short frames
     * @param windowSeconds length of a window
     */
    static List<Map<String, Object>> of(FeatureSpace.Block features, double windowSeconds) {
        List<Map<String, Object>> networks = new ArrayList<>();
        for (double width : WIDTHS) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put(FeatureSpace.FEATURES, features.id());
            values.put(FeatureSpace.FRAMES, (windowSeconds - FRAME_MILLIS / 1e3) / STRIDE_SECONDS + 1);
            values.put(FeatureSpace.FRAME_MILLIS, FRAME_MILLIS);
            values.put(FeatureSpace.BANDS, BANDS);
            values.put(FeatureSpace.COEFFICIENTS, COEFFICIENTS);
            values.put(FeatureSpace.FLOOR, FLOOR_DB);
            addNetwork(values, width);
            addTraining(values);
            networks.add(values);
        }
        return networks;
    }

    private static void addNetwork(Map<String, Object> values, double width) {
        values.put("layout", "map");
        values.put("blocks", CHANNELS.length);
        for (int i = 1; i <= CHANNELS.length; i++) {
            values.put("convolution_" + i, i == 1 ? "full" : "separable");
            values.put("channels_" + i, width * CHANNELS[i - 1]);
            values.put("kernel_" + i, i == 1 ? 5 : 3);
            values.put("reduction_" + i, i == 2 || i == 3 ? "stride" : "none");
        }
        values.put("head", "global_mean");
        values.put("dense_units", 0);
    }

    private static void addTraining(Map<String, Object> values) {
        values.put("masks", 0.4);
        values.put("augmentation", 0.75);
        values.put("noise", 0.5);
        values.put("microphone", 0.9);
        values.put("mixup", 0);
        values.put("dropout", 0.3);
        values.put("learning_rate", 4e-3);
        values.put("batch_size", 32);
    }
}
