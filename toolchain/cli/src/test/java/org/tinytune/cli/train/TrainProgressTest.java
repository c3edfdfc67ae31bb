package org.tinytune.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.tinytune.cli.output.LiveLine;
import org.tinytune.core.graph.OutputEncoding;
import org.tinytune.train.Compression;
import org.tinytune.train.Epoch;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.prune.PruningSettings;
import org.tinytune.train.task.Classification;
import org.tinytune.train.task.Regression;

class TrainProgressTest {
    private static final TrainingConfig CONFIG = TrainingConfig.standard(10, 5, 20, 0.01, 1);
    private static final ScoreText ACCURACY = ScoreText.of(new Classification());
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long now;

    private TrainProgress progress(boolean terminal, boolean quiet) {
        LiveLine line = new LiveLine(new PrintStream(err, true, StandardCharsets.UTF_8), terminal);
        return new TrainProgress(line, quiet, CONFIG, 100, ACCURACY, "", () -> now);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** 80 samples in 2 seconds behind the first step: 40 a second, and 1400 are left. */
    @Test
    void tellsLossAccuracySpeedAndTheTimeLeft() {
        try (TrainProgress progress = progress(false, false)) {
            now = 7 * SECOND;
            progress.stepEnded(Phase.FLOAT, 20, 1000);
            now = 9 * SECOND;
            progress.stepEnded(Phase.FLOAT, 100, 1000);
            progress.epochEnded(new Epoch(Phase.FLOAT, 1, 0.5, 0.75, 0.25, 0.875));
        }
        assertThat(said())
                .isEqualTo("epoch 1 of 10 in float: loss 0.5000, accuracy 75.00 %; validation loss 0.2500, accuracy"
                        + " 87.50 %, 40 samples/s, 0:35 left\n");
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        try (TrainProgress progress = progress(false, false)) {
            progress.epochEnded(new Epoch(Phase.FLOAT, 2, 0.5, 0.75, Double.NaN, Double.NaN));
            progress.epochEnded(new Epoch(Phase.INT8, 0, Double.NaN, Double.NaN, 0.25, 0.875));
            progress.epochEnded(new Epoch(Phase.INT8, 1, 0.5, 0.75, Double.NaN, Double.NaN));
        }
        assertThat(said().lines())
                .containsExactly(
                        "epoch 2 of 10 in float: loss 0.5000, accuracy 75.00 %",
                        "calibrated: validation loss 0.2500, accuracy 87.50 %",
                        "epoch 1 of 5 in integers: loss 0.5000, accuracy 75.00 %");
    }

    /** The second epoch of three of the first round, the first of the second: 300 samples a second, 700 are left. */
    @Test
    void countsRoundsOfPruning() {
        TrainingConfig pruned = CONFIG.with(Compression.NONE.with(PruningSettings.of(0.5, 2, 3)));
        LiveLine line = new LiveLine(new PrintStream(err, true, StandardCharsets.UTF_8), false);
        try (TrainProgress progress = new TrainProgress(line, false, pruned, 100, ACCURACY, "", () -> now)) {
            progress.stepEnded(Phase.PRUNED, 100, 300);
            progress.epochEnded(new Epoch(Phase.PRUNED, 1, 0.5, 0.75, Double.NaN, Double.NaN));
            progress.stepEnded(Phase.PRUNED, 300, 300);
            now += SECOND;
            progress.stepEnded(Phase.PRUNED, 100, 300);
            progress.epochEnded(new Epoch(Phase.PRUNED, 1, 0.5, 0.75, Double.NaN, Double.NaN));
            progress.epochEnded(new Epoch(Phase.INT8, 5, 0.5, 0.75, Double.NaN, Double.NaN));
        }
        assertThat(said().lines())
                .containsExactly(
                        "epoch 1 of 3 in round 1 of 2 of pruning: loss 0.5000, accuracy 75.00 %",
                        "epoch 1 of 3 in round 2 of 2 of pruning: loss 0.5000, accuracy 75.00 %, 300 samples/s, 0:02"
                                + " left",
                        "epoch 5 of 5 in integers: loss 0.5000, accuracy 75.00 %, 300 samples/s, 0:00 left");
    }

    @Test
    void namesTheScoreOfTheTaskAndWhoIsTrained() {
        LiveLine line = new LiveLine(new PrintStream(err, true, StandardCharsets.UTF_8), false);
        ScoreText rmse = ScoreText.of(new Regression(OutputEncoding.identity(1)));
        try (TrainProgress progress = new TrainProgress(line, false, CONFIG, 100, rmse, "teacher", () -> now)) {
            progress.epochEnded(new Epoch(Phase.FLOAT, 2, 0.5, 0.75, 0.25, 12.5));
        }
        assertThat(said())
                .isEqualTo(
                        "teacher: epoch 2 of 10 in float: loss 0.5000, RMSE 0.7500; validation loss 0.2500, RMSE 12.5000\n");
    }

    @Test
    void movesOnATerminalOnly() {
        for (boolean terminal : new boolean[] {false, true}) {
            err.reset();
            try (TrainProgress progress = progress(terminal, false)) {
                progress.stepEnded(Phase.FLOAT, 120, 1000);
                now += SECOND;
                progress.stepEnded(Phase.FLOAT, 140, 1000);
            }
            if (terminal) {
                assertThat(said()).contains("epoch 2 of 10 in float: 40 %, 20 samples/s, 1:08 left");
            } else {
                assertThat(said()).isEmpty();
            }
        }
    }

    @Test
    void noticesAreToldEvenWhereQuiet() {
        try (TrainProgress progress = progress(false, true)) {
            progress.epochEnded(new Epoch(Phase.FLOAT, 1, 0.5, 0.75, 0.25, 0.875));
            progress.notice("something");
        }
        assertThat(said()).isEqualTo("tinytune: note: something\n");
    }
}
