package org.tinytune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.data.Samples;
import org.tinytune.data.augmentation.RandomAffine;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.distill.Distillation;
import org.tinytune.train.distill.DistillationSettings;
import org.tinytune.train.initialization.Initialization;
import org.tinytune.train.initialization.Initializers;
import org.tinytune.train.optimizer.Adam;
import org.tinytune.train.optimizer.Lamb;
import org.tinytune.train.optimizer.Momentum;
import org.tinytune.train.optimizer.ReduceOnPlateau;
import org.tinytune.train.optimizer.StatelessSchedule;
import org.tinytune.train.prune.PruningSettings;
import org.tinytune.train.quantize.Folding;
import org.tinytune.train.quantize.MinMax;
import org.tinytune.train.range.LearnedRanges;
import org.tinytune.train.range.LearnedScales;
import org.tinytune.train.range.LearnedSteps;
import org.tinytune.train.range.RangeLearning;

/** A training that goes on at a checkpoint ends as one that never stopped. */
class TrainerResumeTest {
    private static final ListedSamples TRAINING = ListedSamples.bars(60, 1);
    private static final Optional<Samples> VALIDATION = Optional.of(ListedSamples.bars(30, 2));

    /** Stands still, then leaps. */
    private static final StatelessSchedule DIVERGING = progress -> progress < 0.3 ? 0 : 1;

    private static TrainingResult train(TrainingConfig config, Optional<Samples> validation, Checkpoints checkpoints) {
        return Trainer.fit(
                TrainedDigest.network(),
                TRAINING,
                validation,
                config,
                1,
                TrainingListener.NONE,
                () -> false,
                checkpoints);
    }

    static Stream<Named<TrainingConfig>> configs() {
        TrainingConfig usual = TrainingConfig.standard(4, 2, 16, 0.02, 1);
        return Stream.of(
                Named.of("usual", usual),
                Named.of("two threads", usual.withThreads(2)),
                Named.of(
                        "plateaus",
                        usual.with(Optimization.of(Momentum.standard(), 0.05, new ReduceOnPlateau(0.5, 0, 0.2, 0)))),
                Named.of("two passes", usual.with(Lamb.standard())),
                Named.of(
                        "patience",
                        usual.with(Optimization.of(Adam.standard(), 0.001, new ReduceOnPlateau(0.5, 0, 0.2, 0)))
                                .with(Regularization.NONE.with(new EarlyStopping(1, 0.3)))),
                Named.of(
                        "mixed and augmented",
                        usual.with(Regularization.NONE.withMixup(0.2).with(new RandomAffine(1, 0, 0, 0, 0)))),
                Named.of("pruned", usual.with(pruned(2)).with(new QatSettings(1, 0.1))),
                Named.of("pruned without fine-tuning", usual.with(pruned(0)).with(new QatSettings(1, 0.1))),
                Named.of(
                        "learned ranges that freeze",
                        TrainingConfig.standard(1, 4, 16, 0.02, 1).with(learned(LearnedRanges.standard()))),
                Named.of(
                        "learned steps",
                        TrainingConfig.standard(1, 2, 16, 0.02, 2).with(learned(LearnedSteps.standard()))),
                Named.of(
                        "learned scales of weights that freeze",
                        TrainingConfig.standard(1, 4, 16, 0.02, 2)
                                .with(learned(LearnedSteps.standard()).with(new LearnedScales(10, 0.5)))),
                Named.of(
                        "taught",
                        usual.with(new Compression(
                                        PruningSettings.of(0.5, 1, 1),
                                        Optional.of(new Distillation(teacher(), DistillationSettings.standard()))))
                                .with(Regularization.NONE.withMixup(0.2).with(new RandomAffine(1, 0, 0, 0, 0)))));
    }

    private static Compression pruned(int epochs) {
        return Compression.NONE.with(PruningSettings.of(0.5, 2, epochs));
    }

    private static QatSettings learned(RangeLearning ranges) {
        return new QatSettings(4, 0.1).with(new MinMax()).with(ranges);
    }

