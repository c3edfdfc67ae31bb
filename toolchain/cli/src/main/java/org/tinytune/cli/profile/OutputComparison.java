package org.tinytune.cli.profile;

import java.util.List;
import java.util.Optional;

/**
 * Output bytes of a board beside those of the simulator.
 *
 * @param bytes that were compared
 * @param differingBytes how many of them differ
 * @param first the first one that does
 */
public record OutputComparison(long bytes, long differingBytes, Optional<Difference> first) {

    /**
     * A byte that differs.
     *
     * @param sample index of the inference
     * @param offset of the byte in its output
     * @param device what the board computed
     * @param simulator what it should have
     */
    public record Difference(int sample, int offset, int device, int simulator) {}

    /**
     * Compares outputs, one an inference.
     *
     * @throws IllegalArgumentException if their numbers or lengths differ
     */
    public static OutputComparison of(List<byte[]> device, List<byte[]> simulator) {
        if (device.size() != simulator.size()) {
            throw new IllegalArgumentException(device.size() + " outputs beside " + simulator.size());
        }
        long bytes = 0;
        long differing = 0;
        Optional<Difference> first = Optional.empty();
        for (int sample = 0; sample < device.size(); sample++) {
            byte[] found = device.get(sample);
            byte[] expected = simulator.get(sample);
            if (found.length != expected.length) {
                throw new IllegalArgumentException(found.length + " bytes beside " + expected.length);
            }
            bytes += found.length;
            for (int i = 0; i < found.length; i++) {
                if (found[i] != expected[i]) {
                    Difference difference = new Difference(sample, i, found[i], expected[i]);
                    first = first.or(() -> Optional.of(difference));
                    differing++;
                }
            }
        }
        return new OutputComparison(bytes, differing, first);
    }
}
