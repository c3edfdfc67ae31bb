package org.tinytune.nas;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.Graph;
import org.tinytune.data.Dataset;
import org.tinytune.data.Parallel;
import org.tinytune.data.Samples;
import org.tinytune.data.feature.FeatureSamples;
import org.tinytune.search.sampler.BayesSampler;
import org.tinytune.search.sampler.RandomSampler;
import org.tinytune.search.sampler.Sampler;
import org.tinytune.search.sampler.StartingPoints;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.storage.SqliteStorage;
import org.tinytune.search.study.Direction;
import org.tinytune.search.study.ParetoFront;
import org.tinytune.search.study.RunLimits;
import org.tinytune.search.study.RunOutcome;
import org.tinytune.search.study.Study;
import org.tinytune.search.study.StudyListener;
import org.tinytune.search.study.StudyRunner;
import org.tinytune.search.study.StudySettings;
import org.tinytune.search.trial.Feasibility;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.train.Evaluator;
import org.tinytune.train.TrainingResult;

/**
 * Searches for a network that fits a board: proposes candidates, rejects what cannot fit, trains and scores the rest,
 * compares the best once more where groups are few, trains the winner on everything but the test part, and scores that
 * on the test part, once.
 *
 * <p>The result follows from data, request and version: not from the number of threads, nor from interruptions in
 * between. A time limit only decides which trial is the last.
 */
public final class ModelSearch {
    /** The better trial is the greater: by accuracy, then loss, then the earlier one. */
    public static final Comparator<FrozenTrial> BY_RANK = Comparator.comparingDouble(
                    (FrozenTrial trial) -> trial.values().get(0))
            .thenComparingDouble(trial -> -TrialFigures.of(trial, TrialFigures.INT8_LOSS))
            .thenComparingInt(trial -> -trial.number());

    private static final List<Direction> DIRECTIONS =
            List.of(Direction.MAXIMIZE, Direction.MINIMIZE, Direction.MINIMIZE, Direction.MINIMIZE);

    private final SearchRequest request;
    private final SearchTask task;
    private final PlayOff playOff;
    private final LastTraining lastTraining;
    private final FootprintMeter meter;
    private final FitCheck check;
    private final Map<String, String> fingerprints;
    private final Optional<TimeBudget> timeBudget;
    private volatile boolean stopRequested;
    private volatile Optional<StudyRunner> runner = Optional.empty();

    /**
     * @param request what is searched for
     * @param dataset read from {@code request.data()}
     * @param version of the program, with its commit; a study is resumed by the same one only
     */
    public ModelSearch(SearchRequest request, Dataset dataset, String version) {
        this(
                request,
                new SearchTask(dataset, request.seed(), request.features()),
                new FootprintMeter(request.board()),
                version);
    }

    /**
     * @param task whose test part nobody else opens
     * @param meter of the request's board
     */
    ModelSearch(SearchRequest request, SearchTask task, FootprintMeter meter, String version) {
        this.request = request;
        this.task = task;
        this.playOff = new PlayOff(task, request.seed());
        this.lastTraining = new LastTraining(task, request.seed());
        this.meter = meter.withinRam(request.limits().ramBytes());
        this.check = new FitCheck(this.meter, request.limits());
        this.timeBudget = request.timeLimit().map(this::timeBudget);
        this.fingerprints = new LinkedHashMap<>();
        fingerprints.put("version", version);
        fingerprints.put("data", task.dataset().fingerprint());
        fingerprints.put("split", task.dataset().splitPlan().toString());
        fingerprints.put("board", request.board().id());
        fingerprints.put(
                "board file", Digests.sha256(Boards.toml(request.board().id())));
        fingerprints.put("limits", request.limits().inWords());
        fingerprints.put("sizes", meter.sizesOrigin());
    }

    /**
     * How many epochs there will be in all but a play-off, as a listener is told of; -1 if only time limits the search.
     */
    public long epochs() {
        if (request.trials() == Integer.MAX_VALUE) {
            return -1;
        }
        return (long) request.trials() * TrialObjective.reports(candidateBudget()) + lastTraining.epochs();
    }

    private TrainingBudget candidateBudget() {
        return TrainingBudget.ofCandidate(task.searchData().training().size());
    }

    /** Asks the search to end as soon as it can; {@link #run} then throws. May be called by any thread. */
    public void requestStop() {
        stopRequested = true;
        runner.ifPresent(StudyRunner::requestStop);
    }

    /**
     * Searches, or continues the study that is there.
     *
     * @throws CancellationException if it was asked to stop; the study can be continued
     * @throws TinytuneException with {@link ExitCode#DOES_NOT_FIT} if no candidate fits the board or was trained
     */
    public SearchResult run(SearchListener listener) {
        return run(listener, result -> result);
    }

