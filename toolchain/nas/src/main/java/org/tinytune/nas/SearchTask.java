package org.tinytune.nas;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.op.resizearea.ResizeArea;
import org.tinytune.core.op.resizearea.ResizeAreaParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.InputEncodings;
import org.tinytune.data.Parallel;
import org.tinytune.data.Samples;
import org.tinytune.data.augmentation.Augmentation;
import org.tinytune.data.feature.FeatureDesign;
import org.tinytune.data.feature.NetworkInput;
import org.tinytune.data.split.SearchData;
import org.tinytune.data.split.Split;
import org.tinytune.data.split.SplitOptions;
import org.tinytune.data.split.TestSet;
import org.tinytune.search.space.Parameters;
import org.tinytune.train.Regularization;
import org.tinytune.train.Trainer;
import org.tinytune.train.TrainingConfig;

/**
 * What all trials of a search share: the data without its test part, the space, and the way from parameters to graphs.
 */
final class SearchTask {
    /** Names the generated library and the firmware's model. */
    private static final String MODEL_NAME = "model";

    /** Any weights do: only their number counts. */
    private static final long SKELETON_SEED = 0;

    private final Dataset dataset;
    private final Split split;
    private final NetworkSpace space;
    private final InputEncoding encoding;

    /** Of the features that suit the data, where there are any. */
    SearchTask(Dataset dataset, long seed) {
        this(dataset, seed, List.of());
    }

    /**
     * @param features to choose from for windows of sensor data; none for those that suit them
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the data asks for no classifier, or is too
     *     small, or no features can be made of it
     */
    SearchTask(Dataset dataset, long seed, List<FeatureSpace.Block> features) {
        requireClasses(dataset);
        if (dataset.signal().isEmpty() && !features.isEmpty()) {
            throw new TinytuneException(
                    ExitCode.USAGE,
                    "'" + dataset.card().name() + "' holds no recordings to make features of (leave out --features)");
        }
        this.dataset = dataset;
        this.split = Split.of(dataset, SplitOptions.seeded(seed));
        this.space = dataset.signal().isPresent()
                ? NetworkSpace.forWindows(dataset, new FeatureSpace(dataset, features))
                : NetworkSpace.forSamples(dataset);
        this.encoding = encoding(split.search().training());
    }

    private static void requireClasses(Dataset dataset) {
        if (dataset.task() != TaskKind.CLASSIFICATION) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    "'" + dataset.card().name() + "' asks for " + dataset.task().id()
                            + ", but a search looks for classifiers only (declare a network for tinytune train)");
        }
    }

    private static Shape batchOfOne(Shape sample) {
        int[] dims = new int[sample.rank() + 1];
        dims[0] = 1;
        System.arraycopy(sample.dims(), 0, dims, 1, sample.rank());
        return Shape.of(dims);
    }

    /**
     * Images keep their zero, which is what padding means; columns of a table have nothing in common but their scale.
     */
    private static InputEncoding encoding(Samples training) {
        return training.shape().rank() == 3
                ? InputEncodings.scaled(training, 0, 1)
                : InputEncodings.standardized(training);
    }

    private Metadata metadata(InputEncoding of) {
        SortedMap<String, String> extra = new TreeMap<>();
        extra.put("dataset", dataset.card().name());
        extra.put("datasetFingerprint", dataset.fingerprint());
        String description = "Classifier of " + dataset.card().name() + ", made by tinytune";
        return new Metadata(MODEL_NAME, description, dataset.labels(), of, extra);
    }

    Dataset dataset() {
        return dataset;
    }

    SearchData searchData() {
        return split.search();
    }

    TestSet testSet() {
        return split.test();
    }

    NetworkSpace space() {
        return space;
    }

    /**
     * What the network of some parameters sees of samples, fitted to these alone.
     *
     * @param parallel makes the features, if there are any
     * @throws CancellationException if somebody stopped it
     */
    NetworkInput input(Parameters parameters, Samples training, Parallel parallel) {
        return space.features()
                .map(features -> NetworkInput.features(features.design(parameters), training, parallel))
                .orElseGet(() -> space.resize(parameters)
                        .map(resize -> NetworkInput.smaller(resize, training, parallel))
                        .orElseGet(() -> NetworkInput.of(training, encoding(training))));
    }

    /** The float graph of some parameters, its weights not yet initialized. */
    Graph network(Parameters parameters, NetworkInput input) {
        return network(parameters, input.shape(), input.encoding());
    }

    private Graph network(Parameters parameters, Shape sample, InputEncoding of) {
        return NetworkBuilder.build(space.network(parameters), batchOfOne(sample), metadata(of));
    }

    /** The float graph of the standard network for samples as they are, its weights not yet initialized. */
    Graph standardNetwork() {
        Shape input = batchOfOne(dataset.shape());
        return NetworkBuilder.build(StandardNetwork.forInput(input), input, metadata(encoding));
    }

    /**
     * The training samples that a network sees, which vary as some parameters say.
     *
     * @param seed of the changes
     */
    Samples varied(Parameters parameters, NetworkInput input, long seed) {
        return input.training(
                space.features().isPresent() ? ofSamples(parameters, dataset.shape()) : Augmentation.NONE, seed);
    }

    private Augmentation ofSamples(Parameters parameters, Shape sample) {
        return space.augmentation().augmentation(parameters, sample, encoding.rawMin());
    }

    /** How a network of some parameters is trained on {@link #varied} samples. */
    TrainingConfig training(Parameters parameters, NetworkInput input, TrainingBudget budget, int threads) {
        Augmentation ofInput = space.features().isPresent()
                ? AugmentationSpace.masks(parameters, input.shape())
                : ofSamples(parameters, input.shape());
        return TrainingConfig.standard(
                        budget.floatEpochs(),
                        budget.int8Epochs(),
                        parameters.getInt(NetworkSpace.BATCH_SIZE),
                        parameters.getDouble(NetworkSpace.LEARNING_RATE),
                        threads)
                .with(Regularization.NONE
                        .withMixup(AugmentationSpace.mixup(parameters))
                        .with(ofInput));
    }

    /** The INT8 graph of some parameters, with weights of any value. */
    Graph skeleton(Parameters parameters) {
        Optional<ResizeAreaParams> resize = space.resize(parameters);
        if (resize.isPresent()) {
            Shape small = ResizeArea.INSTANCE.inferShape(resize.get(), List.of(batchOfOne(dataset.shape())));
            Shape sample = Shape.of(small.dim(1), small.dim(2), small.dim(3));
            Graph network = skeleton(network(parameters, sample, InputEncoding.IDENTITY));
            return NetworkInput.skeleton(resize.get(), dataset, network);
        }
        if (space.features().isEmpty()) {
            return skeleton(network(parameters, dataset.shape(), encoding));
        }
        FeatureDesign design = space.features().get().design(parameters);
        Graph network = skeleton(network(parameters, design.shape(dataset.shape()), InputEncoding.IDENTITY));
        return NetworkInput.skeleton(design, dataset, network);
    }

    private static Graph skeleton(Graph network) {
        return Trainer.skeleton(network, SKELETON_SEED);
    }
}