    private static Graph teacher() {
        return Folding.fold(Initialization.initialize(TrainedDigest.network(), Initializers.STANDARD, 9));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void resumesAtEveryEpochToTheSameBytes(TrainingConfig config) {
        assertResumes(config, VALIDATION);
    }

    @ParameterizedTest
    @MethodSource("configs")
    void soItDoesWithoutValidation(TrainingConfig config) {
        assertResumes(config, Optional.empty());
    }

    private static void assertResumes(TrainingConfig config, Optional<Samples> validation) {
        KeptCheckpoints whole = new KeptCheckpoints(Optional.empty());
        TrainingResult expected = train(config, validation, whole);
        assertThat(TrainedDigest.of(train(config, validation, Checkpoints.NONE)))
                .as("that checkpoints are kept changes nothing")
                .isEqualTo(TrainedDigest.of(expected));
        assertThat(whole.kept()).extracting(Checkpoint::epoch).isEqualTo(expected.history());
        for (int i = 0; i < whole.kept().size(); i++) {
            Checkpoint checkpoint = copy(whole.kept().get(i));
            KeptCheckpoints rest = new KeptCheckpoints(Optional.of(checkpoint));
            TrainingResult resumed = train(config, validation, rest);
            assertThat(TrainedDigest.of(resumed))
                    .as("after %s", checkpoint.epoch())
                    .isEqualTo(TrainedDigest.of(expected));
            assertThat(resumed).isEqualTo(expected);
            assertThat(rest.kept())
                    .as("epochs after %s", checkpoint.epoch())
                    .hasSize(whole.kept().size() - i - 1);
            for (int k = 0; k < rest.kept().size(); k++) {
                assertThat(bytes(rest.kept().get(k)))
                        .isEqualTo(bytes(whole.kept().get(i + 1 + k)));
            }
        }
    }

    /** As a file keeps it. */
    static byte[] bytes(Checkpoint checkpoint) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            checkpoint.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Checkpoint copy(Checkpoint checkpoint) {
        try {
            return Checkpoint.read(new DataInputStream(new ByteArrayInputStream(bytes(checkpoint))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aCheckpointOfAnotherTrainingIsRefused() {
        KeptCheckpoints kept = new KeptCheckpoints(Optional.empty());
        TrainingConfig config = TrainingConfig.standard(1, 1, 16, 0.02, 1);
        train(config, Optional.empty(), kept);
        TrainingConfig other = config.with(Momentum.standard());
        for (Checkpoint checkpoint : kept.kept()) {
            KeptCheckpoints from = new KeptCheckpoints(Optional.of(checkpoint));
            assertThatThrownBy(() -> train(other, Optional.empty(), from))
                    .isInstanceOf(TinytuneException.class)
                    .hasMessageStartingWith("the checkpoint is of another training: ");
            assertThatThrownBy(() -> Trainer.fit(
                            TrainedDigest.network(),
                            ListedSamples.bars(61, 1),
                            Optional.empty(),
                            config,
                            1,
                            TrainingListener.NONE,
                            () -> false,
                            from))
                    .isInstanceOf(TinytuneException.class)
                    .hasMessageContaining("it orders 60 samples, not 61");
        }
    }

    /** A checkpoint of a training with other rounds may still be of graphs of the same size. */
    @Test
    void aCheckpointOfOtherPhasesIsRefused() {
        TrainingConfig plain = TrainingConfig.standard(1, 1, 16, 0.02, 1);
        TrainingConfig pruned = plain.with(pruned(1));
        KeptCheckpoints ofPlain = new KeptCheckpoints(Optional.empty());
        train(plain, Optional.empty(), ofPlain);
        KeptCheckpoints ofPruned = new KeptCheckpoints(Optional.empty());
        train(pruned, Optional.empty(), ofPruned);
        assertThat(ofPruned.kept())
                .extracting(Checkpoint::phase)
                .containsExactly(Phase.FLOAT, Phase.PRUNED, Phase.PRUNED, Phase.INT8);
        assertRefused(pruned, ofPlain.kept().get(1), "it is of the phase INT8, not PRUNED");
        assertRefused(plain, ofPruned.kept().get(1), "it is of the phase PRUNED, not INT8");
        assertRefused(plain, ofPruned.kept().get(3), "it went on to PRUNED, not to INT8");
    }

    private static void assertRefused(TrainingConfig config, Checkpoint checkpoint, String why) {
        assertThatThrownBy(() -> train(config, Optional.empty(), new KeptCheckpoints(Optional.of(checkpoint))))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("the checkpoint is of another training: " + why + " (begin anew)");
    }

    /** What diverges has a checkpoint of the last good epoch, from which it diverges again. */
    @Test
    void aTrainingThatDivergesKeepsItsLastGoodCheckpoint() {
        TrainingConfig config =
                TrainingConfig.standard(6, 1, 16, 0.02, 1).with(Optimization.of(Momentum.standard(), 1e18, DIVERGING));
        KeptCheckpoints kept = new KeptCheckpoints(Optional.empty());
        TrainingResult expected = train(config, Optional.empty(), kept);
        List<Epoch> inFloat = expected.history().stream()
                .filter(epoch -> epoch.phase() == Phase.FLOAT)
                .toList();
        assertThat(inFloat).hasSizeBetween(1, 5);
        for (Checkpoint checkpoint : kept.kept()) {
            TrainingResult resumed = train(config, Optional.empty(), new KeptCheckpoints(Optional.of(checkpoint)));
            assertThat(TrainedDigest.of(resumed)).isEqualTo(TrainedDigest.of(expected));
        }
    }

    /** Whoever goes on in integers hears of what happened in float. */
    @Test
    void whatWasToldOfAPhaseIsToldAgain() {
        TrainingConfig config =
                TrainingConfig.standard(6, 2, 16, 0.02, 1).with(Optimization.of(Momentum.standard(), 1e18, DIVERGING));
        KeptCheckpoints kept = new KeptCheckpoints(Optional.empty());
        List<String> expected = notices(config, kept);
        assertThat(expected).isNotEmpty().first().asString().contains("in float, ");
        for (Checkpoint checkpoint : kept.kept()) {
            assertThat(notices(config, new KeptCheckpoints(Optional.of(checkpoint))))
                    .isEqualTo(expected);
        }
    }

    private static List<String> notices(TrainingConfig config, Checkpoints checkpoints) {
        List<String> notices = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochEnded(Epoch epoch) {}

            @Override
            public void notice(String line) {
                notices.add(line);
            }
        };
        Trainer.fit(TrainedDigest.network(), TRAINING, VALIDATION, config, 1, listener, () -> false, checkpoints);
        return notices;
    }
}