    /**
     * Searches, or continues the study that is there, and does something with the result while nobody else may run the
     * study.
     *
     * @param use what is done with the result
     * @throws CancellationException as {@link #run(SearchListener)}, or as {@code use} does
     * @throws TinytuneException as {@link #run(SearchListener)}
     */
    public <T> T run(SearchListener listener, Function<SearchResult, T> use) {
        requireThatAnyFits();
        // The study closes its storage too, but one that does not open cannot.
        try (SqliteStorage storage = storage();
                Study study = Study.open(settings(), storage)) {
            List<FrozenTrial> trials = StudyLedger.withoutEntries(runStudy(study, listener));
            return use.apply(finish(trials, new StudyLedger(study), listener, this::fits));
        }
    }

    private boolean fits(Footprint footprint) {
        return check.over(footprint).stream().allMatch(over -> over <= 0);
    }

    /**
     * Trains the best network once more, the winner of the play-off if there is one, and scores it on the test part;
     * the next best, should the first turn out too large.
     *
     * @param ledger of the play-off
     * @param fits whether a trained model may leave
     */
    SearchResult finish(
            List<FrozenTrial> trials, PlayOff.Ledger ledger, SearchListener listener, Predicate<Footprint> fits) {
        List<FrozenTrial> ranked = trials.stream()
                .filter(FrozenTrial::isCandidate)
                .sorted(BY_RANK.reversed())
                .toList();
        List<PlayOff.Standing> standings = standings(ranked, ledger, listener);
        List<FrozenTrial> candidates = Stream.concat(
                        standings.stream().map(standing -> trials.get(standing.trial())), ranked.stream())
                .distinct()
                .toList();
        for (FrozenTrial candidate : candidates) {
            TrainingResult model = trainLast(candidate, listener).withInt8Graph(meter::withKernels);
            Footprint footprint = meter.measure(model.int8Graph());
            if (fits.test(footprint)) {
                return result(trials, standings, candidate, model, footprint);
            }
        }
        throw candidates.isEmpty() ? noneTrained(trials) : doesNotFit("no trained network fits " + withLimits());
    }

    private List<PlayOff.Standing> standings(List<FrozenTrial> ranked, PlayOff.Ledger ledger, SearchListener listener) {
        List<FrozenTrial> finalists = request.playOff() ? playOff.finalists(ranked) : List.of();
        if (finalists.isEmpty()) {
            return List.of();
        }
        if (!timeBudget.map(TimeBudget::leavesTimeForPlayOff).orElse(true)) {
            listener.playOffSkipped();
            return List.of();
        }
        listener.playOffStarted(finalists, playOff.trainings(finalists));
        List<PlayOff.Standing> standings =
                playOff.run(finalists, request.threads(), ledger, listener::playOffTrained, () -> stopRequested);
        listener.playOffEnded(standings);
        return standings;
    }

    private SearchResult result(
            List<FrozenTrial> trials,
            List<PlayOff.Standing> standings,
            FrozenTrial best,
            TrainingResult model,
            Footprint footprint) {
        Samples test = task.testSet().open();
        Samples seen = FeatureSamples.seenBy(model.int8Graph(), test, Parallel.of(request.threads()));
        return new SearchResult(
                task.dataset(),
                trials,
                paretoFront(trials),
                standings,
                meter.sizesOrigin(),
                best,
                model,
                footprint,
                meter.plan(model.int8Graph()),
                Evaluator.evaluate(model.floatGraph(), seen, request.threads()),
                Evaluator.evaluate(model.int8Graph(), test, request.threads()),
                test);
    }

    /**
     * Tells at once what a search would learn by and by.
     *
     * @throws TinytuneException with {@link ExitCode#DOES_NOT_FIT} if even the smallest networks exceed a limit
     */
    public void requireThatAnyFits() {
        List<Graph> smallest =
                task.space().smallest().stream().map(task::skeleton).toList();
        FitCheck quick = new FitCheck(new FootprintMeter(request.board(), false), request.limits());
        if (smallest.stream().map(quick::check).anyMatch(Feasibility::isFeasible)) {
            return; // by their upper bounds
        }
        List<Feasibility> checks = smallest.stream().map(check::check).toList();
        for (int c = 0; c < FitCheck.UNITS.size(); c++) {
            int constraint = c;
            double over = checks.stream()
                    .mapToDouble(feasibility -> feasibility.constraints().get(constraint))
                    .min()
                    .orElseThrow();
            if (over > 0) {
                throw doesNotFit(String.format(
                        Locale.ROOT,
                        "no network fits %s: the smallest is over by %.0f %s or more",
                        withLimits(),
                        Math.ceil(over),
                        FitCheck.UNITS.get(c)));
            }
        }
    }

