package org.tinytune.search.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialResult;
import org.tinytune.search.trial.TrialState;

/** What every storage must do. */
abstract class StorageContract {
    private Storage storage;

    /** A new, empty one. */
    abstract Storage open();

    /** What was stored, as one reads it after the death of the process; the same object if it cannot be read again. */
    abstract Storage reopen(Storage open);

    @BeforeEach
    void openStorage() {
        storage = open();
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void beginsEmpty() {
        assertThat(storage.metadata()).isEmpty();
        assertThat(storage.trials()).isEmpty();
        assertThat(storage.name()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void keepsItsMetadataInOrder() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("seed", "42");
        metadata.put("a'b", "\"quoted\", {json}\nand ünïcode ✓");
        metadata.put("empty", "");
        storage.begin(metadata);
        storage = reopen(storage);
        assertThat(storage.metadata()).isEqualTo(metadata);
        assertThat(storage.metadata().keySet()).containsExactlyElementsOf(metadata.keySet());
    }

    @Test
    void beginsOnce() {
        storage.begin(Map.of("seed", "1"));
        assertThatThrownBy(() -> storage.begin(Map.of("seed", "2"))).isInstanceOf(IllegalStateException.class);
        assertThat(storage.metadata()).isEqualTo(Map.of("seed", "1"));
    }

    @Test
    void keepsTrialsAsTheyAre() {
        List<FrozenTrial> trials = new ArrayList<>();
        for (TrialState state : TrialState.values()) {
            trials.add(trial(trials.size(), state));
        }
        trials.forEach(storage::put);
        storage = reopen(storage);
        assertThat(storage.trials()).isEqualTo(trials);
        for (int i = 0; i < trials.size(); i++) {
            assertThat(storage.trials().get(i).parameters().values().keySet())
                    .containsExactlyElementsOf(
                            trials.get(i).parameters().values().keySet());
        }
    }

    private static FrozenTrial trial(int number, TrialState state) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("z", number);
        parameters.put("float that looks like an int", 5.0);
        parameters.put("choice", "it's \"x\", \\ \u0000 \n ✓ 😀");
        parameters.put("least", Integer.MIN_VALUE);
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("json", "{\"a\": [1, 2]}");
        attributes.put("", "");
        SortedMap<Integer, Double> intermediate = new TreeMap<>(Map.of(0, 0.25, 3, Double.NaN, 7, -1e-300));
        return new FrozenTrial(
                number,
                state,
                new Parameters(parameters),
                state == TrialState.COMPLETE ? List.of(0.1 + number, -0.0) : List.of(),
                List.of(-1.5, 1e300),
                attributes,
                intermediate);
    }

    /** Every bit: a resumed study must propose the same trials. */
    @Test
    void keepsEveryBitOfANumber() {
        double[] numbers = {
            0.1,
            1.0 / 3,
            -0.0,
            0.0,
            1,
            -7,
            1e16,
            123456789012345680.0,
            1e22,
            1e23,
            Math.nextUp(1.0),
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            2.2250738585072011e-308
        };
        List<Double> values = new ArrayList<>();
        Map<String, Object> parameters = new LinkedHashMap<>();
        SortedMap<Integer, Double> intermediate = new TreeMap<>();
        for (double number : numbers) {
            parameters.put("p" + values.size(), number);
            intermediate.put(values.size(), number == 0 ? 0.0 : number); // SQLite knows no negative zero
            values.add(number);
        }
        FrozenTrial trial = new FrozenTrial(
                0, TrialState.COMPLETE, new Parameters(parameters), values, values, Map.of(), intermediate);
        storage.put(trial);
        storage = reopen(storage);
        assertThat(storage.trials()).containsExactly(trial);
    }

    @Test
    void replacesATrialWithAllThatBelongsToIt() {
        storage.put(trial(0, TrialState.RUNNING));
        storage.put(trial(1, TrialState.RUNNING));
        storage.report(0, 9, 1.5);
        FrozenTrial other = new FrozenTrial(
                0,
                TrialState.PRUNED,
                new Parameters(Map.of("q", 1)),
                List.of(3.0),
                List.of(),
                Map.of("b", "c"),
                new TreeMap<>(Map.of(2, 4.0)));
        storage.put(other);
        storage = reopen(storage);
        assertThat(storage.trials()).containsExactly(other, trial(1, TrialState.RUNNING));
    }

    @Test
    void addsAndReplacesIntermediateValues() {
        FrozenTrial trial = proposed(0);
        storage.put(trial);
        storage.put(proposed(1));
        storage.report(0, 1, 0.5);
        storage.report(0, 0, Double.NaN);
        storage.report(0, 1, 0.75);
        storage.report(1, 0, 1);
        storage = reopen(storage);
        assertThat(storage.trials())
                .containsExactly(
                        trial.reported(0, Double.NaN).reported(1, 0.75),
                        proposed(1).reported(0, 1));
    }

    @Test
    void refusesGapsAndKeepsWhatItHas() {
        storage.put(proposed(0));
        assertThatThrownBy(() -> storage.put(proposed(2))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage.put(proposed(-1))).isInstanceOf(IllegalArgumentException.class);
        storage.put(proposed(1));
        storage = reopen(storage);
        assertThat(storage.trials()).containsExactly(proposed(0), proposed(1));
    }

    @Test
    void refusesToReportOnATrialThatIsNotThere() {
        storage.put(proposed(0));
        assertThatThrownBy(() -> storage.report(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage.report(-1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(storage.trials()).containsExactly(proposed(0));
    }

    @Test
    void givesCopies() {
        storage.put(proposed(0));
        List<FrozenTrial> before = storage.trials();
        storage.put(proposed(0).finished(TrialResult.complete(1)));
        storage.put(proposed(1));
        assertThat(before).containsExactly(proposed(0));
    }

    @Test
    void isSafeFromAnyThread() throws Exception {
        int threads = 4;
        int reports = 25;
        for (int i = 0; i < threads; i++) {
            storage.put(proposed(i));
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            futures.add(pool.submit(() -> {
                start.await();
                for (int epoch = 0; epoch < reports; epoch++) {
                    storage.report(number, epoch, number + epoch);
                    storage.trials();
                }
                return null;
            }));
        }
        start.countDown();
        for (Future<?> future : futures) {
            future.get(30, TimeUnit.SECONDS);
        }
        pool.shutdown();
        storage = reopen(storage);
        for (FrozenTrial trial : storage.trials()) {
            assertThat(trial.intermediateValues()).hasSize(reports);
            assertThat(trial.intermediateValues().get(7)).isEqualTo(trial.number() + 7.0);
        }
    }

    @Test
    void refusesEverythingOnceClosed() {
        storage.put(proposed(0));
        storage.close();
        storage.close();
        assertThatThrownBy(storage::trials).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(storage::metadata).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> storage.put(proposed(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> storage.report(0, 0, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> storage.begin(Map.of("a", "b"))).isInstanceOf(IllegalStateException.class);
    }

    static FrozenTrial proposed(int number) {
        return new FrozenTrial(
                number,
                TrialState.RUNNING,
                new Parameters(Map.of("n", number)),
                List.of(),
                List.of(),
                Collections.emptyMap(),
                new TreeMap<>());
    }
}
