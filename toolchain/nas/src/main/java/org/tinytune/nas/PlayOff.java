package org.tinytune.nas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.data.Parallel;
import org.tinytune.data.SplitPlan;
import org.tinytune.data.split.SearchData;
import org.tinytune.search.RandomStreams;
import org.tinytune.search.study.StudySettings;
import org.tinytune.search.trial.FrozenTrial;

/**
 * Chooses among the best trials where samples come from a few groups. A validation part of one speaker out of four
 * tells more of that speaker than of those who will use the product: the trial that suits it best is seldom the best
 * for others. So the first few are trained once more for every fold of the groups, and what counts is how many samples
 * they tell in all folds together.
 *
 * <p>Checked by: PlayOffTest.
 */
public final class PlayOff {
    /** By their score so far, at most. */
    private static final int BEST = 3;
    /** With what the search began with, which always takes part. */
    private static final int MOST_FINALISTS = 4;
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

    /** Keeps what is known of trainings, so that a play-off that was interrupted goes on where it was. */
    interface Ledger {
        /** Keeps nothing. */
        Ledger NONE = new Ledger() {
            @Override
            public OptionalInt told(int trial, int fold) {
                return OptionalInt.empty();
            }

            @Override
            public void keep(int trial, int fold, int told) {}
        };

        /** How many samples of a fold a trial's network told; empty if it was not trained yet. */
        OptionalInt told(int trial, int fold);

        /** Keeps how many samples of a fold a trial's network tells. May be called by any thread. */
        void keep(int trial, int fold, int told);
    }

    /** Whether there is one. */
    boolean isNeeded() {
        return folds > 0;
    }

    /** How many samples pass through networks at most, each once an epoch; 0 if there is no play-off. */
    long passes() {
        long samples = task.searchData().all().size();
        int began = task.space().baselines().variants();
        int finalists = began + best(began);
        return finalists * samples * (folds - Math.min(1, folds)) * candidateEpochs();
    }

    /** How many of the best take part beside so many that the search began with. */
    private static int best(int began) {
        return Math.min(BEST, MOST_FINALISTS - began);
    }

    /** Epochs of one training. */
    private int candidateEpochs() {
        return TrainingBudget.ofCandidate(task.searchData().training().size()).epochs();
    }

    /** Who takes part: none if nobody would have an opponent. */
    List<FrozenTrial> finalists(List<FrozenTrial> ranked) {
        if (!isNeeded()) {
            return List.of();
        }
        Baselines baselines = task.space().baselines();
        List<FrozenTrial> began = ranked.stream()
                .filter(trial -> baselines.contain(trial.parameters()))
                .toList();
        Stream<FrozenTrial> first = ranked.stream().limit(best(began.size()));
        List<FrozenTrial> finalists =
                Stream.concat(first, began.stream()).distinct().toList();
        return finalists.size() > 1 ? finalists : List.of();
    }

    /** How many trainings there will be. */
    int trainings(List<FrozenTrial> finalists) {
        return finalists.size() * folds;
    }

    /**
     * Trains every finalist for every fold.
     *
     * @param threads that trainings are divided among; the result does not depend on them
     * @param ledger of the same search
     * @param trained told whenever a training has ended, or was known; by any thread
     * @param stop asked before every step
     * @return the best first; of equals, whoever was ahead
     * @throws CancellationException if {@code stop} said so
     */
    List<Standing> run(
            List<FrozenTrial> finalists, int threads, Ledger ledger, Runnable trained, BooleanSupplier stop) {
        List<SearchData> parts = task.searchData().folds(folds, RandomStreams.seed(seed, "folds of the play-off"));
        // As many as there are trials side by side: each holds features of its own.
        int sideBySide = Math.min(Math.min(threads, StudySettings.DEFAULT_LAG + 1), trainings(finalists));
        CandidateTraining training = new CandidateTraining(task, threads / sideBySide);
        List<Integer> told = new Parallel(sideBySide, stop).map(trainings(finalists), i -> {
            FrozenTrial finalist = finalists.get(i / folds);
            int fold = i % folds;
            int right = ledger.told(finalist.number(), fold)
                    .orElseGet(() -> told(training, finalist, parts.get(fold), fold, stop));
            ledger.keep(finalist.number(), fold, right);
            trained.run();
            return right;
        });
        List<Standing> standings = new ArrayList<>();
        for (int i = 0; i < finalists.size(); i++) {
            int right = told.subList(i * folds, (i + 1) * folds).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            int all = task.searchData().all().size();
            standings.add(new Standing(finalists.get(i).number(), (double) right / all, folds));
        }
        standings.sort(Comparator.comparingDouble((Standing standing) -> -standing.accuracy()));
        return List.copyOf(standings);
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
}