    List<FrozenTrial> runStudy(Study study, SearchListener listener) {
        RunLimits limits = RunLimits.ofTrials(request.trials())
                .withThreads(Math.min(request.threads(), StudySettings.DEFAULT_LAG + 1));
        List<StudyListener> listeners = new ArrayList<>(List.of(listener));
        if (timeBudget.isPresent()) {
            TimeBudget budget = timeBudget.get();
            budget.resumeAfter(study.trials());
            limits = limits.withTimeLimit(budget::forTrials);
            listeners.add(0, budget);
        }
        StudyRunner current = new StudyRunner(
                study, new TrialObjective(task, threadsPerTrial()), limits, StudyListener.all(listeners));
        runner = Optional.of(current);
        if (stopRequested) {
            current.requestStop();
        }
        listener.searchStarted(study.allTrials().stream()
                .filter(trial -> trial.state().isFinished())
                .toList());
        RunOutcome outcome = current.run();
        if (outcome == RunOutcome.INTERRUPTED) {
            throw new CancellationException("the search was interrupted");
        }
        if (study.startedTrials() == 0 && !study.allTrials().isEmpty()) {
            throw doesNotFit("none of " + study.allTrials().size() + " proposed networks fits " + withLimits());
        }
        return study.trials();
    }

    private SqliteStorage storage() {
        return Files.exists(request.study())
                ? SqliteStorage.open(request.study())
                : SqliteStorage.create(request.study());
    }

    /** Cores that trials side by side leave idle are used inside each of them. */
    private int threadsPerTrial() {
        return Math.max(1, request.threads() / (StudySettings.DEFAULT_LAG + 1));
    }

    private TimeBudget timeBudget(Duration limit) {
        double candidatePasses =
                (double) task.searchData().training().size() * candidateBudget().epochs();
        return new TimeBudget(
                limit,
                (request.playOff() ? playOff.passes() : 0) / candidatePasses,
                lastTraining.passes() / candidatePasses,
                (double) request.threads() / threadsPerTrial(),
                BY_RANK,
                System::nanoTime);
    }

    private StudySettings settings() {
        StudySettings settings = StudySettings.of(task.space().searchSpace(), sampler(), request.seed())
                .withObjectives(TrialObjective.OBJECTIVES.toArray(String[]::new))
                .withConstraints(
                        parameters -> check.check(task.skeleton(parameters)),
                        FitCheck.CONSTRAINTS.toArray(String[]::new));
        for (Map.Entry<String, String> entry : fingerprints.entrySet()) {
            settings = settings.withFingerprint(entry.getKey(), entry.getValue());
        }
        return settings;
    }

    private Sampler sampler() {
        return switch (request.sampler()) {
            case BAYES -> new StartingPoints(startingPoints(), new BayesSampler());
            case RANDOM -> new RandomSampler();
        };
    }

    /** The largest network that fits of those that are known to do well, in all ways to train it. */
    List<Parameters> startingPoints() {
        return task.space().baselines().sizes().stream()
                .filter(variants -> check.check(task.skeleton(variants.get(0))).isFeasible())
                .findFirst()
                .orElse(List.of());
    }

    private static TinytuneException noneTrained(List<FrozenTrial> trials) {
        String reason = trials.stream()
                .flatMap(trial -> Optional.ofNullable(trial.attributes().get(FrozenTrial.FAILURE)).stream())
                .findFirst()
                .orElse("give it more time or trials");
        return new TinytuneException(ExitCode.DOES_NOT_FIT, "no network was trained to its end (" + reason + ")");
    }

    private TinytuneException doesNotFit(String what) {
        return new TinytuneException(ExitCode.DOES_NOT_FIT, what + " (give it more, or take a larger board)");
    }

    private String withLimits() {
        Limits limits = request.limits();
        String latency = limits.latencyMicros().isPresent()
                ? " in " + limits.latencyMicros().getAsLong() + " us"
                : "";
        return request.board().id() + " with " + limits.ramBytes() + " B of RAM and " + limits.flashBytes()
                + " B of flash" + latency;
    }

    private TrainingResult trainLast(FrozenTrial best, SearchListener listener) {
        listener.lastTrainingStarted(best, lastTraining.epochs());
        return lastTraining.run(
                best.number(), best.parameters(), request.threads(), listener::lastTrainingEpoch, () -> stopRequested);
    }

    private static List<Integer> paretoFront(List<FrozenTrial> trials) {
        List<FrozenTrial> candidates =
                trials.stream().filter(FrozenTrial::isCandidate).toList();
        return ParetoFront.of(
                        candidates,
                        DIRECTIONS,
                        trial -> trial.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray())
                .stream()
                .map(FrozenTrial::number)
                .toList();
    }
}
