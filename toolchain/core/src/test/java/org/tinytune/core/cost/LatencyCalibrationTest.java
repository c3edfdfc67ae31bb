package org.tinytune.core.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tinytune.core.cost.LatencyCalibration.Measurement;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.Operators;
import org.tinytune.core.testing.RandomGraphs;

class LatencyCalibrationTest {
    private static final double PER_INVOKE = 900;
    private static final double PER_MAC = 4.5;
    private static final double PER_ELEMENT = 31;
    private static final double PER_WINDOW = 110;
    private static final double PER_WINDOW_ELEMENT = 7;
    /** The constants that say over which axes a mean goes are read as well. */
    private static final long AXES = 4;

    /** What a board with known coefficients would take, give or take. */
    private static List<Measurement> convolutions(int count, double noise) {
        List<Measurement> measurements = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(5);
        for (int seed = 0; seed < count; seed++) {
            Graph graph = RandomGraphs.single(Operators.byName("CONV_2D").orElseThrow(), seed);
            double cycles = PER_INVOKE
                    + PER_MAC * graph.macs()
                    + PER_ELEMENT * graph.output().shape().elements()
                    + PER_WINDOW * graph.output().shape().elements() / graph.output().shape().dim(3)
                    + PER_WINDOW_ELEMENT * graph.macs() / graph.output().shape().dim(3);
            measurements.add(new Measurement(work(graph), cycles * (1 + noise * (2 * random.nextDouble() - 1))));
        }
        return measurements;
    }

    private static List<KernelWork> work(Graph graph) {
        return List.of(KernelWork.of(graph, graph.nodes().get(0), ""));
    }

    @Test
    void findsTheCoefficientsBehindTheMeasurements() {
        LatencyCalibration found = LatencyCalibration.of(convolutions(40, 0));
        assertThat(found.cyclesPerInvoke()).isCloseTo(PER_INVOKE, within(1.0));
        assertThat(found.cyclesPerMac()).containsOnlyKeys("CONV_2D");
        assertThat(found.cyclesPerMac().get("CONV_2D")).isCloseTo(PER_MAC, within(0.01));
        assertThat(found.cyclesPerElement().get("CONV_2D")).isCloseTo(PER_ELEMENT, within(0.1));
        assertThat(found.cyclesPerWindow().get("CONV_2D")).isCloseTo(PER_WINDOW, within(1.0));
        assertThat(found.cyclesPerWindowElement().get("CONV_2D")).isCloseTo(PER_WINDOW_ELEMENT, within(0.1));
        assertThat(found.relativeError()).isLessThan(1e-3);
    }

    @Test
    void itsErrorIsWhatTheNextMeasurementHasToFear() {
        LatencyCalibration found = LatencyCalibration.of(convolutions(80, 0.1));
        double uniform = 0.1 / Math.sqrt(3);
        assertThat(found.relativeError()).isBetween(0.8 * uniform, 1.3 * uniform);
    }

    @Test
    void whatHasNoMacsIsCountedByTheElementsThatItReads() {
        for (int seed = 0; seed < 10; seed++) {
            Graph graph = RandomGraphs.single(Operators.byName("MEAN").orElseThrow(), seed);
            long read = graph.input().shape().elements();
            assertThat(work(graph).get(0).elements()).as("seed %d", seed).isBetween(read, read + AXES);
        }
    }

    @Test
    void toldOfAnOperatorOnlyOnceItsErrorIsANumber() {
        List<Measurement> measurements = convolutions(40, 0);
        Graph once = RandomGraphs.single(Operators.byName("SOFTMAX").orElseThrow(), 3);
        measurements.add(new Measurement(work(once), 5000));
        LatencyCalibration found = LatencyCalibration.of(measurements);
        assertThat(found.relativeError()).isPositive().isFinite();
        assertThat(found.cyclesPerElement()).containsKey("SOFTMAX");
    }

    @Test
    void refusesTooFewMeasurements() {
        assertThatThrownBy(() -> LatencyCalibration.of(convolutions(4, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("4 measurements are too few for 5 coefficients");
    }
}
