package org.tinytune.nas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.tinytune.core.op.resizearea.ResizeAreaParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Samples;
import org.tinytune.data.augmentation.SampleKind;
import org.tinytune.nas.NetworkSpec.Block;
import org.tinytune.nas.NetworkSpec.Convolution;
import org.tinytune.nas.NetworkSpec.Head;
import org.tinytune.nas.NetworkSpec.Layout;
import org.tinytune.nas.NetworkSpec.Normalization;
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
 * vectors {@code [1, C]} get fully connected layers only. Windows of sensor data get features first, which are either.
 */
public final class NetworkSpace {
    // Names of parameters; those that end in a line have the number of a block behind it.
    static final String LAYOUT = "layout";
    static final String NORMALIZATION = "normalization";
    static final String BLOCKS = "blocks";
    static final String CONVOLUTION = "convolution_";
    static final String CHANNELS = "channels_";
    static final String KERNEL = "kernel_";
    static final String REDUCTION = "reduction_";
    static final String HEAD = "head";
    static final String DENSE_UNITS = "dense_units";
    static final String DROPOUT = "dropout";
    static final String LEARNING_RATE = "learning_rate";
    static final String BATCH_SIZE = "batch_size";

    private static final int MAX_BLOCKS = 5;
    private static final int MAX_BLOCKS_OF_FEATURES = 4;
    private static final int MAX_DENSE_LAYERS = 3;
    /** A separable first block has nothing to separate below this many input channels. */
    private static final int SEPARABLE_FROM_CHANNELS = 4;

    private final Shape input;
    private final Optional<FeatureSpace> features;
    private final Optional<ImageSpace> images;
    private final int maxBlocks;
    private final AugmentationSpace augmentation;
    private final SearchSpace searchSpace;

    private NetworkSpace(Shape input, SampleKind kind, Optional<FeatureSpace> features, Optional<ImageSpace> images) {
        this.input = input;
        this.features = features;
        this.images = images;
        this.augmentation = new AugmentationSpace(sample(input), kind);
        SearchSpace.Builder space = SearchSpace.builder();
        if (features.isPresent()) {
            this.maxBlocks = MAX_BLOCKS_OF_FEATURES;
            FeatureSpace choices = features.get();
            choices.addTo(space);
            choices.ifShortTime().ifPresent(shortTime -> {
                space.add(LAYOUT, choice(Layout.values()), shortTime);
                space.add(NORMALIZATION, choice(Normalization.values()), shortTime);
            });
            choices.ifMap().ifPresent(map -> addConvolutions(space, map));
            choices.ifVector().ifPresent(vector -> addDenseLayers(space, vector));
            choices.ifShortTime().ifPresent(shortTime -> AugmentationSpace.addMasks(space, shortTime));
        } else if (isImage()) {
            images.ifPresent(choices -> choices.addTo(space));
            this.maxBlocks = Math.min(MAX_BLOCKS, halvings(Math.min(input.dim(1), input.dim(2))) + 1);
            addConvolutions(space);
        } else {
            this.maxBlocks = 0;
            addDenseLayers(space);
        }
        augmentation.addTo(space);
        space.add(DROPOUT, FloatDistribution.uniform(0, 0.3));
        space.add(LEARNING_RATE, FloatDistribution.log(1e-3, 1e-2));
        space.add(BATCH_SIZE, IntDistribution.stepped(16, 64, 16));
        this.searchSpace = space.build();
    }

    /** The space for samples of a shape {@code [1, H, W, C]} or {@code [1, C]}, of what that shape tells. */
    public static NetworkSpace forInput(Shape input) {
        return forInput(input, SampleKind.of(sample(input)));
    }

    /** The space for samples of a shape {@code [1, H, W, C]} or {@code [1, C]} and a kind. */
    public static NetworkSpace forInput(Shape input, SampleKind kind) {
        return new NetworkSpace(input, kind, Optional.empty(), Optional.empty());
    }

    /**
     * The space for features of windows of sensor data.
     *
     * @param windows of the data set
     * @param features that networks may be given
     */
    static NetworkSpace forWindows(Samples windows, FeatureSpace features) {
        Shape shape = windows.shape();
        return new NetworkSpace(
                Shape.of(1, shape.dim(0), shape.dim(1), shape.dim(2)),
                features.kind(),
                Optional.of(features),
                Optional.empty());
    }

    /** The space for samples that are no windows: images of a camera may be seen smaller than they are. */
    static NetworkSpace forSamples(Samples samples) {
        int[] dims = samples.shape().dims();
        int[] batch = new int[dims.length + 1];
        batch[0] = 1;
        System.arraycopy(dims, 0, batch, 1, dims.length);
        return new NetworkSpace(
                Shape.of(batch), SampleKind.of(samples.shape()), Optional.empty(), ImageSpace.of(samples));
    }

    /** Without the batch. */
    private static Shape sample(Shape input) {
        int[] dims = input.dims();
        return Shape.of(Arrays.copyOfRange(dims, 1, dims.length));
    }

