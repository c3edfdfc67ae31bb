package org.tinytune.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.DatasetCard;
import org.tinytune.data.InputEncodings;
import org.tinytune.data.Samples;
import org.tinytune.train.metric.Metric;
import org.tinytune.train.task.Predictions;

/** Two quantities far from 0 and of very different spread: hectopascals and a share. */
class RegressionTrainingTest {
    private static final Metric.Name PRESSURE = Metric.Name.of("RMSE", "pressure");
    private static final Metric.Name SHARE = Metric.Name.of("RMSE", "share");
    private static final Samples VALIDATION = samples(100, 2);
    private static TrainingResult result;

    private static Samples samples(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DatasetBuilder builder =
                new DatasetBuilder(DatasetCard.named("test"), Shape.of(2)).quantities(List.of("pressure", "share"));
        for (int n = 0; n < count; n++) {
            float x = (float) random.nextDouble(-1, 1);
            float y = (float) random.nextDouble(-1, 1);
            builder.add(new float[] {x, y}, new float[] {1013 + 10 * x * y, 0.5f + 0.01f * (x - y)});
        }
        return builder.build();
    }

    @BeforeAll
    static void train() {
        Samples training = samples(300, 1);
        Graph network = new FloatNetwork(2)
                .encoding(InputEncodings.standardized(training))
                .dense("hidden", 24)
                .relu("relu")
                .dense("output", 2)
                .build();
        result = TaskRuns.train(network, training, VALIDATION, 40);
    }

    /** The deviations are 3.3 and 0.008. */
    @Test
    void isInTheUnitsOfTheQuantities() {
        for (Graph graph : List.of(result.floatGraph(), result.int8Graph())) {
            List<Metric> metrics = TaskRuns.metrics(graph, VALIDATION);
            assertThat(TaskRuns.value(metrics, PRESSURE)).isLessThan(0.6);
            assertThat(TaskRuns.value(metrics, SHARE)).isLessThan(0.0015);
            assertThat(TaskRuns.value(metrics, Metric.Name.of("R²", "pressure")))
                    .isGreaterThan(0.96);
            assertThat(TaskRuns.value(metrics, Metric.Name.of("R²", "share"))).isGreaterThan(0.96);
        }
    }

    @Test
    void labelsNameTheQuantities() {
        assertThat(result.int8Graph().metadata().labels()).containsExactly("pressure", "share");
    }

    /** Of several quantities, in standard deviations: the root of the mean loss. */
    @Test
    void theBestEpochIsTheOneThatIsKept() {
        Epoch best = TaskRuns.bestInt8(result);

        assertThat(best.validationScore()).isEqualTo(Math.sqrt(best.validationLoss()), Offset.offset(1e-9));
        assertThat(TaskRuns.value(TaskRuns.metrics(result.int8Graph(), VALIDATION), Metric.Name.of("loss")))
                .isEqualTo(best.validationLoss());
    }

    @Test
    void anInt8NetworkPredictsWhatTheSimulatorComputes() {
        Graph int8 = result.int8Graph();
        Quantization output = int8.output().quantization();
        Predictions predictions = Evaluator.predict(int8, VALIDATION, 2);

        for (int i = 0; i < VALIDATION.size(); i++) {
            byte[] bytes = TaskRuns.simulate(int8, VALIDATION, i);
            for (int q = 0; q < bytes.length; q++) {
                assertThat(predictions.outputs()[i][q]).isEqualTo((bytes[q] - output.zeroPoint()) * output.scale());
            }
        }
    }
}
