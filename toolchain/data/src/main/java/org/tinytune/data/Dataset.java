package org.tinytune.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;

/**
 * A whole data set, in the order of its files. Made by a reader or by a {@link DatasetBuilder}.
 *
 * <p>It holds the test samples too: what trains or searches is given parts of it, never the data set itself.
 */
public final class Dataset implements Samples {
    private final DatasetCard card;
    private final Shape shape;
    private final Optional<ValueRange> declaredRange;
    private final SampleStore store;
    private final Optional<SignalFormat> signal;
    private final Targets targets;
    private final List<String> groups;
    private final int[] groupOfSample;
    private final int[] recordingOfSample;
    private final int testBegin;
    private final SplitPlan splitPlan;
    private final String fingerprint;

    /** Takes everything over; {@link DatasetBuilder} has checked it. */
    Dataset(
            DatasetCard card,
            Shape shape,
            Optional<ValueRange> declaredRange,
            SampleStore store,
            Optional<SignalFormat> signal,
            Targets targets,
            List<String> groups,
            int[] groupOfSample,
            int[] recordingOfSample,
            int testBegin,
            SplitPlan splitPlan) {
        this.card = card;
        this.shape = shape;
        this.declaredRange = declaredRange;
        this.store = store;
        this.signal = signal;
        this.targets = targets;
        this.groups = List.copyOf(groups);
        this.groupOfSample = groupOfSample;
        this.recordingOfSample = recordingOfSample;
        this.testBegin = testBegin;
        this.splitPlan = splitPlan;
        this.fingerprint = computeFingerprint();
    }

    /** What the data set says of itself. */
    public DatasetCard card() {
        return card;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public List<String> labels() {
        return targets.labels();
    }

    @Override
    public Optional<ValueRange> declaredRange() {
        return declaredRange;
    }

    @Override
    public Optional<SignalFormat> signal() {
        return signal;
    }

    @Override
    public int size() {
        return store.size();
    }

    @Override
    public TaskKind task() {
        return targets.task();
    }

    @Override
    public int target(int i) {
        if (targets.labels().isEmpty()) {
            throw new IllegalStateException("'" + card.name() + "' has no classes");
        }
        return targets.classes()[i];
    }

    @Override
    public OptionalInt normalClass() {
        return targets.normalClass();
    }

    @Override
    public List<String> quantities() {
        return targets.quantities();
    }

    @Override
    public void readQuantities(int i, float[] into, int offset) {
        int count = targets.quantities().size();
        System.arraycopy(targets.values(), i * count, into, offset, count);
    }

    @Override
    public int index(int i) {
        return i;
    }

    @Override
    public void read(int i, float[] into, int offset) {
        store.read(i, into, offset);
    }

    /**
     * What samples can belong to together: a speaker, a subject, a session. A group never straddles a split. Empty if
     * the data set knows none.
     */
    public List<String> groups() {
        return groups;
    }

    /**
     * The group of sample {@code i}: an index into {@link #groups}.
     *
     * @throws IllegalStateException if the data set knows no groups
     */
    public int group(int i) {
        if (groups.isEmpty()) {
            throw new IllegalStateException("'" + card.name() + "' has no groups");
        }
        return groupOfSample[i];
    }

    /**
     * The recording of sample {@code i}, in which samples follow each other in time: a number. Where the data set does
     * not know its recordings, each group is one; without groups, all samples are.
     */
    public int recording(int i) {
        if (recordingOfSample.length > 0) {
            return recordingOfSample[i];
        }
        return groups.isEmpty() ? 0 : groupOfSample[i];
    }

    /** The samples of the test part that the data set comes with, ascending; empty if it comes with none. */
    public int[] predefinedTest() {
        return IntStream.range(testBegin, size()).toArray();
    }

    /** In which way it is to be divided. The fingerprint does not depend on it: the samples are the same. */
    public SplitPlan splitPlan() {
        return splitPlan;
    }

    /** Bytes that the raw values take in memory. */
    public long storedBytes() {
        return store.storedBytes();
    }

    /**
     * SHA-256, in hexadecimal, of all that results can depend on: shape, labels, declared range, and each sample's
     * values, target, group, recording and part, in order. Names of files and how they are written do not matter.
     */
    public String fingerprint() {
        return fingerprint;
    }

    private String computeFingerprint() {
        MessageDigest digest = Sha256.create();
        update(digest, shape.dims());
        update(digest, targets.labels());
        update(
                digest,
                declaredRange
                        .map(r -> new int[] {Float.floatToIntBits(r.min()), Float.floatToIntBits(r.max())})
                        .orElse(new int[0]));
        update(digest, targets.classes());
        update(digest, groups);
        update(digest, groupOfSample);
        update(digest, testBegin);
        store.digest(digest);
        updateOtherKinds(digest);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Adds what a classification of images or features has not, so that its fingerprints stay as they are. */
    private void updateOtherKinds(MessageDigest digest) {
        if (task() == TaskKind.REGRESSION) {
            update(digest, targets.quantities());
            int[] bits = new int[targets.values().length];
            Arrays.setAll(bits, i -> Float.floatToIntBits(targets.values()[i]));
            update(digest, bits);
        }
        targets.normalClass().ifPresent(normal -> update(digest, normal));
        if (recordingOfSample.length > 0) {
            update(digest, recordingOfSample);
        }
        signal.ifPresent(format -> {
            update(digest, bits(format.rateHz()));
            update(digest, bits(format.scale()));
            update(digest, format.channels());
            update(digest, List.of(format.unit()));
        });
    }

    private static int[] bits(double value) {
        long bits = Double.doubleToLongBits(value);
        return new int[] {(int) (bits >>> 32), (int) bits};
    }

    /** Adds a list of integers, headed by its length. */
    private static void update(MessageDigest digest, int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * (values.length + 1));
        buffer.putInt(values.length).asIntBuffer().put(values);
        digest.update(buffer.array());
    }

    private static void update(MessageDigest digest, List<String> texts) {
        update(digest, texts.size());
        for (String text : texts) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            update(digest, utf8.length);
            digest.update(utf8);
        }
    }
}
