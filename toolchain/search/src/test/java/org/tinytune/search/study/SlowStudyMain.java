package org.tinytune.search.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.tinytune.search.storage.SqliteStorage;
import org.tinytune.search.storage.Storage;
import org.tinytune.search.trial.Objective;
import org.tinytune.search.trial.TrialResult;

/** A run that takes its time, to be killed: {@code STUDY LOG}. */
final class SlowStudyMain {
    static final int TRIALS = 12;
    private static final int EPOCHS = 4;

    private SlowStudyMain() {}

    public static void main(String[] args) {
        run(Path.of(args[0]), Path.of(args[1]), 15);
    }

    /** Begins the study, or goes on with it, on two threads. */
    static void run(Path file, Path log, int millisPerEpoch) {
        Storage storage = Files.exists(file) ? SqliteStorage.open(file) : SqliteStorage.create(file);
        try (Study study = Study.open(TestStudies.bayes(11), storage)) {
            RunLimits limits = RunLimits.ofTrials(TRIALS).withThreads(2);
            new StudyRunner(study, objective(log, millisPerEpoch), limits, StudyListener.NONE).run();
        }
    }

    /** Of {@link TestStudies}, slowly; appends a line with the trial's number when it begins, in one write. */
    static Objective objective(Path log, int millisPerEpoch) {
        return trial -> {
            try {
                byte[] line = (trial.number() + "\n").getBytes(StandardCharsets.UTF_8);
                Files.write(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                for (int epoch = 1; epoch <= EPOCHS; epoch++) {
                    trial.report(epoch, epoch == 2 ? Double.NaN : trial.number() + epoch / 10.0);
                    TimeUnit.MILLISECONDS.sleep(millisPerEpoch);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            TrialResult result = TestStudies.objective(trial);
            return result.withAttribute("number", Integer.toString(trial.number()));
        };
    }
}
