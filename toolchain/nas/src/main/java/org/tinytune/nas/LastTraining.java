package org.tinytune.nas;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.Dataset;
import org.tinytune.data.Parallel;
import org.tinytune.data.Samples;
import org.tinytune.data.feature.NetworkInput;
import org.tinytune.search.RandomStreams;
import org.tinytune.search.space.Parameters;
import org.tinytune.train.Epoch;
import org.tinytune.train.Trainer;
import org.tinytune.train.TrainingResult;

/**
 * How a search ends: the chosen network is trained once more, from its first weights and for longer, on everything but
 * the test part. Its result follows from data, seed, trial and parameters alone, so that it can be had again without
 * the search.
 */
public final class LastTraining {
    private final SearchTask task;
    private final long seed;
    private final Samples samples;
    private final TrainingBudget budget;

    /**
     * The last training of a search that was.
     *
     * @param dataset that was searched on
     * @param seed of the search
     * @param features that it chose from; none for those that suit the data
     */
    public LastTraining(Dataset dataset, long seed, List<FeatureSpace.Block> features) {
        this(new SearchTask(dataset, seed, features), seed);
    }

    LastTraining(SearchTask task, long seed) {
        this.task = task;
        this.seed = seed;
        this.samples = task.searchData().all();
        this.budget = TrainingBudget.ofFinal(samples.size());
    }

    /** How many epochs it has. */
    public int epochs() {
        return budget.epochs();
    }

    /** How many samples pass through the network, each once an epoch. */
    long passes() {
        return (long) samples.size() * epochs();
    }

    /**
     * Trains. Where there are features, the float network takes these, and the INT8 model makes them itself.
     *
     * @param trial number of the trial that was chosen
     * @param parameters of that trial
     * @param threads that share the work; the result does not depend on them
     * @param listener told of every epoch
     * @param stop asked before every step
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the space of this data set does not hold the
     *     parameters
     * @throws CancellationException if {@code stop} said so
     */
    public TrainingResult run(
            int trial, Parameters parameters, int threads, Consumer<Epoch> listener, BooleanSupplier stop) {
        requireInSpace(parameters);
        NetworkInput input = task.input(parameters, samples, new Parallel(threads, stop));
        long ofTraining = RandomStreams.seed(seed, "last training", trial);
        return Trainer.fit(
                        task.network(parameters, input),
                        task.varied(parameters, input, ofTraining),
                        Optional.empty(),
                        task.training(parameters, input, budget, threads),
                        ofTraining,
                        listener::accept,
                        stop)
                .withInt8Graph(input::model);
    }

    private void requireInSpace(Parameters parameters) {
        try {
            task.space().searchSpace().encode(parameters);
        } catch (IllegalArgumentException e) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    "no network of this version's search space: " + e.getMessage() + " (use the version that made it)",
                    e);
        }
    }
}
