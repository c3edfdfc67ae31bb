package org.tinytune.search.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.search.ChildJvm;
import org.tinytune.search.storage.InMemoryStorage;
import org.tinytune.search.storage.SqliteStorage;
import org.tinytune.search.storage.Storage;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialState;

/** The promise that a search can be killed at any moment. */
@Timeout(120)
class KilledStudyTest {
    /** After so many evaluations have begun, all processes together, and so many milliseconds more. */
    private static final int[][] KILLS = {{1, 0}, {5, 20}, {9, 45}};

    @TempDir
    Path folder;

    @Test
    void aKilledStudyEndsWithTheSameTrialsAndRepeatsOnlyWhatWasInterrupted() throws Exception {
        Path file = folder.resolve("study.db");
        Path log = folder.resolve("evaluations.txt");
        List<FrozenTrial> expected = uninterrupted();
        int mayRepeat = 0;
        Map<Integer, Integer> evaluationsOfFinished = new TreeMap<>();
        for (int[] kill : KILLS) {
            runAndKill(file, log, kill[0], kill[1]);
            for (FrozenTrial trial : trials(file)) {
                if (trial.state() == TrialState.RUNNING) {
                    mayRepeat++;
                    assertThat(trial.parameters())
                            .isEqualTo(expected.get(trial.number()).parameters());
                } else {
                    assertThat(trial)
                            .as("killed after %d evaluations", kill[0])
                            .isEqualTo(expected.get(trial.number()));
                    evaluationsOfFinished.putIfAbsent(trial.number(), evaluations(log, trial.number()));
                }
            }
        }
        int before = lines(log).size();

        SlowStudyMain.run(file, log, 0);

        assertThat(trials(file)).isEqualTo(expected);
        evaluationsOfFinished.forEach((number, count) -> assertThat(evaluations(log, number))
                .as("evaluations of trial %d, which was finished before a kill", number)
                .isEqualTo(count));
        int evaluated = (int) expected.stream()
                .filter(trial -> trial.state() != TrialState.INFEASIBLE)
                .count();
        assertThat(evaluated).isEqualTo(SlowStudyMain.TRIALS);
        assertThat(lines(log).size())
                .as("evaluations, %d of them before the last kill", before)
                .isBetween(evaluated, evaluated + mayRepeat);
        assertThat(mayRepeat).as("interrupted trials: at most two in each kill").isBetween(1, 2 * KILLS.length);
    }

    private List<FrozenTrial> uninterrupted() {
        Path log = folder.resolve("uninterrupted.txt");
        Study study = Study.open(TestStudies.bayes(11), new InMemoryStorage());
        new StudyRunner(
                        study,
                        SlowStudyMain.objective(log, 0),
                        RunLimits.ofTrials(SlowStudyMain.TRIALS),
                        StudyListener.NONE)
                .run();
        return study.trials();
    }

    private static void runAndKill(Path file, Path log, int evaluations, int millis) throws Exception {
        Process child = ChildJvm.start(SlowStudyMain.class, file.toString(), log.toString());
        try {
            while (lines(log).size() < evaluations) {
                assertThat(child.isAlive())
                        .as("the child has not ended by itself")
                        .isTrue();
                TimeUnit.MILLISECONDS.sleep(2);
            }
            TimeUnit.MILLISECONDS.sleep(millis);
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(child.exitValue()).as("killed, not ended").isNotZero();
    }

    private static List<FrozenTrial> trials(Path file) {
        try (Storage storage = SqliteStorage.open(file)) {
            return storage.trials();
        }
    }

    private static int evaluations(Path log, int number) {
        return (int)
                lines(log).stream().filter(Integer.toString(number)::equals).count();
    }

    private static List<String> lines(Path log) {
        try {
            return Files.exists(log) ? Files.readAllLines(log, StandardCharsets.UTF_8) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
