package org.tinytune.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final DatasetCard card;
    private final Shape shape;
    private final SampleStore store;
    private final Names labels = new Names();
    private final Names groups = new Names();
    private boolean labelsFixed;
    private Optional<ValueRange> declaredRange = Optional.empty();
    private int[] targets = new int[1024];
    private int[] groupOfSample = new int[0];
    private int groupedSamples;
    private int testBegin = -1;

    /**
     * @param card what the data set says of itself
     * @param shape of each sample: {@code [H, W, C]} or {@code [N]}
     * @throws IllegalArgumentException if the shape has another rank
     */
    public DatasetBuilder(DatasetCard card, Shape shape) {
        if (shape.rank() != 1 && shape.rank() != 3) {
            throw new IllegalArgumentException("a sample is [H, W, C] or [N], not " + shape);
        }
        this.card = card;
        this.shape = shape;
        this.store = new SampleStore(shape.elements());
    }

    /** Fixes the labels and their order, before the first sample. */
    public DatasetBuilder labels(List<String> names) {
        names.forEach(labels::id);
        labelsFixed = true;
        return this;
    }

    /** States the range that raw values can have by their nature. */
    public DatasetBuilder declaredRange(ValueRange range) {
        declaredRange = Optional.of(range);
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
        addTarget(values.length, label);
        store.add(values);
        return this;
    }

    /** Adds a sample of unsigned bytes; otherwise as {@link #add(float[], String)}. */
    public DatasetBuilder add(byte[] values, String label) {
        addTarget(values.length, label);
        store.add(values);
        return this;
    }

    /**
     * Says to which group the sample added last belongs. Either all samples have a group or none.
     *
     * @param group a speaker, a subject, a session
     */
    public DatasetBuilder group(String group) {
        int last = size() - 1;
        if (last >= groupOfSample.length) {
            groupOfSample = Arrays.copyOf(groupOfSample, targets.length);
        }
        groupOfSample[last] = groups.id(group);
        groupedSamples++;
        return this;
    }

    /** The shape of each sample. */
    public Shape shape() {
        return shape;
    }

    /** Samples added so far. */
    public int size() {
        return store.size();
    }

    /** The different labels seen or fixed so far. */
    public List<String> labelsSoFar() {
        return labels.names();
    }

    /**
     * The data set. The builder is of no use afterwards.
     *
     * @throws IllegalStateException if there is no sample, or some have a group and others none
     */
    public Dataset build() {
        if (size() == 0) {
            throw new IllegalStateException("no samples");
        }
        if (groupedSamples != 0 && groupedSamples != size()) {
            throw new IllegalStateException(groupedSamples + " of " + size() + " samples have a group");
        }
        store.trim();
        List<String> names = new ArrayList<>(labels.names());
        int[] found = Arrays.copyOf(targets, size());
        if (!labelsFixed) {
            names.sort(order(names));
            int[] rank = labels.names().stream().mapToInt(names::indexOf).toArray();
            Arrays.setAll(found, i -> rank[found[i]]);
        }
        return new Dataset(
                card,
                shape,
                names,
                declaredRange,
                store,
                found,
                groups.names(),
                Arrays.copyOf(groupOfSample, groupedSamples),
                testBegin < 0 ? size() : testBegin);
    }

    private void addTarget(int values, String label) {
        if (values != shape.elements()) {
            throw new IllegalArgumentException(values + " values for a sample of shape " + shape);
        }
        if (labelsFixed && !labels.contains(label)) {
            throw new IllegalArgumentException("'" + label + "' is none of the labels " + labels.names());
        }
        if (size() == targets.length) {
            targets = Arrays.copyOf(targets, 2 * targets.length);
        }
        targets[size()] = labels.id(label);
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
    }
}
