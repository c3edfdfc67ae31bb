package org.tinytune.data.feature;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Elements;
import org.tinytune.data.Samples;

/** Runs the blocks of a front end on windows, as the simulator does. Any number of threads may use one. */
public final class FeatureMaker {
    private final Tensor input;
    private final Tensor features;
    private final Simulator prototype;
    private final Queue<Simulator> idle = new ConcurrentLinkedQueue<>();

    private FeatureMaker(Tensor features, Graph blocks) {
        this.input = blocks.input();
        this.features = features;
        this.prototype = Simulator.of(blocks);
    }

    /** What runs the blocks of a front end, whatever it ends in. */
    public static FeatureMaker of(FrontEnd frontEnd) {
        return new FeatureMaker(frontEnd.features(), frontEnd.alone());
    }

    /** What it is made of. */
    Tensor input() {
        return input;
    }

    /** What is made. */
    public Tensor features() {
        return features;
    }

    /**
     * The features of a window.
     *
     * @param window the bytes of its counts
     */
    public byte[] make(byte[] window) {
        Simulator simulator = idle.poll();
        if (simulator == null) {
            simulator = prototype.another();
        }
        byte[] made = simulator.run(window);
        idle.add(simulator);
        return made;
    }

    /** The counts of window {@code i} as a board holds them. */
    static byte[] window(Samples windows, int i) {
        float[] counts = new float[windows.shape().elements()];
        windows.read(i, counts, 0);
        return bytes(counts, ElementType.INT16);
    }

    /**
     * Raw values as a board holds them: counts as they are, the bytes of an image less 128. What augmentation made of
     * them is rounded and kept in range.
     */
    static byte[] bytes(float[] raw, ElementType type) {
        Elements elements = Elements.of(type);
        boolean wide = type == ElementType.INT16;
        int zero = wide ? 0 : Byte.MIN_VALUE;
        int least = wide ? Short.MIN_VALUE : Byte.MIN_VALUE;
        int most = wide ? Short.MAX_VALUE : Byte.MAX_VALUE;
        byte[] bytes = new byte[raw.length * elements.bytes()];
        for (int v = 0; v < raw.length; v++) {
            elements.set(bytes, 0, v, Math.max(least, Math.min(most, rounded(raw[v]) + zero)));
        }
        return bytes;
    }

    /** Ties away from zero, as an input is quantized. */
    private static int rounded(float value) {
        return (int) (value < 0 ? value - 0.5 : value + 0.5);
    }
}
