package org.tinytune.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.DatasetCard;
import org.tinytune.data.Samples;
import org.tinytune.data.SplitPlan;
import org.tinytune.train.model.DeclaredTraining;
import org.tinytune.train.model.ModelFile;

/**
 * Nothing is learned of what is held out: neither by training, nor by early stopping, scaling, calibration or
 * augmentation. Shown by making it wild.
 */
class HeldOutTest {
    private static final Shape MOTION = Shape.of(12, 1, 3);
    private static final float WILD = 30_000;

    private static final String MODEL = """
            [model]
            name = "held_out"
            [[layer]]
            type = "flatten"
            [[layer]]
            type = "dense"
            units = 6
            activation = "relu"
            [[layer]]
            type = "dense"
            [train]
            epochs = 4
            batch_size = 8
            learning_rate = 0.01
            [train.regularization]
            mixup = 0.2
            patience = 2
            [train.augmentation]
            time_warp = 0.2
            time_shift = 0.1
            axis_rotation = 20
            scaling = 0.1
            jitter = 0.05
            """;

    /** @param wild samples that are replaced by very large values of either sign */
    private static Dataset dataset(String plan, BitSet wild) {
        DatasetBuilder builder =
                new DatasetBuilder(DatasetCard.named("motions"), MOTION).splitPlan(SplitPlan.parse(plan));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 120; i++) {
            float[] values = new float[MOTION.elements()];
            for (int v = 0; v < values.length; v++) {
                double value = 1000 * Math.sin(v * (1 + i % 2) * 0.2) + random.nextInt(200);
                values[v] = wild.get(i) ? (v % 2 == 0 ? WILD : -WILD) : Math.round(value);
            }
            builder.add(values, i % 2 == 0 ? "slow" : "fast").group("person " + i / 2 % 20);
        }
        return builder.build();
    }

    private static DeclaredTraining training(String plan, BitSet wild) {
        return new DeclaredTraining(ModelFile.parse("M.toml", MODEL), dataset(plan, wild), 1, 1);
    }

    private static TrainingResult run(DeclaredTraining training) {
        return training.run(TrainingListener.NONE, () -> false, Checkpoints.NONE);
    }

    private static BitSet indices(Samples samples) {
        BitSet indices = new BitSet();
        for (int i = 0; i < samples.size(); i++) {
            indices.set(samples.index(i));
        }
        return indices;
    }

    @ParameterizedTest
    @ValueSource(strings = {"stratified", "stable", "kfold:5/2", "forward", "forward:3/2", "group:person 3"})
    void theTestPartChangesNothing(String plan) {
        DeclaredTraining tame = training(plan, new BitSet());
        BitSet tested = indices(tame.test().open());
        DeclaredTraining wild = training(plan, tested);

        assertThat(indices(wild.test().open())).isEqualTo(tested);
        assertThat(wild.graph().metadata().encoding())
                .isEqualTo(tame.graph().metadata().encoding());
        assertThat(TrainedDigest.of(run(wild))).isEqualTo(TrainedDigest.of(run(tame)));
    }

    /** It decides which epoch is kept, and when training ends; what an epoch learns does not depend on it. */
    @ParameterizedTest
    @ValueSource(strings = {"stratified", "stable", "kfold:5/2", "forward", "group:person 3"})
    void theValidationPartOnlyChooses(String plan) {
        DeclaredTraining tame = training(plan, new BitSet());
        DeclaredTraining wild = training(plan, indices(tame.validation().orElseThrow()));
        List<Epoch> tameEpochs = floatEpochs(run(tame));
        List<Epoch> wildEpochs = floatEpochs(run(wild));
        int common = Math.min(tameEpochs.size(), wildEpochs.size());

        assertThat(wild.graph().metadata().encoding())
                .isEqualTo(tame.graph().metadata().encoding());
        assertThat(common).isPositive();
        for (int i = 0; i < common; i++) {
            assertThat(wildEpochs.get(i).trainingLoss())
                    .isEqualTo(tameEpochs.get(i).trainingLoss());
        }
        assertThat(wildEpochs.get(0).validationLoss())
                .isNotEqualTo(tameEpochs.get(0).validationLoss());
    }

    private static List<Epoch> floatEpochs(TrainingResult result) {
        return result.history().stream()
                .filter(epoch -> epoch.phase() == Epoch.Phase.FLOAT && epoch.number() > 0)
                .toList();
    }
}
