package org.tinytune.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.AnomalyThreshold;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.DatasetCard;
import org.tinytune.data.InputEncodings;
import org.tinytune.data.Samples;
import org.tinytune.train.metric.Metric;
import org.tinytune.train.task.Predictions;

/** Normal samples lie on a curve in four dimensions, others anywhere within the same range. */
class AnomalyTrainingTest {
    private static final Samples TRAINING = samples(400, 0, 1);
    private static final Samples TEST = samples(200, 60, 3);
    private static TrainingResult result;

    private static Samples samples(int normal, int broken, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DatasetBuilder builder = new DatasetBuilder(DatasetCard.named("test"), Shape.of(4)).normalLabel("fine");
        for (int n = 0; n < normal + broken; n++) {
            double t = random.nextDouble(-1, 1);
            double[] sample = n < normal
                    ? new double[] {t, -2 * t, t * t, 3 + t}
                    : random.doubles(4, -1, 1).toArray();
            float[] noisy = new float[4];
            for (int k = 0; k < 4; k++) {
                noisy[k] = (float) (sample[k] + random.nextDouble(-0.05, 0.05));
            }
            builder.add(noisy, n < normal ? "fine" : "broken");
        }
        return builder.build();
    }

    @BeforeAll
    static void train() {
        Graph network = new FloatNetwork(4)
                .encoding(InputEncodings.standardized(TRAINING))
                .dense("encoder", 12)
                .relu("relu1")
                .dense("code", 2)
                .dense("decoder", 12)
                .relu("relu2")
                .dense("output", 4)
                .build();
        result = TaskRuns.train(network, TRAINING, samples(100, 0, 2), 40);
    }

    @Test
    void tellsAnomaliesFromNormalSamples() {
        List<Metric> metrics = TaskRuns.metrics(result.int8Graph(), TEST);

        assertThat(TaskRuns.value(metrics, Metric.Name.of("ROC-AUC"))).isGreaterThan(0.98);
        assertThat(TaskRuns.value(metrics, Metric.Name.of("recall", "anomaly"))).isGreaterThan(0.8);
        assertThat(TaskRuns.value(metrics, Metric.Name.of("recall", "normal"))).isGreaterThan(0.95);
    }

    /** One in a hundred of the 400 that were trained on. */
    @Test
    void theThresholdIsAQuantileOfTheTrainingErrors() {
        AnomalyThreshold threshold =
                AnomalyThreshold.of(result.int8Graph().metadata()).orElseThrow();
        double[] errors = Evaluator.predict(result.int8Graph(), TRAINING, 1).points();

        assertThat(threshold.quantile()).isEqualTo(0.99);
        assertThat(errors).hasSize(400);
        int alarms = 0;
        for (double error : errors) {
            alarms += error > threshold.error() ? 1 : 0;
        }
        assertThat(alarms).isEqualTo(4);
    }

    /** To the last bit: from the integers of the board and the readings as they were, not cut to the input's range. */
    @Test
    void theErrorIsThatOfTheSimulatorsOutput() {
        Graph int8 = result.int8Graph();
        Quantization output = int8.output().quantization();
        Predictions predictions = Evaluator.predict(int8, TEST, 2);

        for (int i = 0; i < TEST.size(); i++) {
            byte[] bytes = TaskRuns.simulate(int8, TEST, i);
            float[] reals = new float[bytes.length];
            for (int k = 0; k < reals.length; k++) {
                reals[k] = (bytes[k] - output.zeroPoint()) * output.scale();
            }
            assertThat(predictions.points()[i])
                    .isEqualTo(AnomalyThreshold.error(TaskRuns.encoded(int8, TEST, i), 0, reals, 0, reals.length));
        }
    }

    @Test
    void aReadingOutOfRangeIsAnAnomalyHoweverFarItIs() {
        Samples far = new DatasetBuilder(DatasetCard.named("far"), Shape.of(4))
                .normalLabel("fine")
                .add(new float[] {0, 0, 0, 3}, "fine")
                .add(new float[] {0, 0, 0, 30}, "broken")
                .add(new float[] {0, 0, 0, 300}, "broken")
                .build();
        double[] errors = Evaluator.predict(result.int8Graph(), far, 1).points();

        assertThat(errors[1]).isGreaterThan(100 * errors[0]);
        assertThat(errors[2]).isGreaterThan(50 * errors[1]);
    }

    @Test
    void epochsAreScoredByTheErrorOfNormalSamples() {
        Epoch best = TaskRuns.bestInt8(result);

        assertThat(best.validationScore()).isEqualTo(best.validationLoss(), Offset.offset(1e-12));
        assertThat(result.int8Graph().metadata().extra()).containsEntry("normalLabel", "fine");
        assertThat(result.int8Graph().metadata().encoding()).isNotEqualTo(InputEncoding.IDENTITY);
    }
}
