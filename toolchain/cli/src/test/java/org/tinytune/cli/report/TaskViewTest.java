package org.tinytune.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.AnomalyThreshold;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.OutputEncoding;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.DatasetCard;
import org.tinytune.train.metric.RocCurve;
import org.tinytune.train.task.Predictions;

class TaskViewTest {
    private static final Metadata NONE = new Metadata("m", "", List.of(), InputEncoding.IDENTITY, new TreeMap<>());

    private static Graph graph(Metadata metadata) {
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input("x", Shape.of(1, 1), ElementType.FLOAT32, Quantization.NONE);
        return builder.output(input).metadata(metadata).build();
    }

    private static Predictions predictions(double... points) {
        Predictions predictions = Predictions.ofSize(points.length);
        for (int i = 0; i < points.length; i++) {
            predictions.outputs()[i] = new float[] {(float) points[i]};
            predictions.points()[i] = points[i];
        }
        return predictions;
    }

    @Test
    void quantitiesAreInTheirUnits() {
        DatasetBuilder builder =
                new DatasetBuilder(DatasetCard.named("d"), Shape.of(1)).quantities(List.of("temperature"));
        builder.add(new float[] {0}, new float[] {20}).add(new float[] {0}, new float[] {26});
        Metadata metadata = new OutputEncoding(List.of(22f), List.of(4f)).storedIn(TaskKind.REGRESSION.storedIn(NONE));
        TaskView view = TaskView.of(graph(metadata), builder.build(), predictions(-0.5, 1), predictions(0, 0.5));
        assertThat(view.quantities())
                .containsExactly(new TaskView.Quantity(
                        "temperature", List.of(20.0, 26.0), List.of(20.0, 26.0), List.of(22.0, 24.0)));
        assertThat(view.detection()).isEmpty();
    }

    /** A page of a large test part shows some of its samples, the first and the last among them. */
    @Test
    void manySamplesAreThinnedOut() {
        DatasetBuilder builder = new DatasetBuilder(DatasetCard.named("d"), Shape.of(1)).quantities(List.of("y"));
        for (int i = 0; i < 5001; i++) {
            builder.add(new float[] {0}, new float[] {i});
        }
        Predictions predictions = predictions(new double[5001]);
        TaskView view =
                TaskView.of(graph(TaskKind.REGRESSION.storedIn(NONE)), builder.build(), predictions, predictions);
        List<Double> truth = view.quantities().get(0).truth();
        assertThat(truth).hasSize(1000).isSorted().doesNotHaveDuplicates();
        assertThat(truth.get(0)).isZero();
        assertThat(truth.get(999)).isEqualTo(5000);
    }

    @Test
    void errorsAreCountedInBins() {
        Dataset data = new DatasetBuilder(DatasetCard.named("d"), Shape.of(1))
                .normalLabel("ok")
                .add(new float[] {0}, "ok")
                .add(new float[] {0}, "ok")
                .add(new float[] {0}, "bad")
                .build();
        Metadata metadata = new AnomalyThreshold(0.5, 0.99).storedIn(TaskKind.ANOMALY_DETECTION.storedIn(NONE));
        TaskView.Detection detection = TaskView.of(
                        graph(metadata), data, predictions(1, 2, 3), predictions(0.01, 0.1, 100))
                .detection()
                .orElseThrow();
        assertThat(detection.threshold()).contains(0.5);
        assertThat(detection.int8Curve())
                .containsExactly(
                        new RocCurve.Point(0, 0),
                        new RocCurve.Point(0, 1),
                        new RocCurve.Point(0.5, 1),
                        new RocCurve.Point(1, 1));
        List<TaskView.Bin> bins = detection.histogram();
        assertThat(bins.get(0).from()).isCloseTo(0.01, Offset.offset(1e-9));
        assertThat(bins.get(bins.size() - 1).to()).isCloseTo(100, Offset.offset(1e-6));
        assertThat(bins.stream().mapToInt(TaskView.Bin::normal).sum()).isEqualTo(2);
        assertThat(bins.get(0).normal()).isEqualTo(1);
        assertThat(bins.get(bins.size() - 1).anomalies()).isEqualTo(1);
    }
}
