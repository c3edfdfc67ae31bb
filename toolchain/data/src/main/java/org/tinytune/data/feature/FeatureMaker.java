package org.tinytune.data.feature;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.Elements;
import org.tinytune.data.Samples;

/** Runs the blocks of a front end on windows, as the simulator does. Any number of threads may use one. */
public final class FeatureMaker {
    private final Tensor features;
    private final Simulator prototype;
    private final Queue<Simulator> idle = new ConcurrentLinkedQueue<>();

    private FeatureMaker(Tensor features, Graph blocks) {
        this.features = features;
        this.prototype = Simulator.of(blocks);
    }

    /** What runs the blocks of a front end, whatever it ends in. */
    public static FeatureMaker of(FrontEnd frontEnd) {
        return new FeatureMaker(frontEnd.features(), frontEnd.alone());
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
        return bytes(counts);
    }

    /** Counts as a board holds them; what augmentation made of them is rounded and kept in range. */
    static byte[] bytes(float[] counts) {
        byte[] bytes = new byte[counts.length * Short.BYTES];
        for (int v = 0; v < counts.length; v++) {
            int count = Math.round(counts[v]);
            Elements.INT16.set(bytes, 0, v, Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, count)));
        }
        return bytes;
    }
}
