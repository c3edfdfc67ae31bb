package org.tinytune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.data.Samples;
import org.tinytune.train.distill.Distillation;
import org.tinytune.train.distill.DistillationSettings;
import org.tinytune.train.loss.MeanSquaredError;

/** A student that listens to a teacher. */
class DistillationTest {
    private static final Samples VALIDATION = points(600, 0, 99);

    /** Points of a plane on either side of a line; a part of the labels is wrong. */
    private static ListedSamples points(int count, double wrong, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ListedSamples samples = new ListedSamples(2, 2);
        for (int n = 0; n < count; n++) {
            double x = random.nextDouble(-1, 1);
            double y = random.nextDouble(-1, 1);
            boolean right = random.nextDouble() >= wrong;
            samples.add(x + 0.5 * y > 0.1 == right ? 1 : 0, (float) x, (float) y);
        }
        return samples;
    }

    private static Graph network(int outputs) {
        return new FloatNetwork(2)
                .encoding(new InputEncoding(List.of(0f), List.of(1f), -1, 1))
                .dense("hidden", 12)
                .relu("relu")
                .dense("logits", outputs)
                .softmax()
                .build();
    }

    private static TrainingResult train(Samples samples, Optional<Distillation> teacher, long seed, int threads) {
        TrainingConfig config = TrainingConfig.standard(30, 2, 8, 0.02, threads)
                .with(new Compression(Compression.NONE.pruning(), teacher));
        TrainingListener listener = epoch -> {};
        return Trainer.fit(network(2), samples, Optional.empty(), config, seed, listener, () -> false);
    }

    private static double accuracy(Graph graph) {
        return Evaluator.evaluate(graph, VALIDATION, 1).accuracy();
    }

    /** The teacher has learned from many samples, the student has few, and a third of its labels is wrong. */
    @Test
    void aTeacherMakesUpForBadLabels() {
        Graph teacher = train(points(1000, 0, 1), Optional.empty(), 1, 1).floatGraph();
        assertThat(accuracy(teacher)).isGreaterThan(0.97);
        Distillation distillation = new Distillation(teacher, new DistillationSettings(0.9, 2));
        double[] gains = new double[2];
        for (long seed = 1; seed <= 5; seed++) {
            Samples few = points(60, 0.35, seed);
            TrainingResult alone = train(few, Optional.empty(), seed, 1);
            TrainingResult taught = train(few, Optional.of(distillation), seed, 1);
            assertThat(accuracy(taught.int8Graph())).as("seed %d", seed).isGreaterThan(0.94);
            gains[0] += accuracy(taught.floatGraph()) - accuracy(alone.floatGraph());
            gains[1] += accuracy(taught.int8Graph()) - accuracy(alone.int8Graph());
        }
        assertThat(gains[0] / 5).as("in float").isGreaterThan(0.1);
        assertThat(gains[1] / 5).as("in int8").isGreaterThan(0.1);
    }

    @Test
    void threadsDoNotMatter() {
        Graph teacher = network(2);
        Distillation distillation = new Distillation(teacher, DistillationSettings.standard());
        TrainingResult one = train(points(40, 0, 1), Optional.of(distillation), 1, 1);
        TrainingResult three = train(points(40, 0, 1), Optional.of(distillation), 1, 3);
        assertThat(three.int8Graph()).isEqualTo(one.int8Graph());
        assertThat(three.history()).isEqualTo(one.history());
    }

    @Test
    void teachersThatDoNotFitAreRefused() {
        Distillation distillation = new Distillation(network(3), DistillationSettings.standard());
        assertThatThrownBy(() -> train(points(20, 0, 1), Optional.of(distillation), 1, 1))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("the teacher has 3 outputs, the model has 2: give a teacher of the same classes");
        TrainingConfig config = TrainingConfig.standard(1, 1, 8, 0.02, 1).with(Compression.NONE.with(distillation));
        assertThatThrownBy(() -> config.with(new MeanSquaredError()))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("a teacher is of no use to this loss: give cross-entropy, or no teacher");
    }
}
