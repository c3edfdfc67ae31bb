package org.tinytune.cli.search;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.tinytune.cli.BuildInfo;
import org.tinytune.cli.model.Provenance;
import org.tinytune.cli.output.Progress;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.file.TemporaryFolder;
import org.tinytune.core.graph.Graph;
import org.tinytune.data.Dataset;
import org.tinytune.nas.Digests;
import org.tinytune.nas.FeatureSpace;
import org.tinytune.nas.FootprintMeter;
import org.tinytune.nas.LastTraining;
import org.tinytune.nas.Limits;
import org.tinytune.nas.ModelSearch;
import org.tinytune.nas.SearchListener;
import org.tinytune.nas.SearchRequest;
import org.tinytune.nas.SearchRequest.SamplerKind;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialState;
import org.tinytune.train.Epoch;

/** Makes the model of a provenance again: from the chosen trial's parameters, or by the whole search. */
final class Reproduction {
    private final Provenance recorded;
    private final Dataset dataset;
    private final int threads;
    private volatile boolean stopRequested;
    private volatile Optional<ModelSearch> running = Optional.empty();

    /** @param dataset with the recorded fingerprint */
    Reproduction(Provenance recorded, Dataset dataset, int threads) {
        this.recorded = recorded;
        this.dataset = dataset;
        this.threads = threads;
    }

    /** Asks the work to end as soon as it can, with a {@link CancellationException}. */
    void requestStop() {
        stopRequested = true;
        running.ifPresent(ModelSearch::requestStop);
    }

    /** Trains the chosen network again. */
    Graph train(Progress progress) {
        LastTraining training = new LastTraining(dataset, recorded.seed(), features());
        Parameters parameters = parameters();
        progress.begin("training the network of trial " + recorded.trial());
        AtomicInteger epoch = new AtomicInteger();
        Graph trained = training.run(
                        recorded.trial(),
                        parameters,
                        threads,
                        ended -> progress.update(epoch.incrementAndGet(), training.epochs()),
                        () -> stopRequested)
                .int8Graph();
        return withKernels(trained);
    }

    /** As the search left it; of a board that is not known any more, no kernels are known either. */
    private Graph withKernels(Graph int8Graph) {
        return Boards.ids().contains(recorded.board())
                ? new FootprintMeter(Boards.byId(recorded.board()), false)
                        .withinRam(recorded.limits().ramBytes())
                        .withKernels(int8Graph)
                : int8Graph;
    }

    private Parameters parameters() {
        try {
            return new Parameters(recorded.parameters());
        } catch (IllegalArgumentException e) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT, "parameters of trial " + recorded.trial() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Repeats the search.
     *
     * @throws TinytuneException if what it follows from is not the same: then its trials would not be
     */
    Graph search(Progress progress) {
        Board board = board();
        requireSame("sizes of candidates", recorded.sizes(), new FootprintMeter(board).sizesOrigin());
        try (TemporaryFolder folder = TemporaryFolder.create("reproduce")) {
            SearchRequest request = new SearchRequest(
                    recorded.data().location(),
                    board,
                    limits(board),
                    recorded.trained(),
                    Optional.empty(),
                    recorded.seed(),
                    threads,
                    sampler(),
                    features(),
                    recorded.playOff().orElse(true),
                    folder.path().resolve("study.db"));
            ModelSearch search =
                    new ModelSearch(request, dataset, BuildInfo.load().text());
            running = Optional.of(search);
            if (stopRequested) {
                throw new CancellationException("stopped before the first trial");
            }
            progress.begin("searching again");
            return search.run(new Told(progress)).model().int8Graph();
        }
    }

    private Board board() {
        if (!Boards.ids().contains(recorded.board())) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT, "the search cannot be repeated, no board is called " + recorded.board());
        }
        Board board = Boards.byId(recorded.board());
        requireSame(
                "file of board " + board.id(), recorded.boardSha256(), Digests.sha256(Boards.toml(recorded.board())));
        return board;
    }

    private static void requireSame(String what, String then, String now) {
        if (!then.equals(now)) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    "the search cannot be repeated, the " + what + " differs: then " + then + ", now " + now
                            + " (leave out --search to train the chosen network again)");
        }
    }

    private Limits limits(Board board) {
        Limits limits = Limits.of(board)
                .withRam(recorded.limits().ramBytes())
                .withFlash(recorded.limits().flashBytes());
        return recorded.limits().latencyMicros().map(limits::withLatency).orElse(limits);
    }

    private List<FeatureSpace.Block> features() {
        return FeatureSpace.Block.named(recorded.features());
    }

    private SamplerKind sampler() {
        for (SamplerKind kind : SamplerKind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(recorded.sampler())) {
                return kind;
            }
        }
        throw new TinytuneException(ExitCode.INVALID_INPUT, "no sampler is called " + recorded.sampler());
    }

    /** Counts trials, then epochs. */
    private final class Told implements SearchListener {
        private final Progress progress;
        private int done;
        private int epochs;

        Told(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void trialFinished(FrozenTrial trial) {
            if (trial.state() != TrialState.INFEASIBLE) {
                progress.update(++done, recorded.trained());
            }
        }

        @Override
        public void playOffStarted(List<FrozenTrial> finalists, int trainings) {
            progress.begin("comparing the best trials on all groups");
            epochs = trainings;
            done = 0;
        }

        @Override
        public synchronized void playOffTrained() {
            progress.update(++done, epochs);
        }

        @Override
        public void lastTrainingStarted(FrozenTrial best, int count) {
            progress.begin("training the network of trial " + best.number());
            epochs = count;
            done = 0;
        }

        @Override
        public void lastTrainingEpoch(Epoch epoch) {
            progress.update(++done, epochs);
        }
    }
}
