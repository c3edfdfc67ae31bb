package org.tinytune.train.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.train.initialization.Initializers;
import org.tinytune.train.loss.ClassWeights;
import org.tinytune.train.loss.Losses;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.optimizer.Adam;
import org.tinytune.train.optimizer.Optimizers;
import org.tinytune.train.optimizer.ReduceOnPlateau;
import org.tinytune.train.optimizer.Schedules;

class RegistryTest {
    @Test
    void whatTheIssueNamesIsThere() {
        assertThat(Optimizers.ALL.names())
                .containsExactly(
                        "sgd",
                        "momentum",
                        "nesterov",
                        "adagrad",
                        "adadelta",
                        "rmsprop",
                        "adam",
                        "amsgrad",
                        "adamw",
                        "lamb");
        assertThat(Schedules.ALL.names())
                .containsExactly("constant", "step", "exponential", "cosine", "one-cycle", "reduce-on-plateau");
        assertThat(Losses.ALL.names()).containsExactly("cross-entropy", "binary-cross-entropy", "mse", "mae", "huber");
        assertThat(Initializers.ALL.names())
                .contains("uniform", "normal", "glorot-uniform", "glorot-normal", "he-uniform", "he-normal")
                .contains("lecun-uniform", "lecun-normal");
    }

    @Test
    void settingsAreChangedByName() {
        assertThat(Optimizers.ALL.get("adamw")).isEqualTo(Adam.withDecay(0.01));
        assertThat(Optimizers.ALL.get("adam", Map.of("beta1", 0.8, "weight_decay", 0.5)))
                .isEqualTo(new Adam(0.8f, Adam.BETA2, Adam.EPSILON, 0.5f));
        assertThat(Schedules.ALL.get("reduce-on-plateau", Map.of("patience", 7)))
                .isEqualTo(new ReduceOnPlateau(0.2, 7, 1e-4, 1e-3));
        assertThat(Losses.ALL.get("cross-entropy", Map.of("smoothing", 0.1)))
                .isEqualTo(new SoftmaxCrossEntropy(0.1, ClassWeights.NONE));
    }

    /** All settings can be given as they are: what a file holds of them is what comes back. */
    @Test
    void everyEntryCanBeMadeAgain() {
        Optimizers.ALL
                .entries()
                .forEach((name, usual) -> assertThat(Optimizers.ALL
                                .get(name, Map.of("weight_decay", 0.25))
                                .toString())
                        .contains("weightDecay=0.25")
                        .startsWith(usual.getClass().getSimpleName()));
    }

    @Test
    void mistakesAreSaidInOneLine() {
        assertRefused(
                () -> Schedules.ALL.get("linear"),
                "there is no schedule 'linear': give one of constant, step, exponential, cosine, one-cycle,"
                        + " reduce-on-plateau");
        assertRefused(
                () -> Optimizers.ALL.get("sgd", Map.of("momentum", 0.9)),
                "the optimizer 'sgd' has no setting 'momentum': give one of weight_decay");
        assertRefused(
                () -> Losses.ALL.get("mse", Map.of("delta", 1)), "the loss 'mse' has no setting 'delta': it has none");
        assertRefused(() -> Optimizers.ALL.get("adam", Map.of("beta1", 1)), "beta1 1.0: give 0 or more, below 1");
        assertRefused(
                () -> Schedules.ALL.get("reduce-on-plateau", Map.of("patience", 2.5)),
                "patience 2.5: give a whole number");
    }

    private static void assertRefused(Runnable code, String message) {
        assertThatThrownBy(code::run)
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessage(message);
    }
}
