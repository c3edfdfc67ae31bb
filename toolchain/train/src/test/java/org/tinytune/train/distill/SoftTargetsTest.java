package org.tinytune.train.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytune.core.TinytuneException;

class SoftTargetsTest {
    private static final int CLASSES = 5;

    private static float[] logits(SplittableRandom random) {
        float[] logits = new float[CLASSES + 1];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextDouble(-6, 6);
        }
        return logits;
    }

    /** By the definition, term by term. */
    private static double loss(float[] student, float[] teacher, double alpha, double temperature) {
        double[] sums = new double[2];
        for (int i = 1; i <= CLASSES; i++) {
            sums[0] += Math.exp(student[i] / temperature);
            sums[1] += Math.exp(teacher[i] / temperature);
        }
        double divergence = 0;
        for (int i = 1; i <= CLASSES; i++) {
            double q = Math.exp(student[i] / temperature) / sums[0];
            double p = Math.exp(teacher[i] / temperature) / sums[1];
            divergence += p * Math.log(p / q);
        }
        return alpha * temperature * temperature * divergence;
    }

    @Test
    void lossAndGradientAreThoseOfTheDefinition() {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            float[] student = logits(random);
            float[] teacher = logits(random);
            double alpha = random.nextDouble();
            double temperature = random.nextDouble(0.5, 10);
            SoftTargets targets = new SoftTargets(new DistillationSettings(alpha, temperature));
            float[] gradient = {7, 1, 1, 1, 1, 1};
            double loss = targets.add(student, 1, teacher, 1, CLASSES, 0.25, gradient, 1);
            assertThat(loss)
                    .as("seed %d", seed)
                    .isCloseTo(loss(student, teacher, alpha, temperature), Offset.offset(1e-6 + 1e-6 * loss));
            assertThat(gradient[0]).isEqualTo(7);
            for (int i = 1; i <= CLASSES; i++) {
                float before = student[i];
                student[i] = before + 0x1p-8f;
                double up = loss(student, teacher, alpha, temperature);
                student[i] = before - 0x1p-8f;
                double down = loss(student, teacher, alpha, temperature);
                student[i] = before;
                // It is added to what is there, scaled.
                assertThat((double) gradient[i])
                        .as("logit %d, seed %d", i, seed)
                        .isCloseTo(1 + 0.25 * (up - down) / 0x1p-7, Offset.offset(2e-3));
            }
        }
    }

    @Test
    void whoSaysWhatTheTeacherSaysHasNothingToLearn() {
        float[] logits = {1000, -1000, 3};
        float[] gradient = new float[3];
        SoftTargets targets = new SoftTargets(new DistillationSettings(1, 2));
        assertThat(targets.add(logits, 0, logits, 0, 3, 1, gradient, 0)).isZero();
        assertThat(gradient).containsOnly(0);
        assertThat(targets.shareOfLabels()).isZero();
    }

    @Test
    void certainLogitsGiveNumbers() {
        float[] gradient = new float[2];
        SoftTargets targets = new SoftTargets(new DistillationSettings(1, 1));
        double loss = targets.add(new float[] {900, -900}, 0, new float[] {-900, 900}, 0, 2, 1, gradient, 0);
        assertThat(loss).isCloseTo(1800, Offset.offset(1e-6));
        assertThat(gradient).containsExactly(1, -1);
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new DistillationSettings(1.5, 1))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("the teacher's share 1.5: give 0 to 1");
        assertThatThrownBy(() -> new DistillationSettings(0.5, 0))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("temperature 0.0: give a number above 0");
    }
}
