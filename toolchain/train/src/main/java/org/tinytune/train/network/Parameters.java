package org.tinytune.train.network;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.vector.VectorMath;

/**
 * The constants of a network that training changes: those that are trained, one behind the other in one array so that
 * an optimizer is one loop, and running averages in another.
 */
public final class Parameters {
    private static final int ALIGNMENT = 8;

    private final List<Slice> trained;
    private final List<Slice> averages;
    private final float[] values;
    private final float[] averageValues;
    private final float[][] gradients;
    private final int sharded;

    /**
     * One constant, or numbers that are learned of how a tensor is quantized.
     *
     * @param tensor index in the graph
     * @param offset of its first element
     * @param length in elements
     * @param role what it is
     */
    public record Slice(int tensor, int offset, int length, Role role) {
        /** Whether it is a matrix of weights, to which weight decay applies; not a bias or the like. */
        public boolean weights() {
            return role == Role.WEIGHTS;
        }

        private boolean isConstant() {
            return role == Role.WEIGHTS || role == Role.OTHER;
        }
    }

    /** What a slice is. */
    public enum Role {
        /** A constant: a matrix of weights. */
        WEIGHTS,
        /** A constant: a bias or the like. */
        OTHER,
        /** The range of an activation. */
        RANGE,
        /** The scales of weights. */
        SCALES
    }

    /**
     * @param trained slices of the trained constants
     * @param averages slices of the running averages
     * @param gradientBuffers one for all shards, or one for each; 0 if nothing is trained
     * @param sharded how many of the elements, from the first, have gradients that shards add to; others have them in
     *     the first buffer only
     */
    Parameters(List<Slice> trained, List<Slice> averages, int gradientBuffers, int sharded) {
        this.trained = List.copyOf(trained);
        this.averages = List.copyOf(averages);
        this.values = new float[end(trained) + VectorMath.SLACK];
        this.averageValues = new float[end(averages)];
        this.sharded = sharded;
        this.gradients = new float[gradientBuffers][];
        for (int b = 0; b < gradientBuffers; b++) {
            gradients[b] = new float[(b == 0 ? end(trained) : sharded) + VectorMath.SLACK];
        }
    }

    /** Where a further constant may begin. */
    static int end(List<Slice> slices) {
        if (slices.isEmpty()) {
            return 0;
        }
        Slice last = slices.get(slices.size() - 1);
        return (last.offset() + last.length() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** The trained constants. */
    public List<Slice> trained() {
        return trained;
    }

    /** Elements of the arrays, those between constants included. */
    public int size() {
        return end(trained);
    }

    /** The values of all trained constants. */
    public float[] values() {
        return values;
    }

    /** The gradients, summed up over all shards. */
    public float[] gradient() {
        return gradients[0];
    }

    /** The gradients of a shard. */
    float[] gradient(int shard) {
        return gradients[gradients.length == 1 ? 0 : shard];
    }

    /** Adds the gradients of all shards to the first, in their order, for some of the elements. */
    void sumGradients(VectorMath math, int begin, int end) {
        for (int s = 1; s < gradients.length && begin < sharded; s++) {
            math.add(gradients[0], begin, gradients[s], begin, end - begin);
        }
    }

    /** Sets some of the gradients to 0, in all buffers: those that the next step adds to. */
    void clearGradients(int begin, int end) {
        for (int s = 0; s < gradients.length && (s == 0 || begin < sharded); s++) {
            Arrays.fill(gradients[s], begin, end, 0);
        }
    }

    /** Whether some of the trained values are finite numbers. */
    boolean areFinite(VectorMath math, int begin, int end) {
        return math.areFinite(values, begin, end - begin);
    }

    /** Whether the running averages are finite numbers. */
    boolean areAveragesFinite(VectorMath math) {
        return math.areFinite(averageValues, 0, averageValues.length);
    }

    /** Where a constant lies, or the range of an activation, if training changes it. */
    Optional<FloatSpan> find(int tensor) {
        return slice(trained, tensor)
                .map(slice -> new FloatSpan(values, slice.offset()))
                .or(() -> slice(averages, tensor).map(slice -> new FloatSpan(averageValues, slice.offset())));
    }

    /** Where the gradient of a trained constant, or of a range, lies. */
    Optional<FloatSpan> findGradient(int tensor, int shard) {
        return gradients.length == 0
                ? Optional.empty()
                : slice(trained, tensor)
                        .filter(slice -> shard == 0 || slice.offset() < sharded)
                        .map(slice -> new FloatSpan(gradient(shard), slice.offset()));
    }

    /** Where the gradient of the scales of weights lies, if they are learned. */
    Optional<FloatSpan> findScaleGradient(int tensor) {
        return trained.stream()
                .filter(slice -> slice.tensor() == tensor && slice.role() == Role.SCALES && gradients.length > 0)
                .findFirst()
                .map(slice -> new FloatSpan(gradients[0], slice.offset()));
    }

    private static Optional<Slice> slice(List<Slice> slices, int tensor) {
        return slices.stream()
                .filter(slice -> slice.tensor() == tensor && slice.role() != Role.SCALES)
                .findFirst();
    }

    /** A constant as it is now. */
    public Optional<TensorData> data(int tensor) {
        for (Slice slice : trained) {
            if (slice.tensor() == tensor && slice.isConstant()) {
                return Optional.of(copy(values, slice));
            }
        }
        for (Slice slice : averages) {
            if (slice.tensor() == tensor) {
                return Optional.of(copy(averageValues, slice));
            }
        }
        return Optional.empty();
    }

    private static TensorData copy(float[] array, Slice slice) {
        return TensorData.of(Arrays.copyOfRange(array, slice.offset(), slice.offset() + slice.length()));
    }

    /** All values at one time. */
    public static final class Snapshot {
        private final float[] values;
        private final float[] averages;

        private Snapshot(float[] values, float[] averages) {
            this.values = values;
            this.averages = averages;
        }

        /** Writes them. */
        public void write(DataOutput out) throws IOException {
            write(values, out);
            write(averages, out);
        }

        private static void write(float[] array, DataOutput out) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(array.length * Float.BYTES);
            bytes.asFloatBuffer().put(array);
            out.writeInt(array.length);
            out.write(bytes.array());
        }

        /**
         * Reads what {@link #write(DataOutput)} has written.
         *
         * @throws IOException if it is something else
         */
        public static Snapshot read(DataInput in) throws IOException {
            return new Snapshot(readArray(in), readArray(in));
        }

        private static float[] readArray(DataInput in) throws IOException {
            int length = in.readInt();
            if (length < 0 || length > Integer.MAX_VALUE / Float.BYTES) {
                throw new IOException(length + " is no number of parameters");
            }
            byte[] bytes = new byte[length * Float.BYTES];
            in.readFully(bytes);
            float[] array = new float[length];
            ByteBuffer.wrap(bytes).asFloatBuffer().get(array);
            return array;
        }
    }

    /** The values as they are now. */
    public Snapshot snapshot() {
        return new Snapshot(values.clone(), averageValues.clone());
    }

    /**
     * Goes back to earlier values.
     *
     * @throws IllegalArgumentException if they are those of a network of another size
     */
    public void restore(Snapshot snapshot) {
        if (snapshot.values.length != values.length || snapshot.averages.length != averageValues.length) {
            throw new IllegalArgumentException(snapshot.values.length + " parameters and " + snapshot.averages.length
                    + " averages for a network of " + values.length + " and " + averageValues.length);
        }
        System.arraycopy(snapshot.values, 0, values, 0, values.length);
        System.arraycopy(snapshot.averages, 0, averageValues, 0, averageValues.length);
    }
}
