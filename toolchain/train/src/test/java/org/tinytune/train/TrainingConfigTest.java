package org.tinytune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.augmentation.Augmentation;
import org.tinytune.train.initialization.Initializers;
import org.tinytune.train.loss.MeanSquaredError;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.optimizer.Adam;
import org.tinytune.train.optimizer.Clipping;
import org.tinytune.train.optimizer.ConstantSchedule;
import org.tinytune.train.optimizer.CosineSchedule;
import org.tinytune.train.optimizer.Penalty;
import org.tinytune.train.optimizer.Sgd;

class TrainingConfigTest {
    private static final TrainingConfig STANDARD = TrainingConfig.standard(7, 3, 16, 0.02, 2);

    @Test
    void theStandardIsWrittenOut() {
        assertThat(STANDARD)
                .isEqualTo(new TrainingConfig(
                        7,
                        16,
                        2,
                        new Optimization(
                                new Adam(0.9f, 0.999f, 1e-8f, 0.01f), 0.02, new CosineSchedule(0.05), Clipping.NONE),
                        new Regularization(
                                new Penalty(0, 0), 0, Augmentation.NONE, new EarlyStopping(Integer.MAX_VALUE, 0)),
                        new SoftmaxCrossEntropy(0.05),
                        Initializers.ALL.get("by-activation"),
                        new QatSettings(3, 0.1)));
    }

    @Test
    void onePartChangesAndTheOthersStay() {
        Augmentation augmentation = (sample, shape, random) -> {};
        assertThat(STANDARD.with(new Sgd(0.5f)))
                .isEqualTo(STANDARD.with(STANDARD.optimization().with(new Sgd(0.5f))));
        TrainingConfig changed = STANDARD.with(STANDARD.optimization()
                        .with(new Sgd(0.5f))
                        .withLearningRate(0.3)
                        .with(new ConstantSchedule())
                        .with(Clipping.byNorm(1)))
                .with(STANDARD.regularization()
                        .with(new Penalty(1, 2))
                        .withMixup(0.4)
                        .with(new EarlyStopping(5, 0.001)))
                .withAugmentation(augmentation)
                .with(new MeanSquaredError())
                .with(Initializers.ALL.get("he-uniform"))
                .with(new QatSettings(0, 0.5))
                .withThreads(4);
        assertThat(changed)
                .isEqualTo(new TrainingConfig(
                        7,
                        16,
                        4,
                        new Optimization(new Sgd(0.5f), 0.3, new ConstantSchedule(), Clipping.byNorm(1)),
                        new Regularization(new Penalty(1, 2), 0.4, augmentation, new EarlyStopping(5, 0.001)),
                        new MeanSquaredError(),
                        Initializers.ALL.get("he-uniform"),
                        new QatSettings(0, 0.5)));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertRefused(() -> TrainingConfig.standard(0, 1, 16, 0.1, 1), "epochs 0: give 1 or more");
        assertRefused(() -> TrainingConfig.standard(1, -1, 16, 0.1, 1), "int8 epochs -1: give 0 or more");
        assertRefused(() -> TrainingConfig.standard(1, 1, 0, 0.1, 1), "batch size 0: give 1 or more");
        assertRefused(() -> TrainingConfig.standard(1, 1, 1, 0, 1), "learning rate 0.0: give a number above 0");
        assertRefused(
                () -> TrainingConfig.standard(1, 1, 1, Double.NaN, 1), "learning rate NaN: give a number above 0");
        assertRefused(() -> TrainingConfig.standard(1, 1, 1, 0.1, 0), "threads 0: give 1 or more");
        assertRefused(() -> new QatSettings(1, 0), "int8 learning rate factor 0.0: give a number above 0");
        assertRefused(() -> Regularization.NONE.withMixup(-0.1), "mixup -0.1: give 0 or more");
        assertRefused(() -> new EarlyStopping(0, 0), "patience 0: give 1 or more");
        assertRefused(
                () -> new EarlyStopping(1, Double.NaN),
                "the least improvement that renews patience NaN: give 0 or more");
    }

    private static void assertRefused(Runnable code, String message) {
        assertThatThrownBy(code::run)
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessage(message);
    }
}
