package org.tinytune.nas;

import java.util.SortedMap;
import java.util.TreeMap;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.InputEncodings;
import org.tinytune.data.Samples;
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
    private final Shape input;
    private final NetworkSpace space;
    private final Metadata metadata;

    /**
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the data asks for no classifier, or is too small
     */
    SearchTask(Dataset dataset, long seed) {
        requireClasses(dataset);
        this.dataset = dataset;
        this.split = Split.of(dataset, SplitOptions.seeded(seed));
        this.input = batchOfOne(dataset.shape());
        this.space = NetworkSpace.forInput(input);
        this.metadata = metadata(dataset, encoding(split.search().training()));
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

    private static Metadata metadata(Dataset dataset, InputEncoding encoding) {
        SortedMap<String, String> extra = new TreeMap<>();
        extra.put("dataset", dataset.card().name());
        extra.put("datasetFingerprint", dataset.fingerprint());
        String description = "Classifier of " + dataset.card().name() + ", made by tinytune";
        return new Metadata(MODEL_NAME, description, dataset.labels(), encoding, extra);
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

    /** The float graph of some parameters, its weights not yet initialized. */
    Graph network(Parameters parameters) {
        return NetworkBuilder.build(space.network(parameters), input, metadata);
    }

    /** The float graph of the standard network, its weights not yet initialized. */
    Graph standardNetwork() {
        return NetworkBuilder.build(StandardNetwork.forInput(input), input, metadata);
    }

    /** How a network of some parameters is trained. */
    TrainingConfig training(Parameters parameters, TrainingBudget budget, int threads) {
        return TrainingConfig.standard(
                        budget.floatEpochs(),
                        budget.int8Epochs(),
                        parameters.getInt("batch_size"),
                        parameters.getDouble("learning_rate"),
                        threads)
                .with(Regularization.NONE
                        .withMixup(AugmentationSpace.mixup(parameters))
                        .with(space.augmentation()
                                .augmentation(parameters, metadata.encoding().rawMin())));
    }

    /** The INT8 graph of some parameters, with weights of any value. */
    Graph skeleton(Parameters parameters) {
        return Trainer.skeleton(network(parameters), SKELETON_SEED);
    }
}
