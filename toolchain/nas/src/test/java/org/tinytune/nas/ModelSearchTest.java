package org.tinytune.nas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.DatasetCard;
import org.tinytune.data.Samples;
import org.tinytune.nas.SearchRequest.SamplerKind;
import org.tinytune.search.StudyException;
import org.tinytune.search.storage.SqliteStorage;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialState;
import org.tinytune.tflite.TfliteWriter;
import org.tinytune.train.Epoch;

@Timeout(120)
class ModelSearchTest {
    private static final Board UNO = Boards.byId("arduino-uno");
    private static final Dataset VECTORS = SyntheticData.vectors(20, 1);
    private static final int TRIALS = 4;
    private static final long SEED = 3;

    @TempDir
    private static Path shared;

    private static SearchResult uninterrupted;

    @TempDir
    private Path folder;

    @BeforeAll
    static void searchOnce() {
        uninterrupted = search(request(shared, 1), VECTORS).run(SearchListener.NONE);
    }

    /** What a test asks for, of which it changes what it is about. */
    private static final class Wanted {
        private Limits limits = Limits.of(UNO);
        private int trials = TRIALS;
        private Optional<Duration> timeLimit = Optional.empty();
        private SamplerKind sampler = SamplerKind.BAYES;
        private boolean playOff = true;
        private String study = "study.db";

        private SearchRequest in(Path folder, int threads) {
            return new SearchRequest(
                    Path.of("synthetic"),
                    UNO,
                    limits,
                    trials,
                    timeLimit,
                    SEED,
                    threads,
                    sampler,
                    List.of(),
                    playOff,
                    folder.resolve(study));
        }
    }

    private static SearchRequest request(Path folder, int threads) {
        return request(folder, threads, wanted -> {});
    }

    private static SearchRequest request(Path folder, int threads, Consumer<Wanted> change) {
        Wanted wanted = new Wanted();
        change.accept(wanted);
        return wanted.in(folder, threads);
    }

    private SearchRequest timeLimited(Duration limit) {
        return request(folder, 1, wanted -> {
            wanted.trials = Integer.MAX_VALUE;
            wanted.timeLimit = Optional.of(limit);
        });
    }

    private static ModelSearch search(SearchRequest request, Dataset dataset) {
        return search(request, new SearchTask(dataset, request.seed()));
    }

    /** Sizes are bounds here, whether a compiler is installed or not. */
    private static ModelSearch search(SearchRequest request, SearchTask task) {
        return new ModelSearch(request, task, new FootprintMeter(UNO, false), "test");
    }

    private static void assertSame(SearchResult result, SearchResult expected) {
        assertThat(result.trials()).isEqualTo(expected.trials());
        assertThat(result.best().number()).isEqualTo(expected.best().number());
        assertThat(result.paretoFront()).isEqualTo(expected.paretoFront());
        assertThat(TfliteWriter.write(result.model().int8Graph()))
                .isEqualTo(TfliteWriter.write(expected.model().int8Graph()));
        assertThat(result.int8Test()).isEqualTo(expected.int8Test());
        assertThat(result.footprint()).isEqualTo(expected.footprint());
    }

    /** Counts what was trained, and asks a search to stop when so many epochs of trials were. */
    private static final class Watch implements SearchListener {
        final List<Integer> epochsOf = Collections.synchronizedList(new ArrayList<>());
        final List<FrozenTrial> finished = Collections.synchronizedList(new ArrayList<>());
        List<FrozenTrial> earlier = List.of();
        int lastEpochs;
        Runnable atEpoch = () -> {};
        Runnable atLastEpoch = () -> {};

        @Override
        public void searchStarted(List<FrozenTrial> trials) {
            earlier = trials;
        }

        @Override
        public void intermediateValue(int number, int epoch, double value) {
            epochsOf.add(number);
            atEpoch.run();
        }

        @Override
        public void trialFinished(FrozenTrial trial) {
            finished.add(trial);
        }

        @Override
        public void lastTrainingEpoch(Epoch epoch) {
            lastEpochs++;
            atLastEpoch.run();
        }

        long epochs(int number) {
            return epochsOf.stream().filter(n -> n == number).count();
        }
    }

