package org.tinytune.nas;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.data.Dataset;
import org.tinytune.data.split.SearchData;
import org.tinytune.data.split.Split;
import org.tinytune.data.split.SplitOptions;
import org.tinytune.train.Compression;
import org.tinytune.train.EarlyStopping;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.model.DeclaredTraining;
import org.tinytune.train.model.ModelFile;

/**
 * What optimizers train when they are compared: a network, the data, and all of the training that is not the
 * optimizer's.
 *
 * <p>Checked by: OptimizerBenchmarkTest.
 */
public final class BenchmarkWorkload {
    private static final String STANDARD_NAME = "standard";
    private static final int STANDARD_BATCH = 32;
    /** Of the division of the data; runs have seeds of their own. */
    private static final long DATA_SEED = 1;

    private final String name;
    private final Graph graph;
    private final SearchData data;
    private final TrainingConfig training;

    private BenchmarkWorkload(String name, Graph graph, SearchData data, TrainingConfig training) {
        this.name = name;
        this.graph = graph;
        this.data = data;
        this.training = training;
    }

    /**
     * The standard network for samples of their shape, in batches of 32.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the data asks for no classifier
     */
    public static BenchmarkWorkload standard(Dataset dataset) {
        requireClasses(dataset);
        SearchTask task = new SearchTask(dataset, DATA_SEED);
        // Epochs, learning rate and threads are those of the plan.
        TrainingConfig training = TrainingConfig.standard(1, 0, STANDARD_BATCH, 1, 1);
        return new BenchmarkWorkload(STANDARD_NAME, task.standardNetwork(), task.searchData(), training);
    }

    /**
     * A declared network, with the file's batch size, loss, initializer, clipping and regularization. What it says of
     * epochs, optimizer, schedule, patience, pruning, integers and a teacher is left out.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the data asks for no classifier, or the file has
     *     a mistake or does not fit the data
     */
    public static BenchmarkWorkload declared(ModelFile file, Dataset dataset) {
        requireClasses(dataset);
        DeclaredTraining declared = new DeclaredTraining(file, dataset, DATA_SEED, 1);
        if (!declared.seesSamples()) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    "optimizers are compared on samples as they are: leave [features] out of the model's file");
        }
        TrainingConfig config = declared.config();
        TrainingConfig training =
                config.with(config.regularization().with(EarlyStopping.NEVER)).with(Compression.NONE);
        SearchData data = Split.of(dataset, SplitOptions.seeded(DATA_SEED)).search();
        return new BenchmarkWorkload(file.name(), declared.graph(), data, training);
    }

    private static void requireClasses(Dataset dataset) {
        if (dataset.task() != TaskKind.CLASSIFICATION) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    "'" + dataset.card().name() + "' asks for " + dataset.task().id()
                            + ", but optimizers are compared by accuracy: use a data set with classes");
        }
    }

    /** What the network is called; "standard" if nobody declared it. */
    public String name() {
        return name;
    }

    /** Samples of a step. */
    public int batchSize() {
        return training.batchSize();
    }

    Graph graph() {
        return graph;
    }

    SearchData data() {
        return data;
    }

    TrainingConfig training() {
        return training;
    }
}
