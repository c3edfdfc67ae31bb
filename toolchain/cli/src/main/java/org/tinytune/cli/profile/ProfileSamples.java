package org.tinytune.cli.profile;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tinytune.cli.model.SampleEncoder;
import org.tinytune.core.graph.Graph;
import org.tinytune.data.Samples;

/** Which samples of a data set a board runs: as many as are wanted, spread evenly over all. */
public final class ProfileSamples {
    /** What an emulator could compute in the time in which it takes in a byte. */
    private static final int MACS_OF_A_BYTE = 1000;

    private ProfileSamples() {}

    /**
     * How many inferences an emulator runs in reasonable time: a large model gets fewer, and one of large samples.
     *
     * @param most for small models
     * @param least for large ones
     * @param macs multiply-accumulates to spend on all
     */
    public static int affordable(Graph graph, int least, int most, long macs) {
        long work = graph.macs() + (long) MACS_OF_A_BYTE * graph.input().bytes();
        return (int) Math.max(least, Math.min(most, macs / Math.max(1, work)));
    }

    /**
     * Input tensors of evenly spread samples; of samples of several steps, the last step of each.
     *
     * @param count at most; there are no more than {@code samples} has
     */
    public static List<byte[]> inputs(Graph graph, Samples samples, int count) {
        SampleEncoder encoder = SampleEncoder.of(graph);
        int taken = Math.min(count, samples.size());
        return IntStream.range(0, taken)
                .mapToObj(i -> encoder.encode(samples, Math.toIntExact((long) i * samples.size() / taken)))
                .map(steps ->
                        Arrays.copyOfRange(steps, steps.length - graph.input().bytes(), steps.length))
                .toList();
    }
}
