package org.tinytune.search.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.tinytune.search.RandomStreams;
import org.tinytune.search.StudyException;
import org.tinytune.search.StudyException.Kind;
import org.tinytune.search.sampler.History;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.storage.Storage;
import org.tinytune.search.trial.Feasibility;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialResult;
import org.tinytune.search.trial.TrialState;

/**
 * Asks a sampler for trials, is told their results, and keeps both.
 *
 * <p><b>Why the trials do not depend on the workers.</b> Trials are proposed one after another and numbered in that
 * order. Call those that pass the feasibility check <em>started</em>. The proposal that follows k started trials knows
 * the results of started trials 0 … k − 1 − L, with the lag L fixed in the study, and all rejected ones, whose results
 * are known the moment they are proposed; of the L newest started trials it knows the parameters only, even if some
 * have ended. So a proposal waits until the trials that it may know are finished, and never looks at more, however many
 * workers there are and however fast each is.
 *
 * <p><b>Interruption.</b> A trial is stored before it is handed out. Those still {@code RUNNING} when a study is opened
 * were interrupted: they are handed out first, with the parameters and seeds that they had.
 *
 * <p>Thread-safe. Sampler and check run in the thread that asks, one proposal at a time, and do not block {@link #tell}
 * and {@link #report}.
 */
public final class Study implements AutoCloseable {
    private static final int MAX_DIFFERENCES_NAMED = 6;

    private final StudySettings settings;
    private final Storage storage;
    private final Lock proposing = new ReentrantLock();

    /** All trials; the index is the number. Guarded by this, as all below. */
    private final List<FrozenTrial> trials;
    /** The numbers of the trials that passed the check, rising. */
    private final List<Integer> started = new ArrayList<>();
    /** The numbers of those being evaluated now. */
    private final Set<Integer> handedOut = new TreeSet<>();

    private Study(StudySettings settings, Storage storage) {
        this.settings = settings;
        this.storage = storage;
        this.trials = new ArrayList<>(storage.trials());
        for (FrozenTrial trial : trials) {
            if (trial.state() != TrialState.INFEASIBLE) {
                started.add(trial.number());
            }
        }
    }

    /**
     * Begins the study, or resumes it if the storage holds one.
     *
     * @param storage closed by {@link #close}
     * @throws StudyException if the study was begun with other settings; the message names each difference
     */
    public static Study open(StudySettings settings, Storage storage) {
        Map<String, String> stored = storage.metadata();
        Map<String, String> current = settings.metadata();
        if (stored.isEmpty()) {
            storage.begin(current);
        } else {
            refuseChanges(storage.name(), stored, current);
        }
        return new Study(settings, storage);
    }

    private static void refuseChanges(String name, Map<String, String> stored, Map<String, String> current) {
        Map<String, String> keys = new LinkedHashMap<>(stored);
        keys.putAll(current);
        List<String> differences = new ArrayList<>();
        for (String key : keys.keySet()) {
            String before = stored.getOrDefault(key, "absent");
            String now = current.getOrDefault(key, "absent");
            if (!before.equals(now)) {
                differences.add(key + " was " + before + ", is " + now);
            }
        }
        if (!differences.isEmpty()) {
            int named = Math.min(differences.size(), MAX_DIFFERENCES_NAMED);
            String more = differences.size() > named ? "; and " + (differences.size() - named) + " more" : "";
            throw new StudyException(
                    Kind.CHANGED,
                    name + ": the study was begun with other settings: "
                            + String.join("; ", differences.subList(0, named)) + more
                            + " (use the same again, or start a new study)");
        }
    }

    /** What the study follows from. */
    public StudySettings settings() {
        return settings;
    }