    @Test
    void findsANetworkThatFitsAndHasLearnt() {
        assertThat(uninterrupted.trials().stream().filter(t -> t.state() == TrialState.COMPLETE))
                .hasSize(TRIALS);
        assertThat(uninterrupted.best().values().get(0))
                .isEqualTo(uninterrupted.trials().stream()
                        .filter(FrozenTrial::isCandidate)
                        .mapToDouble(trial -> trial.values().get(0))
                        .max()
                        .orElseThrow());
        assertThat(uninterrupted.paretoFront()).contains(uninterrupted.best().number());
        assertThat(uninterrupted.int8Test().accuracy()).isGreaterThan(0.7);
        assertThat(uninterrupted.test().size()).isEqualTo(12);
        assertThat(uninterrupted.int8Test().samples()).isEqualTo(12);
        assertThat(uninterrupted.footprint().ramBytes()).isLessThanOrEqualTo(2048);
        assertThat((double) uninterrupted.footprint().ramBytes())
                .as("what was known before training")
                .isEqualTo(TrialFigures.of(uninterrupted.best(), "ramBytes"));
        assertThat((double) uninterrupted.footprint().flashBytes())
                .isEqualTo(TrialFigures.of(uninterrupted.best(), "flashBytes"));
    }

    @Test
    void fewGroupsAreComparedOnAllOfThem() {
        List<PlayOff.Standing> told = new ArrayList<>();
        SearchListener listener = new SearchListener() {
            @Override
            public void playOffEnded(List<PlayOff.Standing> standings) {
                told.addAll(standings);
            }
        };
        SearchResult result = search(request(folder, 2), SyntheticData.groupedVectors(20, 1, 5))
                .run(listener);

        assertThat(uninterrupted.standings()).isEmpty();
        assertThat(result.standings()).hasSize(3).isEqualTo(told);
        assertThat(result.best().number()).isEqualTo(told.get(0).trial());
    }

    @Test
    void anInterruptedPlayOffGoesOnWhereItWas() {
        Dataset groups = SyntheticData.groupedVectors(20, 1, 5);
        ModelSearch[] search = {search(request(folder, 1), groups)};
        AtomicInteger trainings = new AtomicInteger();
        SearchListener interrupting = new SearchListener() {
            @Override
            public void playOffTrained() {
                if (trainings.incrementAndGet() == 5) {
                    search[0].requestStop();
                }
            }
        };
        assertThatThrownBy(() -> search[0].run(interrupting)).isInstanceOf(CancellationException.class);
        try (SqliteStorage storage = SqliteStorage.open(folder.resolve("study.db"))) {
            assertThat(storage.trials().stream()
                            .map(trial -> trial.attributes().getOrDefault("playOff", ""))
                            .mapToLong(
                                    text -> text.chars().filter(c -> c == '=').count())
                            .sum())
                    .isEqualTo(5);
        }

        SearchResult resumed = search(request(folder, 1), groups).run(SearchListener.NONE);

        SearchResult whole = search(request(folder, 1, wanted -> wanted.study = "whole.db"), groups)
                .run(SearchListener.NONE);
        assertThat(resumed.standings()).isEqualTo(whole.standings());
        assertSame(resumed, whole);
    }

    @Test
    void thereIsNoPlayOffIfNoneIsWanted() {
        SearchRequest without = request(folder, 2, wanted -> wanted.playOff = false);

        assertThat(search(without, SyntheticData.groupedVectors(20, 1, 5))
                        .run(SearchListener.NONE)
                        .standings())
                .isEmpty();
    }

    @Test
    void tellsHowManyEpochsThereWillBe() {
        Watch watch = new Watch();
        ModelSearch search = search(request(folder, 1), VECTORS);
        search.run(watch);

        assertThat(search.epochs()).isEqualTo(watch.epochsOf.size() + watch.lastEpochs);
        assertThat(search(timeLimited(Duration.ofSeconds(1)), VECTORS).epochs()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 9})
    void theNumberOfThreadsDoesNotMatter(int threads) {
        assertSame(search(request(folder, threads), VECTORS).run(SearchListener.NONE), uninterrupted);
    }

    @Test
    void imagesToo() {
        Dataset images = SyntheticData.images(8, 1);
        SearchResult result =
                search(request(folder, 1, wanted -> wanted.trials = 2), images).run(SearchListener.NONE);
        SearchRequest elsewhere = request(folder, 2, wanted -> {
            wanted.trials = 2;
            wanted.study = "other.db";
        });

        assertThat(result.best().parameters().has("augmentation")).isTrue();
        assertSame(search(elsewhere, images).run(SearchListener.NONE), result);
    }

