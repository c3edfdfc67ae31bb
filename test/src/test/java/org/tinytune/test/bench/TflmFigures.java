package org.tinytune.test.bench;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What TFLite Micro with CMSIS-NN needs for the models of MLPerf Tiny.
 *
 * <p>Source: {@value #SOURCE}.
 *
 * @param instructions of an inference
 * @param modelBytes the model's file
 * @param codeBytes everything linked but the model's file
 * @param ramBytes static RAM, arena and peak stack
 */
record TflmFigures(Map<EmulatedCore, Long> instructions, int modelBytes, int codeBytes, int ramBytes) {
    /** How the figures were measured. */
    static final String SOURCE =
            "TFLite Micro of August 2026 with its pinned CMSIS-NN, upstream's default optimization "
                    + "levels, GCC 12.2, QEMU 7.2, `-icount shift=0`; footprint on the M4 with int8 kernels alone registered";

    private static final Map<String, TflmFigures> ALL = Map.of(
            "kws_ref_model",
            new TflmFigures(
                    instructions(28_994_279, 10_531_732, 7_696_910, 7_642_667, 1_812_641), 53_936, 53_536, 25_696),
            "vww_96_int8",
            new TflmFigures(
                    instructions(86_904_450, 31_959_277, 24_101_964, 24_025_590, 6_558_340), 333_288, 53_536, 103_584),
            "pretrainedResnet_quant",
            new TflmFigures(
                    instructions(97_558_730, 41_847_863, 29_864_091, 30_027_221, 4_912_166), 98_496, 51_340, 57_872),
            "ad01_int8",
            new TflmFigures(instructions(1_763_196, 955_982, 582_962, 583_256, 149_999), 276_976, 28_272, 3_704),
            "hello_world_int8",
            new TflmFigures(instructions(7_154, 3_712, 3_527, 3_556, 2_142), 2_704, 28_272, 1_896));

    private static Map<EmulatedCore, Long> instructions(long m0, long m3, long m4, long m7, long m55) {
        return Map.of(
                EmulatedCore.M0, m0,
                EmulatedCore.M3, m3,
                EmulatedCore.M4, m4,
                EmulatedCore.M7, m7,
                EmulatedCore.M55, m55);
    }

    private static final TflmFigures NONE = new TflmFigures(Map.of(), 0, 0, 0);

    /** The figures of a model; none of another than these. */
    static TflmFigures of(String model) {
        return ALL.getOrDefault(model, NONE);
    }

    /** Whether there are any. */
    boolean isKnown() {
        return modelBytes > 0;
    }

    /** Instructions on a core; empty where nobody counted. */
    OptionalLong instructions(EmulatedCore core) {
        Long count = instructions.get(core);
        return count == null ? OptionalLong.empty() : OptionalLong.of(count);
    }
}