    /**
     * The next trial: {@code RUNNING}, to be evaluated and told; or {@code INFEASIBLE}, rejected and stored, after
     * which one may ask again. Empty as long as the next proposal must wait for a result.
     */
    public Optional<FrozenTrial> ask() {
        proposing.lock();
        try {
            History history;
            synchronized (this) {
                Optional<FrozenTrial> interrupted = nextInterrupted();
                if (interrupted.isPresent()) {
                    FrozenTrial again = interrupted.get().restarted();
                    return Optional.of(handOut(again));
                }
                if (isWaiting()) {
                    return Optional.empty();
                }
                history = history();
            }
            Parameters parameters = settings.sampler().sample(history);
            Feasibility feasibility = settings.check().check(parameters);
            checkSize("constraint", feasibility.constraints(), settings.constraints(), true);
            synchronized (this) {
                return Optional.of(handOut(FrozenTrial.proposed(history.number(), parameters, feasibility)));
            }
        } finally {
            proposing.unlock();
        }
    }

    private Optional<FrozenTrial> nextInterrupted() {
        return started.stream()
                .map(trials::get)
                .filter(trial -> trial.state() == TrialState.RUNNING && !handedOut.contains(trial.number()))
                .findFirst();
    }

    /** Whether a trial whose result the next proposal must know is not finished. */
    private boolean isWaiting() {
        return visible().stream().anyMatch(trial -> !trial.state().isFinished());
    }

    /** The started trials whose results the next proposal knows: all but the newest L. */
    private List<FrozenTrial> visible() {
        int count = Math.max(0, started.size() - settings.lag());
        return started.subList(0, count).stream().map(trials::get).toList();
    }

    private History history() {
        List<FrozenTrial> visible = visible();
        Set<Integer> hidden = new TreeSet<>(started.subList(visible.size(), started.size()));
        List<FrozenTrial> finished = new ArrayList<>(trials);
        finished.removeIf(trial -> hidden.contains(trial.number()));
        List<FrozenTrial> pending =
                hidden.stream().map(trials::get).map(Study::asProposed).toList();
        return new History(settings.space(), settings.seed(), trials.size(), finished, pending);
    }

    /** Takes away what must not be known, so that no sampler can look at it. */
    private static FrozenTrial asProposed(FrozenTrial trial) {
        return FrozenTrial.proposed(trial.number(), trial.parameters(), Feasibility.UNCONSTRAINED);
    }

    private FrozenTrial handOut(FrozenTrial trial) {
        storage.put(trial);
        if (trial.number() == trials.size()) {
            trials.add(trial);
            if (trial.state() == TrialState.RUNNING) {
                started.add(trial.number());
            }
        } else {
            trials.set(trial.number(), trial);
        }
        if (trial.state() == TrialState.RUNNING) {
            handedOut.add(trial.number());
        }
        return trial;
    }

