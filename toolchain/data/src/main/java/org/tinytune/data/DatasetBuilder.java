package org.tinytune.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.tinytune.core.tensor.Shape;

/**
 * Puts a data set together, sample by sample.
 *
 * <p>Unless {@link #labels} fixes them, labels are the texts that were added: in the order of numbers if all are
 * numbers, otherwise in the order of characters.
 */
public final class DatasetBuilder {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,15})?");

    private static final int INITIAL_SAMPLES = 1024;

    private final DatasetCard card;
    private final Shape shape;
    private final SampleStore store;
    private final Optional<ValueStore> values;
    private final Optional<SignalFormat> signal;
    private int size;
    private final Names labels = new Names();
    private final Names groups = new Names();
    private boolean labelsFixed;
    private Optional<String> normalLabel = Optional.empty();
    private List<String> quantityNames = List.of();
    private float[] quantities = new float[0];
    private Optional<ValueRange> declaredRange = Optional.empty();
    private int[] targets = new int[INITIAL_SAMPLES];
    private int[] groupOfSample = new int[0];
    private int groupedSamples;
    private int[] recordingOfSample = new int[0];
    private int recordedSamples;
    private int testBegin = -1;
    private SplitPlan splitPlan = SplitPlan.STRATIFIED;

    /**
     * @param card what the data set says of itself
     * @param shape of each sample: {@code [H, W, C]} or {@code [N]}
     * @throws IllegalArgumentException if the shape has another rank
     */
    public DatasetBuilder(DatasetCard card, Shape shape) {
        this(card, shape, new ValueStore(shape.elements()), Optional.empty());
    }

    /**
     * For windows of sensor data whose values are stored already: what each of them is follows in their order, by
     * {@link #addStored(String)}.
     *
     * @param shape of each window: {@code [samples, 1, channels]}
     * @param windows of that shape
     * @param signal what their integers mean
     */
    public DatasetBuilder(DatasetCard card, Shape shape, Int16Store windows, SignalFormat signal) {
        this(card, shape, windows, Optional.of(signal));
    }

    private DatasetBuilder(DatasetCard card, Shape shape, SampleStore store, Optional<SignalFormat> signal) {
        if (shape.rank() != 1 && shape.rank() != 3) {
            throw new IllegalArgumentException("a sample is [H, W, C] or [N], not " + shape);
        }
        this.card = card;
        this.shape = shape;
        this.store = store;
        this.values = store instanceof ValueStore own ? Optional.of(own) : Optional.empty();
        this.signal = signal;
    }

    /** Fixes the labels and their order, before the first sample. */
    public DatasetBuilder labels(List<String> names) {
        names.forEach(labels::id);
        labelsFixed = true;
        return this;
    }

    /** Says which label normal samples have: all others are anomalies, to be told from them. */
    public DatasetBuilder normalLabel(String label) {
        normalLabel = Optional.of(label);
        return this;
    }

    /**
     * Gives samples quantities instead of labels, before the first sample.
     *
     * @param names one or more, each different
     */
    public DatasetBuilder quantities(List<String> names) {
        quantityNames = List.copyOf(names);
        return this;
    }

    /** States the range that raw values can have by their nature. */
    public DatasetBuilder declaredRange(ValueRange range) {
        declaredRange = Optional.of(range);
        return this;
    }

    /** Says in which way the data set is to be divided. */
    public DatasetBuilder splitPlan(SplitPlan plan) {
        splitPlan = plan;
        return this;
    }

    /** The samples added from now on are the test part that the data set comes with. */
    public DatasetBuilder beginTestPart() {
        testBegin = size();
        return this;
    }

    /**
     * Adds a sample.
     *
     * @param values finite, {@code shape.elements()} of them, copied
     * @param label its class
     * @throws IllegalArgumentException if the values are too few or too many, or the labels are fixed and lack this one
     */
    public DatasetBuilder add(float[] values, String label) {
        checkCount(values.length);
        addTarget(label);
        own().add(values);
        size++;
        return this;
    }

    /** Adds a sample of unsigned bytes; otherwise as {@link #add(float[], String)}. */
    public DatasetBuilder add(byte[] values, String label) {
        checkCount(values.length);
        addTarget(label);
        own().add(values);
        size++;
        return this;
    }

    /** Says what the next stored window is; otherwise as {@link #add(float[], String)}. */
    public DatasetBuilder addStored(String label) {
        addTarget(label);
        size++;
        return this;
    }

    /** Says which quantities the next stored window has; otherwise as {@link #add(float[], float[])}. */
    public DatasetBuilder addStored(float[] targets) {
        addQuantities(targets);
        size++;
        return this;
    }

    /**
     * Adds a sample that has quantities.
     *
     * @param values finite, {@code shape.elements()} of them, copied
     * @param targets finite, one a quantity, copied
     */
    public DatasetBuilder add(float[] values, float[] targets) {
        checkCount(values.length);
        addQuantities(targets);
        own().add(values);
        size++;
        return this;
    }

    private void addQuantities(float[] targets) {
        int count = quantityNames.size();
        if (targets.length != count || count == 0) {
            throw new IllegalArgumentException(targets.length + " values for " + count + " quantities");
        }
        int at = size() * count;
        if (at + count > quantities.length) {
            quantities = Arrays.copyOf(quantities, Math.max(2 * quantities.length, INITIAL_SAMPLES * count));
        }
        System.arraycopy(targets, 0, quantities, at, count);
    }

    /**
     * Says to which group the sample added last belongs. Either all samples have a group or none.
     *
     * @param group a speaker, a subject, a session
     */
    public DatasetBuilder group(String group) {
        int last = size() - 1;
        if (last >= groupOfSample.length) {
            groupOfSample = Arrays.copyOf(groupOfSample, Math.max(2 * last, INITIAL_SAMPLES));
        }
        groupOfSample[last] = groups.id(group);
        groupedSamples++;
        return this;
    }

    /**
     * Says of which recording the sample added last is a window, where time goes on from one sample to the next. Either
     * all samples have a recording or none.
     *
     * @param recording a number of its own, from 0 on in the order in which recordings come first
     */
    public DatasetBuilder recording(int recording) {
        int last = size() - 1;
        if (last >= recordingOfSample.length) {
            recordingOfSample = Arrays.copyOf(recordingOfSample, Math.max(2 * last, INITIAL_SAMPLES));
        }
        recordingOfSample[last] = recording;
        recordedSamples++;
        return this;
    }

    /**
     * Forgets the group if all samples added so far have the same one, which then tells none from another; forward in
     * time, it is one sequence.
     *
     * @return that group
     */
    public Optional<String> forgetSingleGroup() {
        boolean forward = splitPlan.method() == SplitPlan.Method.FORWARD;
        if (forward || groupedSamples != size() || groups.names().size() != 1) {
            return Optional.empty();
        }
        groupedSamples = 0;
        return Optional.of(groups.clear());
    }

    /** The shape of each sample. */
    public Shape shape() {
        return shape;
    }

    /** Samples added so far. */
    public int size() {
        return size;
    }

    /** The different labels seen or fixed so far. */
    public List<String> labelsSoFar() {
        return labels.names();
    }

    /**
     * The data set. The builder is of no use afterwards.
     *
     * @throws IllegalStateException if there is no sample, some have a group and others none, or none is normal
     */
    public Dataset build() {
        if (size() == 0) {
            throw new IllegalStateException("no samples");
        }
        if (groupedSamples != 0 && groupedSamples != size()) {
            throw new IllegalStateException(groupedSamples + " of " + size() + " samples have a group");
        }
        if (recordedSamples != 0 && recordedSamples != size()) {
            throw new IllegalStateException(recordedSamples + " of " + size() + " samples have a recording");
        }
        if (size != store.size()) {
            throw new IllegalStateException(size + " targets for " + store.size() + " samples");
        }
        values.ifPresent(ValueStore::trim);
        return new Dataset(
                card,
                shape,
                declaredRange,
                store,
                signal,
                targets(),
                groups.names(),
                Arrays.copyOf(groupOfSample, groupedSamples),
                recordings(),
                testBegin < 0 ? size() : testBegin,
                splitPlan);
    }

    /** Empty if they are unknown, or the same as the groups, so that these say it all. */
    private int[] recordings() {
        boolean same = recordedSamples == groupedSamples
                && Arrays.equals(recordingOfSample, 0, recordedSamples, groupOfSample, 0, groupedSamples);
        return same ? new int[0] : Arrays.copyOf(recordingOfSample, recordedSamples);
    }

    private Targets targets() {
        if (!quantityNames.isEmpty()) {
            float[] values = Arrays.copyOf(quantities, size() * quantityNames.size());
            return new Targets(List.of(), new int[0], quantityNames, values, OptionalInt.empty());
        }
        List<String> names = new ArrayList<>(labels.names());
        int[] found = Arrays.copyOf(targets, size());
        if (!labelsFixed) {
            names.sort(order(names));
            int[] rank = labels.names().stream().mapToInt(names::indexOf).toArray();
            Arrays.setAll(found, i -> rank[found[i]]);
        }
        return new Targets(names, found, List.of(), new float[0], normalClass(names));
    }

    private OptionalInt normalClass(List<String> names) {
        if (normalLabel.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!names.contains(normalLabel.get())) {
            throw new IllegalStateException("no sample has the normal label '" + normalLabel.get() + "'");
        }
        return OptionalInt.of(names.indexOf(normalLabel.get()));
    }

    private ValueStore own() {
        return values.orElseThrow(() -> new IllegalStateException("the windows are stored already"));
    }

    private void addTarget(String label) {
        if (!quantityNames.isEmpty()) {
            throw new IllegalArgumentException("a label for a sample of quantities");
        }
        if (labelsFixed && !labels.contains(label)) {
            throw new IllegalArgumentException("'" + label + "' is none of the labels " + labels.names());
        }
        if (size() == targets.length) {
            targets = Arrays.copyOf(targets, 2 * targets.length);
        }
        targets[size()] = labels.id(label);
    }

    private void checkCount(int values) {
        if (values != shape.elements()) {
            throw new IllegalArgumentException(values + " values for a sample of shape " + shape);
        }
    }

    private static Comparator<String> order(List<String> names) {
        if (names.stream().allMatch(n -> NUMBER.matcher(n).matches())) {
            return Comparator.comparingDouble(Double::parseDouble).thenComparing(Comparator.naturalOrder());
        }
        return Comparator.naturalOrder();
    }

    /** Names numbered in the order in which they first came. */
    private static final class Names {
        private final List<String> names = new ArrayList<>();
        private final Map<String, Integer> ids = new HashMap<>();

        int id(String name) {
            return ids.computeIfAbsent(name, n -> {
                names.add(n);
                return names.size() - 1;
            });
        }

        boolean contains(String name) {
            return ids.containsKey(name);
        }

        List<String> names() {
            return names;
        }

        /** Forgets all; the first one of them. */
        String clear() {
            String first = names.get(0);
            names.clear();
            ids.clear();
            return first;
        }
    }
}
