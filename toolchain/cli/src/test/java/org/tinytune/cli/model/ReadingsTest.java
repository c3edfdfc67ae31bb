package org.tinytune.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.AnomalyThreshold;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.OutputEncoding;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;

/** What output bytes mean where they are no classes. */
class ReadingsTest {
    private static final InputEncoding TENFOLD = new InputEncoding(List.of(100f), List.of(10f), 0, 200);

    /** Two int8 values in steps of a half, which are output as they are. */
    private static Graph graph(Metadata metadata) {
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input("x", Shape.of(1, 2), ElementType.INT8, Quantization.perTensor(0.5f, 2));
        return builder.output(input).metadata(metadata).build();
    }

    private static Metadata metadata(TaskKind task, String... labels) {
        return task.storedIn(new Metadata("m", "", List.of(labels), TENFOLD, new TreeMap<>()));
    }

    @Test
    void aRegressionTellsQuantitiesInTheirUnits() {
        Metadata metadata = new OutputEncoding(List.of(20f, 1013f), List.of(4f, 8f))
                .storedIn(metadata(TaskKind.REGRESSION, "temperature", "pressure"));
        assertThat(new Estimator(graph(metadata)).quantities(new byte[] {4, -2}))
                .containsExactly(
                        new Estimator.Quantity("temperature", 20 + 4 * 1),
                        new Estimator.Quantity("pressure", 1013 - 16));
        assertThat(new Estimator(graph(metadata(TaskKind.REGRESSION))).names()).containsExactly("0", "1");
        assertThatThrownBy(() -> new Estimator(graph(metadata(TaskKind.REGRESSION, "y"))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("the model has 2 targets, but 1 names");
    }

    /** The input is 1 and -1, the output 1 and 0: a mean of squares of 0.5. */
    @Test
    void anAnomalyIsBadlyReconstructed() {
        Metadata strict = new AnomalyThreshold(0.4, 0.99).storedIn(metadata(TaskKind.ANOMALY_DETECTION));
        float[] raw = {110, 90};
        byte[] output = {4, 2};
        assertThat(new AnomalyDetector(graph(strict)).verdict(raw, output))
                .isEqualTo(new AnomalyDetector.Verdict(0.5, Optional.of(0.4), Optional.of(true)));
        Metadata lax = new AnomalyThreshold(0.5, 0.99).storedIn(metadata(TaskKind.ANOMALY_DETECTION));
        assertThat(new AnomalyDetector(graph(lax)).verdict(raw, output).anomaly())
                .contains(false);
        assertThat(new AnomalyDetector(graph(metadata(TaskKind.ANOMALY_DETECTION)))
                        .verdict(raw, output)
                        .anomaly())
                .isEmpty();
    }
}
