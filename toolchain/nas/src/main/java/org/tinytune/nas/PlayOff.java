package org.tinytune.nas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.data.SplitPlan;
import org.tinytune.data.split.SearchData;
import org.tinytune.search.RandomStreams;
import org.tinytune.search.trial.FrozenTrial;

/**
 * Chooses among the best trials where samples come from a few groups. A validation part of one speaker out of four
 * tells more of that speaker than of those who will use the product: the trial that suits it best is seldom the best
 * for others. So the first few are trained once more for every fold of the groups, and what counts is how many samples
 * they tell in all folds together.
 */
public final class PlayOff {
    /** By their score so far; what the search began with comes in besides. */
    private static final int FINALISTS = 3;
    /** With more groups than this, a validation part holds several. */
    private static final int MOST_GROUPS = 10;

    private static final int LEAST_FOLDS = 3;
    private static final int MOST_FOLDS = 5;

    private final SearchTask task;
    private final long seed;
    private final int folds;

    /** @param seed of the search */
    PlayOff(SearchTask task, long seed) {
        this.task = task;
        this.seed = seed;
        SearchData data = task.searchData();
        boolean needed = data.groups() <= MOST_GROUPS
                && data.groupsOfEveryClass() >= LEAST_FOLDS
                && task.dataset().splitPlan().method() != SplitPlan.Method.FORWARD;
        this.folds = needed ? Math.min(MOST_FOLDS, data.groupsOfEveryClass()) : 0;
    }

    /**
     * Where a trial stands.
     *
     * @param trial its number
     * @param accuracy of the INT8 networks over the samples of all folds, in [0, 1]
     * @param folds how many there were
     */
    public record Standing(int trial, double accuracy, int folds) {}

    /** Whether there is one. */
    boolean isNeeded() {
        return folds > 0;
    }

    /** How many samples pass through networks, each once an epoch; 0 if there is no play-off. */
    long passes() {
        long samples = task.searchData().all().size();
        return (FINALISTS + 1) * samples * (folds - Math.min(1, folds)) * candidateEpochs();
    }

    /** Epochs of one training. */
    private int candidateEpochs() {
        return TrainingBudget.ofCandidate(task.searchData().training().size()).epochs();
    }

    /** Who takes part: none if nobody would have an opponent. */
    List<FrozenTrial> finalists(List<FrozenTrial> ranked) {
        Stream<FrozenTrial> first = ranked.stream().limit(FINALISTS);
        Stream<FrozenTrial> began = ranked.stream().filter(this::isStartingPoint);
        List<FrozenTrial> finalists = Stream.concat(first, began).distinct().toList();
        return isNeeded() && finalists.size() > 1 ? finalists : List.of();
    }

    private boolean isStartingPoint(FrozenTrial trial) {
        return task.space().baselines().contains(trial.parameters());
    }

    /** How many trainings there will be. */
    int trainings(List<FrozenTrial> finalists) {
        return finalists.size() * folds;
    }

    /**
     * Trains every finalist for every fold.
     *
     * @param threads that trainings are divided among; the result does not depend on them
     * @param trained told whenever a training has ended, by any thread
     * @param stop asked before every step
     * @return the best first; of equals, whoever was ahead
     * @throws CancellationException if {@code stop} said so
     */
    List<Standing> run(List<FrozenTrial> finalists, int threads, Runnable trained, BooleanSupplier stop) {
        List<SearchData> parts = task.searchData().folds(folds, RandomStreams.seed(seed, "folds of the play-off"));
        int sideBySide = Math.min(threads, trainings(finalists));
        CandidateTraining training = new CandidateTraining(task, threads / sideBySide);
        ExecutorService executor = Executors.newFixedThreadPool(sideBySide);
        try {
            List<List<Future<Integer>>> told = new ArrayList<>();
            for (FrozenTrial finalist : finalists) {
                List<Future<Integer>> ofFolds = new ArrayList<>();
                for (int f = 0; f < folds; f++) {
                    int fold = f;
                    ofFolds.add(executor.submit(() -> {
                        int right = told(training, finalist, parts.get(fold), fold, stop);
                        trained.run();
                        return right;
                    }));
                }
                told.add(ofFolds);
            }
            List<Standing> standings = new ArrayList<>();
            for (int i = 0; i < finalists.size(); i++) {
                int right = 0;
                for (Future<Integer> ofFold : told.get(i)) {
                    right += result(ofFold);
                }
                int all = task.searchData().all().size();
                standings.add(new Standing(finalists.get(i).number(), (double) right / all, folds));
            }
            standings.sort(Comparator.comparingDouble((Standing standing) -> -standing.accuracy()));
            return List.copyOf(standings);
        } finally {
            executor.shutdownNow();
        }
    }

    /** How many samples of a fold a network tells that was trained on the others; none if its training diverges. */
    private int told(
            CandidateTraining training, FrozenTrial finalist, SearchData fold, int number, BooleanSupplier stop) {
        try {
            double accuracy = training.run(
                            finalist.parameters(),
                            fold,
                            RandomStreams.seed(seed, "play-off", finalist.number(), number),
                            epoch -> {},
                            stop)
                    .int8()
                    .accuracy();
            return (int) Math.rint(accuracy * fold.validation().size());
        } catch (InvalidModelException e) {
            throw e;
        } catch (TinytuneException e) {
            return 0;
        }
    }

    private static int result(Future<Integer> told) {
        try {
            return told.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the play-off was interrupted");
        }
    }
}
