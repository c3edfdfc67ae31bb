package org.tinytune.test.device;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What {@code runtime-gen/src/test/resources/standin/model.c} computes, and inputs for it. */
final class StandinModel {
    static final Path LIBRARY = Path.of(System.getProperty("tinytune.root"), "runtime-gen/src/test/resources/standin");
    static final String HASH = "0123456789abcdef";
    static final int INPUT_BYTES = 64;
    static final int OUTPUT_BYTES = 10;
    static final int ARENA_BYTES = 80;

    private StandinModel() {}

    /** Seeded inputs; the first two are all the smallest and all the largest value. */
    static List<byte[]> inputs(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> inputs = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            byte[] input = new byte[INPUT_BYTES];
            for (int i = 0; i < INPUT_BYTES; i++) {
                input[i] = (byte) (n == 0 ? -128 : n == 1 ? 127 : random.nextInt(256));
            }
            inputs.add(input);
        }
        return inputs;
    }

    static byte[] output(byte[] input) {
        byte[] output = new byte[OUTPUT_BYTES];
        for (int o = 0; o < OUTPUT_BYTES; o++) {
            long sum = 0;
            for (int i = 0; i < INPUT_BYTES; i++) {
                sum += (long) input[i] * weight(o * INPUT_BYTES + i);
            }
            output[o] = (byte) Math.max(-128, Math.min(127, sum * 1234567891L >> 40));
        }
        return output;
    }

    private static long weight(int index) {
        return (index * 7919L + 13) * 31 % 251 - 125;
    }
}