    @Test
    void theNextBestIsTakenWhereTrainingMadeTheBestTooLarge() {
        List<FrozenTrial> ranked = uninterrupted.trials().stream()
                .filter(FrozenTrial::isCandidate)
                .sorted(ModelSearch.BY_RANK.reversed())
                .toList();
        List<Footprint> seen = new ArrayList<>();
        SearchResult result = search(request(folder, 1), VECTORS)
                .finish(uninterrupted.trials(), PlayOff.Ledger.NONE, SearchListener.NONE, footprint -> {
                    seen.add(footprint);
                    return seen.size() == 2;
                });
        assertThat(result.best()).isEqualTo(ranked.get(1));
        assertThat(result.footprint()).isEqualTo(seen.get(1)).isNotEqualTo(seen.get(0));

        assertThatThrownBy(() -> search(request(folder, 1), VECTORS)
                        .finish(uninterrupted.trials(), PlayOff.Ledger.NONE, SearchListener.NONE, footprint -> false))
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining("no trained network fits arduino-uno with 2048 B of RAM");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 100, 195})
    void aStoppedSearchGoesOnWithTheTrialsItWouldHaveRun(int epoch) {
        Watch first = new Watch();
        ModelSearch stopped = search(request(folder, 1), VECTORS);
        first.atEpoch = () -> {
            if (first.epochsOf.size() == epoch) {
                stopped.requestStop();
            }
        };
        assertThatThrownBy(() -> stopped.run(first)).isInstanceOf(CancellationException.class);
        assertThat(first.epochsOf).hasSize(epoch);

        Watch second = new Watch();
        assertSame(search(request(folder, 1), VECTORS).run(second), uninterrupted);
        assertThat(second.earlier).isEqualTo(first.finished);
        List<FrozenTrial> all = new ArrayList<>(first.finished);
        all.addAll(second.finished);
        assertThat(all).isEqualTo(uninterrupted.trials());
        for (FrozenTrial done : first.finished) {
            assertThat(second.epochs(done.number()))
                    .as("epochs of trial %d again", done.number())
                    .isZero();
        }
        for (FrozenTrial again : second.finished) {
            assertThat(second.epochs(again.number()))
                    .as("epochs of trial %d", again.number())
                    .isEqualTo(again.intermediateValues().size());
        }
    }

    @Test
    void aStopInTheLastTrainingLeavesTheTestPartSealed() {
        Watch first = new Watch();
        SearchTask task = new SearchTask(VECTORS, SEED);
        ModelSearch stopped = search(request(folder, 1), task);
        first.atLastEpoch = stopped::requestStop;
        assertThatThrownBy(() -> stopped.run(first)).isInstanceOf(CancellationException.class);
        assertThat(first.lastEpochs).isEqualTo(1);
        assertThat(task.testSet().open().size()).as("opened for the first time").isEqualTo(12);

        Watch second = new Watch();
        assertSame(search(request(folder, 1), VECTORS).run(second), uninterrupted);
        assertThat(second.epochsOf).as("epochs of trials").isEmpty();
    }

    @Test
    void aStopBeforeTheStartTrainsNothing() {
        Watch watch = new Watch();
        ModelSearch search = search(request(folder, 1), VECTORS);
        search.requestStop();

        assertThatThrownBy(() -> search.run(watch)).isInstanceOf(CancellationException.class);
        assertThat(watch.epochsOf).isEmpty();
    }

    @Test
    void theTestPartIsOpenedOnce() {
        SearchTask task = new SearchTask(VECTORS, SEED);
        search(request(folder, 1), task).run(SearchListener.NONE);

        assertThatThrownBy(() -> task.testSet().open()).hasMessageContaining("opened before");
    }

    @Test
    void nothingIsChosenByTheTestPart() {
        SearchResult result =
                search(request(folder, 1), withOtherTestSamples(VECTORS)).run(SearchListener.NONE);

        assertThat(result.trials()).isEqualTo(uninterrupted.trials());
        assertThat(withoutFingerprint(result)).isEqualTo(withoutFingerprint(uninterrupted));
        assertThat(result.int8Test().loss())
                .isNotEqualTo(uninterrupted.int8Test().loss());
    }

    /** The same samples, but those of the test part hold very large values. */
    private static Dataset withOtherTestSamples(Dataset dataset) {
        Samples test = new SearchTask(dataset, SEED).testSet().open();
        List<Integer> tested = new ArrayList<>();
        for (int i = 0; i < test.size(); i++) {
            tested.add(test.index(i));
        }
        DatasetBuilder builder =
                new DatasetBuilder(DatasetCard.named("synthetic"), dataset.shape()).labels(dataset.labels());
        for (int i = 0; i < dataset.size(); i++) {
            float[] values = new float[dataset.shape().elements()];
            dataset.read(i, values, 0);
            if (tested.contains(i)) {
                values[i % values.length] = 1000;
            }
            builder.add(values, dataset.labels().get(dataset.target(i)));
        }
        return builder.build();
    }

    private static byte[] withoutFingerprint(SearchResult result) {
        Metadata metadata = result.model().int8Graph().metadata();
        InputEncoding encoding = metadata.encoding();
        return TfliteWriter.write(result.model()
                .int8Graph()
                .withMetadata(new Metadata("model", "", metadata.labels(), encoding, new TreeMap<>())));
    }

    @Test
    void aTimeLimitOnlyDecidesWhichTrialIsTheLast() {
        long begin = System.nanoTime();
        SearchResult result =
                search(timeLimited(Duration.ofSeconds(2)), VECTORS).run(SearchListener.NONE);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));

        int common = Math.min(result.trials().size(), uninterrupted.trials().size());
        assertThat(common).isPositive();
        assertThat(result.trials().subList(0, common))
                .isEqualTo(uninterrupted.trials().subList(0, common));
    }

    @Test
    void aTimeLimitBeforeTheFirstTrialEndsIsNotCalledALackOfMemory() {
        Watch watch = new Watch();
        watch.atEpoch = () -> sleep(50);
        ModelSearch search = search(timeLimited(Duration.ofMillis(200)), VECTORS);

        assertDoesNotFit(() -> search.run(watch), "no network was trained to its end");
        assertThat(watch.epochsOf).isNotEmpty();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10   | 32256 | 1000000 | with 10 B of RAM and 32256 B of flash in 1000000 us: the smallest is over by [0-9]+ B of RAM
            2048 | 1000  | 1000000 | with 2048 B of RAM and 1000 B of flash in 1000000 us: the smallest is over by [0-9]+ B of flash
            2048 | 32256 | 3       | with 2048 B of RAM and 32256 B of flash in 3 us: the smallest is over by [0-9]+ us of latency
            """)
    void whereNotEvenTheSmallestFitsNothingIsTried(long ramBytes, long flashBytes, long micros, String line) {
        Limits limits = new Limits(ramBytes, flashBytes, OptionalLong.of(micros), 0.9);
        for (Dataset dataset : List.of(VECTORS, SyntheticData.images(8, 1))) {
            ModelSearch search = search(request(folder, 1, wanted -> wanted.limits = limits), dataset);

            assertDoesNotFit(() -> search.run(SearchListener.NONE), "no network fits arduino-uno " + line);
            assertThat(folder.resolve("study.db")).doesNotExist();
        }
    }

    @Test
    void whereOnlyTheSmallestFitsItMayNotBeFound() {
        Dataset images = SyntheticData.images(8, 1);
        SearchTask task = new SearchTask(images, SEED);
        FootprintMeter meter = new FootprintMeter(UNO, false);
        List<Footprint> smallest = task.space().smallest().stream()
                .map(parameters -> meter.measure(task.skeleton(parameters)))
                .toList();
        assertThat(smallest).hasSize(8);
        Limits limits = new Limits(
                2048,
                smallest.stream().mapToLong(Footprint::flashBytes).min().orElseThrow(),
                OptionalLong.empty(),
                0.9);
        SearchRequest random = request(folder, 2, wanted -> {
            wanted.limits = limits;
            wanted.sampler = SamplerKind.RANDOM;
        });
        Watch watch = new Watch();

        assertDoesNotFit(
                () -> search(random, task).run(watch),
                "none of 500 proposed networks fits arduino-uno with 2048 B of RAM and " + limits.flashBytes()
                        + " B of flash \\(give it more, or take a larger board\\)");
        assertThat(watch.epochsOf).isEmpty();
        assertThat(watch.finished)
                .hasSize(500)
                .allMatch(trial -> trial.state() == TrialState.INFEASIBLE && !trial.isFeasible());
    }

    private static void assertDoesNotFit(Runnable search, String line) {
        assertThatThrownBy(search::run).isInstanceOfSatisfying(TinytuneException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(ExitCode.DOES_NOT_FIT);
            assertThat(e).message().containsPattern(line);
        });
    }

    @Test
    void aStudyIsContinuedOnTheSameDataOnly() {
        search(request(folder, 1), VECTORS).run(SearchListener.NONE);
        Dataset other = SyntheticData.vectors(20, 2);

        assertThatThrownBy(() -> search(request(folder, 1), other).run(SearchListener.NONE))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining("data was " + VECTORS.fingerprint() + ", is " + other.fingerprint());
        search(request(folder, 1), VECTORS).run(SearchListener.NONE);
    }
}
