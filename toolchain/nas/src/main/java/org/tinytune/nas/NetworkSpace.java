package org.tinytune.nas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.augmentation.SampleKind;
import org.tinytune.nas.NetworkSpec.Block;
import org.tinytune.nas.NetworkSpec.Convolution;
import org.tinytune.nas.NetworkSpec.Head;
import org.tinytune.nas.NetworkSpec.Reduction;
import org.tinytune.search.space.CategoricalDistribution;
import org.tinytune.search.space.Condition;
import org.tinytune.search.space.FloatDistribution;
import org.tinytune.search.space.IntDistribution;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;

/**
 * The networks that a search may propose for samples of one shape, and how they are trained.
 *
 * <p>Images {@code [1, H, W, C]} get blocks of convolutions, as many as halvings leave of the image and one more;
 * vectors {@code [1, C]} get fully connected layers only.
 */
public final class NetworkSpace {
    private static final int MAX_BLOCKS = 5;
    private static final int MAX_DENSE_LAYERS = 3;
    /** A separable first block has nothing to separate below this many input channels. */
    private static final int SEPARABLE_FROM_CHANNELS = 4;

    private final Shape input;
    private final int maxBlocks;
    private final AugmentationSpace augmentation;
    private final SearchSpace searchSpace;

    private NetworkSpace(Shape input, SampleKind kind) {
        this.input = input;
        this.augmentation = new AugmentationSpace(sample(input), kind);
        this.maxBlocks = isImage() ? Math.min(MAX_BLOCKS, halvings(Math.min(input.dim(1), input.dim(2))) + 1) : 0;
        SearchSpace.Builder space = SearchSpace.builder();
        if (isImage()) {
            addBlocks(space);
            space.add("head", choice(Head.values()));
            space.add("dense_units", IntDistribution.stepped(0, 64, 16));
        } else {
            addDenseLayers(space);
        }
        augmentation.addTo(space);
        space.add("dropout", FloatDistribution.uniform(0, 0.3));
        space.add("learning_rate", FloatDistribution.log(1e-3, 1e-2));
        space.add("batch_size", IntDistribution.stepped(16, 64, 16));
        this.searchSpace = space.build();
    }

    /** The space for samples of a shape {@code [1, H, W, C]} or {@code [1, C]}, of what that shape tells. */
    public static NetworkSpace forInput(Shape input) {
        return forInput(input, SampleKind.of(sample(input)));
    }

    /** The space for samples of a shape {@code [1, H, W, C]} or {@code [1, C]} and a kind. */
    public static NetworkSpace forInput(Shape input, SampleKind kind) {
        return new NetworkSpace(input, kind);
    }

    /** Without the batch. */
    private static Shape sample(Shape input) {
        int[] dims = input.dims();
        return Shape.of(Arrays.copyOfRange(dims, 1, dims.length));
    }

    /** How training samples may be changed. */
    AugmentationSpace augmentation() {
        return augmentation;
    }

    /** The parameters and their distributions. */
    public SearchSpace searchSpace() {
        return searchSpace;
    }

    private boolean isImage() {
        return input.rank() == 4;
    }

    private void addBlocks(SearchSpace.Builder space) {
        space.add("blocks", IntDistribution.uniform(1, maxBlocks));
        for (int i = 1; i <= maxBlocks; i++) {
            Condition present = Condition.atLeast("blocks", i);
            if (i > 1 || input.dim(3) >= SEPARABLE_FROM_CHANNELS) {
                space.add("convolution_" + i, choice(Convolution.values()), present);
            }
            space.add("channels_" + i, IntDistribution.stepped(4, 64, 4), present);
            space.add("kernel_" + i, IntDistribution.stepped(3, 5, 2), present);
            space.add("reduction_" + i, choice(Reduction.values()), present);
        }
    }

    private void addDenseLayers(SearchSpace.Builder space) {
        space.add("dense_layers", IntDistribution.uniform(0, MAX_DENSE_LAYERS));
        for (int i = 1; i <= MAX_DENSE_LAYERS; i++) {
            space.add("dense_units_" + i, IntDistribution.stepped(4, 128, 4), Condition.atLeast("dense_layers", i));
        }
    }

    /** The network of some parameters. */
    public NetworkSpec network(Parameters parameters) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 1; isImage() && i <= parameters.getInt("blocks"); i++) {
            blocks.add(new Block(
                    parameters.has("convolution_" + i)
                            ? value(Convolution.class, parameters, "convolution_" + i)
                            : Convolution.FULL,
                    parameters.getInt("channels_" + i),
                    parameters.getInt("kernel_" + i),
                    value(Reduction.class, parameters, "reduction_" + i)));
        }
        Head head = isImage() ? value(Head.class, parameters, "head") : Head.FLATTEN;
        return new NetworkSpec(blocks, head, denseUnits(parameters), parameters.getDouble("dropout"));
    }

    private List<Integer> denseUnits(Parameters parameters) {
        if (isImage()) {
            int units = parameters.getInt("dense_units");
            return units == 0 ? List.of() : List.of(units);
        }
        List<Integer> units = new ArrayList<>();
        for (int i = 1; i <= parameters.getInt("dense_layers"); i++) {
            units.add(parameters.getInt("dense_units_" + i));
        }
        return units;
    }

    /**
     * The smallest networks, one for each combination of choices: all numbers are the least, and a larger number makes
     * nothing smaller. So a limit that all of them exceed is exceeded by every network.
     */
    List<Parameters> smallest() {
        Parameters least = searchSpace.decode(new double[searchSpace.size()]);
        List<Parameters> combinations = List.of(least);
        for (int i = 0; i < searchSpace.size(); i++) {
            String name = searchSpace.names().get(i);
            if (least.has(name) && searchSpace.distribution(i) instanceof CategoricalDistribution distribution) {
                combinations = combinations.stream()
                        .flatMap(parameters -> distribution.choices().stream().map(c -> with(parameters, name, c)))
                        .toList();
            }
        }
        return combinations;
    }

    private static Parameters with(Parameters parameters, String name, String choice) {
        Map<String, Object> values = new LinkedHashMap<>(parameters.values());
        values.put(name, choice);
        return new Parameters(values);
    }

    private static int halvings(int size) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(size);
    }

    private static CategoricalDistribution choice(Enum<?>[] values) {
        return CategoricalDistribution.of(
                Arrays.stream(values).map(NetworkSpace::word).toArray(String[]::new));
    }

    private static <E extends Enum<E>> E value(Class<E> type, Parameters parameters, String name) {
        return Enum.valueOf(type, parameters.getString(name).toUpperCase(Locale.ROOT));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