    /**
     * Keeps an intermediate value of a trial that is being evaluated.
     *
     * @param epoch at least 0
     * @param value may be NaN
     */
    public synchronized void report(int number, int epoch, double value) {
        FrozenTrial trial = handedOut(number);
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch " + epoch + " is negative");
        }
        storage.report(number, epoch, value);
        trials.set(number, trial.reported(epoch, value));
    }

    /**
     * Keeps the result of a trial that is being evaluated.
     *
     * @return the finished trial; {@code FAILED} if a value of the result is not finite
     * @throws IllegalArgumentException if the result does not have a value for each objective, or for each constraint
     */
    public synchronized FrozenTrial tell(int number, TrialResult result) {
        FrozenTrial trial = handedOut(number);
        if (!result.state().isFinished() || result.state() == TrialState.INFEASIBLE) {
            throw new IllegalArgumentException("an evaluation does not end " + result.state());
        }
        checkSize("objective", result.values(), settings.objectives(), result.state() != TrialState.COMPLETE);
        checkSize("constraint", result.constraints(), settings.constraints(), true);
        FrozenTrial finished = trial.finished(usable(result));
        storage.put(finished);
        trials.set(number, finished);
        handedOut.remove(number);
        return finished;
    }

    private TrialResult usable(TrialResult result) {
        Optional<String> defect = firstNotFinite("objective", settings.objectives(), result.values())
                .or(() -> firstNotFinite("constraint", settings.constraints(), result.constraints()));
        if (defect.isEmpty()) {
            return result;
        }
        TrialResult failed = TrialResult.failed(defect.get());
        for (Map.Entry<String, String> attribute : result.attributes().entrySet()) {
            failed = failed.withAttribute(attribute.getKey(), attribute.getValue());
        }
        return failed;
    }

    private static Optional<String> firstNotFinite(String kind, List<String> names, List<Double> values) {
        for (int i = 0; i < values.size(); i++) {
            if (!Double.isFinite(values.get(i))) {
                return Optional.of(kind + " " + names.get(i) + " is " + values.get(i));
            }
        }
        return Optional.empty();
    }

    private static void checkSize(String kind, List<Double> values, List<String> names, boolean mayBeEmpty) {
        if (values.size() != names.size() && !(mayBeEmpty && values.isEmpty())) {
            throw new IllegalArgumentException(kind + " values " + values + " for " + names);
        }
    }

    private FrozenTrial handedOut(int number) {
        if (!handedOut.contains(number)) {
            throw new IllegalStateException("trial " + number + " is not being evaluated");
        }
        return trials.get(number);
    }

    /**
     * Keeps something about a finished trial beyond its result. Samplers see it as any attribute.
     *
     * @param number of the trial
     */
    public synchronized void annotate(int number, String attribute, String text) {
        FrozenTrial trial = trials.get(number);
        if (!trial.state().isFinished()) {
            throw new IllegalStateException("trial " + number + " is not finished");
        }
        FrozenTrial annotated = trial.withAttribute(attribute, text);
        storage.put(annotated);
        trials.set(number, annotated);
    }

    /** Takes back a trial whose evaluation was given up; it will be handed out again. */
    public synchronized void release(int number) {
        handedOut(number);
        handedOut.remove(number);
    }

    /** How many trials passed the check so far, finished or not. */
    public synchronized int startedTrials() {
        return started.size();
    }

    /** Whether a trial was begun and given up, so that {@link #ask} gives it next. */
    public synchronized boolean hasInterrupted() {
        return nextInterrupted().isPresent();
    }

    /** How many of the newest trials were rejected one after the other. */
    public synchronized int infeasibleStreak() {
        return trials.size() - 1 - (started.isEmpty() ? -1 : started.get(started.size() - 1));
    }

    /**
     * The study's result: the longest run of finished trials 0 … k.
     *
     * <p>It is what an uninterrupted study would hold after trial k. Trials that were finished beyond it, because a
     * worker was ahead when the run stopped, are in {@link #allTrials} and are not evaluated again on resuming.
     */
    public synchronized List<FrozenTrial> trials() {
        int end = 0;
        while (end < trials.size() && trials.get(end).state().isFinished()) {
            end++;
        }
        return List.copyOf(trials.subList(0, end));
    }

    /** Every trial, those that are running, interrupted, or beyond an unfinished one too. */
    public synchronized List<FrozenTrial> allTrials() {
        return List.copyOf(trials);
    }

    /**
     * Of {@link #trials}, the one with the largest first objective value within all constraints; the first of equals.
     */
    public Optional<FrozenTrial> best() {
        return trials().stream()
                .filter(FrozenTrial::isCandidate)
                .max(Comparator.<FrozenTrial>comparingDouble(
                                trial -> trial.values().get(0))
                        .thenComparing(FrozenTrial::number, Comparator.reverseOrder()));
    }

    /** The seed of a trial for a purpose, as {@link org.tinytune.search.trial.TrialContext#seed} gives it. */
    public long seed(int number, String purpose) {
        return RandomStreams.seed(settings.seed(), "trial/" + purpose, number);
    }

    /** Closes the storage. */
    @Override
    public synchronized void close() {
        storage.close();
    }
}
