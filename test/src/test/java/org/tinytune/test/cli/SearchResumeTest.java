package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytune.test.cli.SearchRuns.assertRefused;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.ExitCode;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialState;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.test.Processes.Started;

/** A search that is killed or interrupted ends as one that was not. */
@Timeout(300)
class SearchResumeTest {
    private static final int KILLED = 128 + 9;
    private static final Pattern TRAINED = Pattern.compile("trial ([0-9]+): int8 validation accuracy .*");

    @TempDir
    private static Path shared;

    private static SearchRuns search;
    private static Path reference;

    @TempDir
    private Path folder;

    @BeforeAll
    static void searchOnce() throws Exception {
        search = new SearchRuns(shared.resolve("digits"));
        reference = shared.resolve("reference");
        search.complete(reference);
    }

    private static void assertSameResult(Path out) throws Exception {
        assertThat(SearchRuns.trials(out)).isEqualTo(SearchRuns.trials(reference));
        assertThat(SearchRuns.model(out)).isEqualTo(SearchRuns.model(reference));
        assertThat(Files.readString(out.resolve("summary.json")))
                .isEqualTo(Files.readString(reference.resolve("summary.json")));
    }

    /** The numbers of the trials that a search has said to have trained. */
    private static TreeSet<Integer> trained(Outcome outcome) {
        return outcome.err()
                .lines()
                .map(TRAINED::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> Integer.valueOf(matcher.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TreeSet<Integer> completed(Path out) {
        return SearchRuns.trials(out).stream()
                .filter(trial -> trial.state() == TrialState.COMPLETE)
                .map(FrozenTrial::number)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String[] command(Path out) {
        return Files.exists(out.resolve("study.db")) ? new String[] {"--resume"} : new String[] {};
    }

    /** Kills a search when it has said a number of lines and some time has passed. */
    private Outcome kill(Path out, int lines, long millis) throws Exception {
        Started started = search.start(out, command(out));
        SearchRuns.await(started, "", lines);
        Thread.sleep(millis);
        started.signal("KILL");
        return started.end();
    }

    private void assertSurvives(Path out, int kills, SplittableRandom random) throws Exception {
        int killed = 0;
        TreeSet<Integer> done = new TreeSet<>();
        for (int i = 0; i < kills; i++) {
            Outcome outcome = kill(out, random.nextInt(0, 5), random.nextLong(0, 400));
            killed += outcome.exitCode() == KILLED ? 1 : 0;
            Predicate<Integer> finished = done::contains;
            assertThat(trained(outcome)).as("trained again").allMatch(finished.negate());
            if (Files.exists(out.resolve("study.db"))) {
                assertThat(completed(out)).containsAll(done).containsAll(trained(outcome));
                done = completed(out);
            }
        }
        assertThat(killed).as("killed").isPositive();

        Outcome last = search.run(out, command(out));
        assertThat(last.exitCode()).as(last.err()).isZero();
        TreeSet<Integer> missing = completed(reference);
        missing.removeAll(done);
        assertThat(trained(last)).isEqualTo(missing);
        assertSameResult(out);
    }

    @Tag("slow")
    @Test
    void aKilledSearchGoesOnAsIfNothingHadHappened() throws Exception {
        assertSurvives(folder.resolve("out"), 2, new SplittableRandom(4));
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void howeverOftenAndWhenever(long seed) throws Exception {
        assertSurvives(folder.resolve("out"), 4, new SplittableRandom(seed));
    }

    @Tag("slow")
    @Test
    void whatAKillLeavesBeforeTheStudyExistsIsNoResult() throws Exception {
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.createFile(out.resolve("study.db.lock"));
        search.complete(out, "--trials", "1");

        Path created = Files.createDirectories(folder.resolve("created"));
        Files.createFile(created.resolve("study.db"));
        search.complete(created, "--resume", "--trials", "1");
        assertThat(SearchRuns.model(created)).isEqualTo(SearchRuns.model(out));
    }

    @Tag("slow")
    @Test
    void anInterruptedSearchTellsItsBestAndHowToGoOn() throws Exception {
        assertInterrupted("trial ", 2);
    }

    @Tag("slow")
    @Test
    void soDoesOneInterruptedInItsLastTraining() throws Exception {
        assertInterrupted("training the network", 1);
    }

    private void assertInterrupted(String line, int count) throws Exception {
        Path out = folder.resolve("out");
        Started started = search.start(out);
        SearchRuns.await(started, line, count);
        started.signal("INT");
        Outcome outcome = started.end();

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INTERRUPTED.code());
        assertThat(outcome.out()).isEmpty();
        List<String> said =
                outcome.err().lines().filter(l -> l.startsWith("tinytune: ")).toList();
        assertThat(said).hasSize(1);
        assertThat(said.get(0))
                .matches("tinytune: interrupted; best so far: trial \\d+, int8 validation accuracy \\d+\\.\\d\\d %;"
                        + " continue with the same command and --resume \\(--out " + Pattern.quote(out.toString())
                        + "\\)");
        assertThat(outcome.err()).endsWith(said.get(0) + "\n");
        assertThat(SearchRuns.files(out)).containsOnlyKeys("study.db", "study.db.lock");

        TreeSet<Integer> done = completed(out);
        assertThat(done).hasSizeGreaterThanOrEqualTo(count);
        Outcome resumed = search.run(out, "--resume");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        TreeSet<Integer> missing = completed(reference);
        missing.removeAll(done);
        assertThat(trained(resumed)).isEqualTo(missing);
        assertThat(resumed.err()).contains("resuming after " + done.size() + " trained");
        assertSameResult(out);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --seed 2               | seed was 1, is 2
            --board qemu-microbit  | board was arduino-uno, is qemu-microbit
            --max-ram 1KB          | limits was RAM 2048 B.*, is RAM 1024 B
            --data OTHER           | data was [0-9a-f]{64}, is [0-9a-f]{64}
            """)
    void aStudyIsContinuedWithTheSameSettingsOnly(String options, String difference) throws Exception {
        Path other = folder.resolve("other");
        SearchRuns.writeDigits(other, SearchRuns.SAMPLES + 1);
        Map<String, String> before = SearchRuns.files(reference);
        String[] words = ("--resume " + options.replace("OTHER", other.toString())).split(" ", -1);

        assertRefused(
                search.run(reference, words),
                ExitCode.USAGE,
                "the study was begun with other settings: .*" + difference);
        assertThat(SearchRuns.files(reference)).isEqualTo(before);
    }

    @Tag("slow")
    @Test
    void aStudyHasOneRunAtATime() throws Exception {
        Path out = folder.resolve("out");
        Started first = search.start(out, "--trials", "1000");
        SearchRuns.await(first, "trial ", 1);
        try {
            assertRefused(search.run(out, "--resume"), ExitCode.USAGE, "another run holds this study");
            assertRefused(search.run(out, "--force"), ExitCode.USAGE, "another run holds this study");
            assertThat(out.resolve("study.db")).exists();
        } finally {
            first.signal("KILL");
        }
        assertThat(first.end().exitCode()).isEqualTo(KILLED);
        assertThat(completed(out)).isNotEmpty();
    }

    @Tag("slow")
    @Test
    void aStudyHasOneRunAtATimeInItsLastTrainingToo() throws Exception {
        Path out = folder.resolve("out");
        // On all digits: the last training takes longer than the second process to start.
        Started first = search.start(out, "--trials", "1", "--data", CentroidModel.DIGITS.toString());
        SearchRuns.await(first, "training the network", 1);
        try {
            assertRefused(search.run(out, "--force"), ExitCode.USAGE, "another run holds this study");
        } finally {
            first.signal("KILL");
        }
        assertThat(first.end().exitCode()).isEqualTo(KILLED);
    }

    @Test
    void aDamagedStudyIsLeftAlone() throws Exception {
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.writeString(out.resolve("study.db"), "this is no study ".repeat(500));
        Map<String, String> before = SearchRuns.files(out);

        assertRefused(search.run(out, "--resume"), ExitCode.INVALID_INPUT, "study.db: not a study, or damaged");
        assertThat(SearchRuns.files(out)).containsAllEntriesOf(before);
    }

    @Tag("slow")
    @Test
    void moreTrialsContinueAFinishedStudy() throws Exception {
        Path out = folder.resolve("out");
        search.complete(out, "--trials", "2");
        Outcome outcome = search.run(out, "--resume");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(trained(outcome)).hasSize(SearchRuns.TRIALS - 2);
        assertSameResult(out);
    }
}
