package org.tinytune.train.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.AnomalyThreshold;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.OutputEncoding;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.DatasetCard;
import org.tinytune.data.Samples;
import org.tinytune.train.FloatNetwork;
import org.tinytune.train.loss.BinaryCrossEntropy;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.metric.Bootstrap;
import org.tinytune.train.metric.Metric;

class TaskTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-6);

    private static DatasetBuilder builder() {
        return new DatasetBuilder(DatasetCard.named("test"), Shape.of(2));
    }

    private static Samples classes() {
        return builder().add(new float[2], "a").add(new float[2], "b").build();
    }

    private static Samples quantities(String... names) {
        DatasetBuilder builder = builder().quantities(List.of(names));
        return builder.add(new float[2], new float[names.length])
                .add(new float[2], new float[names.length])
                .build();
    }

    private static Graph network(int outputs, Samples samples) {
        Graph graph = new FloatNetwork(2).dense("output", outputs).build();
        return graph.withMetadata(Task.describe(graph.metadata(), samples));
    }

    private static Map<Metric.Name, Double> values(List<Metric> metrics) {
        return metrics.stream().collect(Collectors.toMap(Metric::name, Metric::value));
    }

    @Test
    void followsFromTheMetadata() {
        Samples normal = builder().add(new float[2], "ok").normalLabel("ok").build();

        assertThat(Task.of(network(2, classes()))).isInstanceOf(Classification.class);
        assertThat(Task.of(network(1, quantities("y")))).isInstanceOf(Regression.class);
        assertThat(Task.of(network(2, normal))).isInstanceOf(AnomalyDetection.class);
        assertThat(network(2, classes()).metadata().labels()).containsExactly("a", "b");
        assertThat(network(2, normal).metadata().labels()).isEmpty();
    }

    @Test
    void saysHowManyOutputsItNeeds() {
        assertThat(new Classification().outputs(classes())).isEqualTo(2);
        assertThat(new Regression(OutputEncoding.identity(3)).outputs(quantities("x", "y", "z")))
                .isEqualTo(3);
        assertThat(new AnomalyDetection(Metadata.unnamed()).outputs(classes())).isEqualTo(2);
    }

    @Test
    void refusesAnotherNumberOfOutputs() {
        assertRefused(() -> new Classification().check(network(3, classes()), classes()), "3 outputs for 2 labels");
        Graph regression = network(1, quantities("y"));
        Task task = Task.of(regression);
        assertRefused(() -> task.check(regression, quantities("y", "z")), "1 outputs for 2 target columns");
        assertRefused(() -> task.check(regression, classes()), "for regression, but the data has classes");
        assertRefused(
                () -> new AnomalyDetection(Metadata.unnamed()).check(network(3, classes()), classes()),
                "as many outputs as inputs, the model has 3 of 2");
        // A single output is enough for two classes.
        new Classification().check(network(1, classes()), classes());
    }

    private static void assertRefused(Runnable call, String message) {
        assertThatThrownBy(call::run).isInstanceOf(InvalidModelException.class).hasMessageContaining(message);
    }

    @Test
    void targetsOfClassesAreOneHot() {
        float[] target = {9, 9};
        new Classification().target(classes(), 1, new float[0], 0, target);
        assertThat(target).containsExactly(0, 1);

        float[] single = {9};
        new Classification().target(classes(), 1, new float[0], 0, single);
        assertThat(single).containsExactly(1);
    }

    @Test
    void decidesByTheGreatestOrBySign() {
        assertThat(Classification.decide(new float[] {1, 3, 3}, true)).isEqualTo(1);
        assertThat(Classification.decide(new float[] {0.1f}, true)).isEqualTo(1);
        assertThat(Classification.decide(new float[] {0.1f}, false)).isEqualTo(0);
        assertThat(Classification.decide(new float[] {0.6f}, false)).isEqualTo(1);
    }

    /** A sigmoid of each output is a yes or no; what reads it within the network changes nothing. */
    @Test
    void theEndOfANetworkSaysWhatItsLossIs() {
        Graph logits = new FloatNetwork(2).dense("output", 3).build();
        Graph sigmoids = new FloatNetwork(2)
                .dense("output", 3)
                .node("sigmoid", Logistic.INSTANCE, new NoParams())
                .build();
        Graph gated = new FloatNetwork(2)
                .dense("hidden", 3)
                .node("sigmoid", Logistic.INSTANCE, new NoParams())
                .dense("output", 3)
                .softmax()
                .build();
        assertThat(Task.of(logits).loss()).isEqualTo(new SoftmaxCrossEntropy(0));
        assertThat(Task.of(gated).loss()).isEqualTo(new SoftmaxCrossEntropy(0));
        assertThat(Task.of(sigmoids).loss()).isEqualTo(new BinaryCrossEntropy());
        assertThat(Task.of(new FloatNetwork(2).dense("output", 1).build()).loss())
                .isEqualTo(new BinaryCrossEntropy());
        assertThat(Classification.areLogits(sigmoids, sigmoids.outputs().get(0)))
                .isFalse();
        assertThat(Classification.areLogits(logits, logits.outputs().get(0))).isTrue();
    }

    @Test
    void makesProbabilitiesOfLogits() {
        assertThat(Classification.probabilities(new float[] {0, (float) Math.log(3)}, true))
                .containsExactly(new float[] {0.25f, 0.75f}, Offset.offset(1e-6f));
        assertThat(Classification.probabilities(new float[] {(float) Math.log(3)}, true))
                .containsExactly(new float[] {0.25f, 0.75f}, Offset.offset(1e-6f));
        assertThat(Classification.probabilities(new float[] {0.25f}, false)).containsExactly(0.75f, 0.25f);
        assertThat(Classification.probabilities(new float[] {0.1f, 0.9f}, false))
                .containsExactly(0.1f, 0.9f);
    }

    @Test
    void targetsOfQuantitiesAreEncoded() {
        Samples samples = builder()
                .quantities(List.of("y", "z"))
                .add(new float[2], new float[] {12, -3})
                .build();
        Regression task = new Regression(new OutputEncoding(List.of(10f, 1f), List.of(4f, 2f)));
        float[] target = new float[2];
        task.target(samples, 0, new float[0], 0, target);

        assertThat(target).containsExactly(0.5f, -2);
        assertThat(task.point(new float[] {1.5f, -2}, true, target)).isEqualTo(0.5);
        assertThat(task.score(0.25)).isEqualTo(0.5);
        // Of one quantity, in its unit.
        assertThat(new Regression(new OutputEncoding(List.of(10f), List.of(4f))).score(0.25))
                .isEqualTo(2);
    }

    /** Truth 12 and 8; outputs 0.5 and 0 are 12 and 10: errors 0 and 2. */
    @Test
    void errorsAreInTheUnitOfTheQuantity() {
        Samples samples = builder()
                .quantities(List.of("y"))
                .add(new float[2], new float[] {12})
                .add(new float[2], new float[] {8})
                .build();
        Regression task = new Regression(new OutputEncoding(List.of(10f), List.of(4f)));
        Predictions predictions =
                new Predictions(new float[][] {{0.5f}, {0}}, new double[] {0, 0.25}, new double[] {0, 0.25});

        assertThat(values(task.metrics(samples, predictions, new Bootstrap(1, 1))))
                .containsEntry(Metric.Name.of("loss"), 0.125)
                .containsEntry(Metric.Name.of("RMSE", "y"), Math.sqrt(2))
                .containsEntry(Metric.Name.of("MAE", "y"), 1.0)
                .containsEntry(Metric.Name.of("R²", "y"), 0.5);
    }

    @Test
    void whatIsAboveTheThresholdIsAnAnomaly() {
        Samples samples = builder()
                .normalLabel("ok")
                .add(new float[2], "ok")
                .add(new float[2], "odd")
                .add(new float[2], "odd")
                .build();
        Predictions predictions =
                new Predictions(new float[3][2], new double[] {0.5, 0.75, 2}, new double[] {0.5, 0.75, 2});
        Metadata metadata =
                new AnomalyThreshold(0.75, 0.99).storedIn(TaskKind.ANOMALY_DETECTION.storedIn(Metadata.unnamed()));
        AnomalyDetection task = new AnomalyDetection(metadata);

        Decisions decisions = task.decisions(samples, predictions).orElseThrow();
        assertThat(decisions.labels()).containsExactly("normal", "anomaly");
        assertThat(decisions.targets()).containsExactly(0, 1, 1);
        assertThat(decisions.predictions()).containsExactly(0, 0, 1);
        Map<Metric.Name, Double> values = values(task.metrics(samples, predictions, new Bootstrap(1, 1)));
        assertThat(values)
                .containsEntry(Metric.Name.of("ROC-AUC"), 1.0)
                .containsEntry(Metric.Name.of("recall", "anomaly"), 0.5);
        assertThat(values.get(Metric.Name.of("loss"))).isCloseTo(3.25 / 3, ROUNDING);
    }

    @Test
    void withoutAThresholdThereAreNoDecisions() {
        Samples samples = builder().normalLabel("ok").add(new float[2], "ok").build();
        AnomalyDetection task = new AnomalyDetection(Metadata.unnamed());
        Predictions predictions = new Predictions(new float[1][2], new double[] {1}, new double[] {1});

        assertThat(task.decisions(samples, predictions)).isEmpty();
        // No anomaly among the samples: the curve is undefined, not 0.
        assertThat(values(task.metrics(samples, predictions, new Bootstrap(10, 1))))
                .hasSize(2)
                .containsEntry(Metric.Name.of("ROC-AUC"), Double.NaN);
        assertRefused(
                () -> task.metrics(classes(), Predictions.ofSize(2), new Bootstrap(1, 1)),
                "does not say which samples are normal");
    }
}
