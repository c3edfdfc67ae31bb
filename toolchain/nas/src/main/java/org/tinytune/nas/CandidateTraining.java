package org.tinytune.nas;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.data.Parallel;
import org.tinytune.data.Samples;
import org.tinytune.data.feature.NetworkInput;
import org.tinytune.data.split.SearchData;
import org.tinytune.search.space.Parameters;
import org.tinytune.train.Epoch;
import org.tinytune.train.Evaluation;
import org.tinytune.train.Evaluator;
import org.tinytune.train.Trainer;
import org.tinytune.train.TrainingResult;

/** Trains candidates as long as a candidate is trained, and scores them on what they have not seen. */
final class CandidateTraining {
    private final SearchTask task;
    private final int threads;

    /** @param threads that share each mini-batch */
    CandidateTraining(SearchTask task, int threads) {
        this.task = task;
        this.threads = threads;
    }

    /**
     * How well a candidate does.
     *
     * @param floats before quantization
     * @param int8 what counts
     */
    record Score(Evaluation floats, Evaluation int8) {}

    /**
     * Trains on one part and scores on the other.
     *
     * @param data whose features are fitted to its training part alone
     * @param seed of the first weights, the order of samples and how they vary
     * @param listener told of every epoch
     * @param stop asked before every step
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it diverges
     * @throws CancellationException if {@code stop} said so
     */
    Score run(Parameters parameters, SearchData data, long seed, Consumer<Epoch> listener, BooleanSupplier stop) {
        NetworkInput input = task.input(parameters, data.training(), new Parallel(threads, stop));
        Graph network = task.network(parameters, input);
        Samples validation = input.of(data.validation());
        TrainingBudget budget = TrainingBudget.ofCandidate(data.training().size());
        TrainingResult model = Trainer.fit(
                network,
                task.varied(parameters, input, seed),
                Optional.of(validation),
                task.training(parameters, input, budget, threads),
                seed,
                listener::accept,
                stop);
        return new Score(
                Evaluator.evaluate(model.floatGraph(), validation, threads),
                Evaluator.evaluate(model.int8Graph(), validation, threads));
    }
}