    /** The features that networks are given; empty if they are given samples as they are. */
    Optional<FeatureSpace> features() {
        return features;
    }

    /** What makes images smaller for a network of some parameters; empty if it sees them as they are. */
    Optional<ResizeAreaParams> resize(Parameters parameters) {
        return images.flatMap(space -> space.resize(parameters));
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

    private void addConvolutions(SearchSpace.Builder space, Condition... conditions) {
        addBlocks(space, conditions);
        space.add(HEAD, choice(Head.values()), conditions);
        space.add(DENSE_UNITS, IntDistribution.stepped(0, 64, 16), conditions);
    }

    private void addBlocks(SearchSpace.Builder space, Condition... conditions) {
        space.add(BLOCKS, IntDistribution.uniform(1, maxBlocks), conditions);
        for (int i = 1; i <= maxBlocks; i++) {
            Condition present = Condition.atLeast(BLOCKS, i);
            if (i > 1 || features.isPresent() || input.dim(3) >= SEPARABLE_FROM_CHANNELS) {
                space.add(CONVOLUTION + i, choice(Convolution.values()), present);
            }
            space.add(CHANNELS + i, IntDistribution.stepped(4, 64, 4), present);
            space.add(KERNEL + i, IntDistribution.stepped(3, 5, 2), present);
            space.add(REDUCTION + i, choice(Reduction.values()), present);
        }
    }

    private void addDenseLayers(SearchSpace.Builder space, Condition... conditions) {
        space.add("dense_layers", IntDistribution.uniform(0, MAX_DENSE_LAYERS), conditions);
        for (int i = 1; i <= MAX_DENSE_LAYERS; i++) {
            space.add("dense_units_" + i, IntDistribution.stepped(4, 128, 4), Condition.atLeast("dense_layers", i));
        }
    }

    /** The network of some parameters. */
    public NetworkSpec network(Parameters parameters) {
        boolean convolves = convolves(parameters);
        List<Block> blocks = new ArrayList<>();
        for (int i = 1; convolves && i <= parameters.getInt(BLOCKS); i++) {
            blocks.add(new Block(
                    parameters.has(CONVOLUTION + i)
                            ? value(Convolution.class, parameters, CONVOLUTION + i)
                            : Convolution.FULL,
                    parameters.getInt(CHANNELS + i),
                    parameters.getInt(KERNEL + i),
                    value(Reduction.class, parameters, REDUCTION + i)));
        }
        Head head = convolves ? value(Head.class, parameters, HEAD) : Head.FLATTEN;
        return new NetworkSpec(
                layout(parameters),
                normalization(parameters),
                blocks,
                head,
                denseUnits(parameters),
                parameters.getDouble(DROPOUT));
    }

    private boolean convolves(Parameters parameters) {
        return features.map(f -> f.isMap(parameters)).orElse(isImage());
    }

    /** Readings are a series from the beginning. */
    private Layout layout(Parameters parameters) {
        if (parameters.has(LAYOUT)) {
            return value(Layout.class, parameters, LAYOUT);
        }
        return features.isPresent() && convolves(parameters) ? Layout.SERIES : Layout.MAP;
    }

    private static Normalization normalization(Parameters parameters) {
        return parameters.has(NORMALIZATION)
                ? value(Normalization.class, parameters, NORMALIZATION)
                : Normalization.NONE;
    }

    private List<Integer> denseUnits(Parameters parameters) {
        if (convolves(parameters)) {
            int units = parameters.getInt(DENSE_UNITS);
            return units == 0 ? List.of() : List.of(units);
        }
        List<Integer> units = new ArrayList<>();
        for (int i = 1; i <= parameters.getInt("dense_layers"); i++) {
            units.add(parameters.getInt("dense_units_" + i));
        }
        return units;
    }

    /** Networks that are known to do well. */
    Baselines baselines() {
        return new Baselines(features.map(FeatureSpace::baselines).orElse(List.of()).stream()
                .map(variants -> variants.stream().map(searchSpace::nearest).toList())
                .toList());
    }

    /**
     * The smallest networks, one for each combination of choices: all numbers are the least, and a larger number makes
     * nothing smaller. So a limit that all of them exceed is exceeded by every network.
     */
    List<Parameters> smallest() {
        List<double[]> points = List.of(new double[searchSpace.size()]);
        for (int i = 0; i < searchSpace.size(); i++) {
            int axis = i;
            if (searchSpace.distribution(i) instanceof CategoricalDistribution distribution) {
                points = points.stream()
                        .flatMap(point -> choices(point, axis, distribution))
                        .toList();
            }
        }
        return points.stream().map(searchSpace::decode).toList();
    }

    /** A point for each choice, or the point itself if that parameter is not active there. */
    private Stream<double[]> choices(double[] point, int axis, CategoricalDistribution distribution) {
        if (!searchSpace.decode(point).has(searchSpace.names().get(axis))) {
            return Stream.of(point);
        }
        return distribution.choices().stream().map(choice -> {
            double[] other = point.clone();
            other[axis] = distribution.encode(choice);
            return other;
        });
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
