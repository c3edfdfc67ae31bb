package org.tinytune.train.optimizer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.tinytune.train.network.ParameterArrays;
import org.tinytune.train.network.ParameterRange;

/**
 * What optimizers have in common: they count steps, and remember a few numbers for each parameter, in arrays called
 * slots, which begin as zeros.
 *
 * <p>The loops of those that are not in {@link org.tinytune.core.vector.VectorMath} are plain Java without fused
 * multiply-add: every JVM gives the same bytes, and its compiler turns them into vector instructions.
 */
abstract class SlotOptimizer implements Optimizer {
    /** The parameters. */
    protected final float[] values;

    /** Their gradients. */
    protected final float[] gradient;

    private final float[][] slots;
    private final double weightDecay;
    private long steps;
    private double learningRate;

    /**
     * @param parameters to be updated
     * @param weightDecay share of each weight that a step takes away, times the learning rate
     * @param slots numbers to be remembered for each parameter
     */
    SlotOptimizer(ParameterArrays parameters, double weightDecay, int slots) {
        this.values = parameters.values();
        this.gradient = parameters.gradient();
        this.slots = new float[slots][values.length];
        this.weightDecay = weightDecay;
    }

    @Override
    public final void begin(double rate) {
        steps++;
        learningRate = rate;
        begin();
    }

    /** Prepares the numbers of a step, which has been counted already. */
    void begin() {}

    /** The number of the step, from 1. */
    long step() {
        return steps;
    }

    /** The learning rate of the step. */
    double learningRate() {
        return learningRate;
    }

    /** What is left of a weight before the step's change. */
    float kept(ParameterRange range) {
        return range.weights() ? (float) (1 - learningRate * weightDecay) : 1;
    }

    /** A number of each parameter. */
    float[] slot(int index) {
        return slots[index];
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeLong(steps);
        out.writeInt(slots.length);
        out.writeInt(values.length);
        for (float[] slot : slots) {
            ByteBuffer bytes = ByteBuffer.allocate(slot.length * Float.BYTES);
            bytes.asFloatBuffer().put(slot);
            out.write(bytes.array());
        }
    }

    @Override
    public void restore(DataInput in) throws IOException {
        long savedSteps = in.readLong();
        int savedSlots = in.readInt();
        int savedLength = in.readInt();
        if (savedSteps < 0 || savedSlots != slots.length || savedLength != values.length) {
            throw new IOException("the state of an optimizer with " + savedSlots + " numbers for each of " + savedLength
                    + " parameters, not " + slots.length + " for each of " + values.length);
        }
        byte[] bytes = new byte[values.length * Float.BYTES];
        for (float[] slot : slots) {
            in.readFully(bytes);
            ByteBuffer.wrap(bytes).asFloatBuffer().get(slot);
        }
        steps = savedSteps;
    }
}
