package org.tinytune.cli.search;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.tinytune.nas.ModelSearch;
import org.tinytune.nas.PlayOff;
import org.tinytune.nas.SearchListener;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialState;
import org.tinytune.train.Epoch;

/**
 * Shows how far a search is: a bar that moves with every epoch on a terminal, otherwise a line a trial. Remembers the
 * best trial, which an interrupted search has to name.
 */
final class SearchProgress implements SearchListener, AutoCloseable {
    private static final int BAR_WIDTH = 100;
    private static final int UPDATE_MILLIS = 200;

    private final PrintStream err;
    private final boolean quiet;
    private final Optional<ProgressBar> bar;
    private Optional<FrozenTrial> best = Optional.empty();
    private int trained;
    private int rejected;
    private int playOffTrainings;
    private int playOffTrained;
    private int lastEpochs;
    private int lastEpoch;

    /**
     * @param err where progress goes
     * @param quiet whether to show nothing
     * @param terminal whether {@code err} is a terminal
     * @param epochs how many a search has in all; negative if only time limits it
     */
    SearchProgress(PrintStream err, boolean quiet, boolean terminal, long epochs) {
        this.err = err;
        this.quiet = quiet;
        this.bar = quiet || !terminal
                ? Optional.empty()
                : Optional.of(new ProgressBarBuilder()
                        .setTaskName("search")
                        .setInitialMax(epochs)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUnit(" epochs", 1)
                        .setUpdateIntervalMillis(UPDATE_MILLIS)
                        .setConsumer(new ConsoleProgressBarConsumer(err, BAR_WIDTH))
                        .build());
    }

    @Override
    public void searchStarted(List<FrozenTrial> earlier) {
        earlier.forEach(this::count);
        if (!earlier.isEmpty()) {
            line("resuming after " + trained + " trained and " + rejected + " rejected candidates");
        }
        bar.ifPresent(b ->
                earlier.forEach(trial -> b.stepBy(trial.intermediateValues().size())));
    }

    @Override
    public void intermediateValue(int number, int epoch, double value) {
        bar.ifPresent(ProgressBar::step);
    }

    @Override
    public void trialFinished(FrozenTrial trial) {
        count(trial);
        if (trial.state() == TrialState.COMPLETE) {
            line(String.format(
                    Locale.ROOT,
                    "trial %d: int8 validation accuracy %.2f %%%s (%d trained, %d rejected)",
                    trial.number(),
                    100 * accuracy(trial),
                    best.filter(b -> b.number() == trial.number()).isPresent() ? ", the best so far" : "",
                    trained,
                    rejected));
        } else if (trial.state() == TrialState.FAILED) {
            line("trial " + trial.number() + " failed: " + trial.attributes().get(FrozenTrial.FAILURE));
        }
        bar.ifPresent(b ->
                best.ifPresent(t -> b.setExtraMessage(String.format(Locale.ROOT, "best %.2f %%", 100 * accuracy(t)))));
    }

    @Override
    public void playOffStarted(List<FrozenTrial> finalists, int trainings) {
        line("comparing trials " + numbers(finalists.stream().map(FrozenTrial::number)) + " on all groups, " + trainings
                + " trainings");
        bar.ifPresent(b -> b.setExtraMessage("play-off"));
        playOffTrainings = trainings;
    }

    @Override
    public void playOffSkipped() {
        line("no time is left to compare the best trials on all groups");
    }

    @Override
    public synchronized void playOffTrained() {
        playOffTrained++;
        bar.ifPresent(b -> b.setExtraMessage("play-off " + playOffTrained + "/" + playOffTrainings));
    }

    @Override
    public void playOffEnded(List<PlayOff.Standing> standings) {
        standings.forEach(standing -> line(String.format(
                Locale.ROOT,
                "trial %d: int8 accuracy %.2f %% over all groups",
                standing.trial(),
                100 * standing.accuracy())));
    }

    private static String numbers(Stream<Integer> trials) {
        return trials.map(String::valueOf).collect(Collectors.joining(", "));
    }

    @Override
    public void lastTrainingStarted(FrozenTrial chosen, int epochs) {
        lastEpochs = epochs;
        lastEpoch = 0;
        line("training the network of trial " + chosen.number() + " on all but the test part, " + epochs + " epochs");
        bar.ifPresent(b -> b.setExtraMessage("last training"));
    }

    @Override
    public void lastTrainingEpoch(Epoch epoch) {
        lastEpoch++;
        bar.ifPresent(ProgressBar::step);
        if (lastEpoch % Math.max(1, lastEpochs / 5) == 0) {
            line(String.format(
                    Locale.ROOT,
                    "epoch %d of %d: training accuracy %.2f %%",
                    lastEpoch,
                    lastEpochs,
                    100 * epoch.trainingScore()));
        }
    }

    /** The best trial so far. */
    Optional<FrozenTrial> best() {
        return best;
    }

    private void count(FrozenTrial trial) {
        if (trial.state() == TrialState.INFEASIBLE) {
            rejected++;
        } else if (trial.state().isFinished()) {
            trained++;
        }
        if (trial.isCandidate()
                && best.map(b -> ModelSearch.BY_RANK.compare(trial, b) > 0).orElse(true)) {
            best = Optional.of(trial);
        }
    }

    private static double accuracy(FrozenTrial trial) {
        return trial.values().get(0);
    }

    private void line(String text) {
        if (!quiet && bar.isEmpty()) {
            err.println(text);
        }
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
