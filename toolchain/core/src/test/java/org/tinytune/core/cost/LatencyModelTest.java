package org.tinytune.core.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.dsp.Window;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.Operators;
import org.tinytune.core.op.spectralfeatures.SpectralFeatures;
import org.tinytune.core.op.spectralfeatures.SpectralFeaturesParams;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.plan.TargetCosts;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.RandomGraphs;

class LatencyModelTest {
    private static final Board UNO = Boards.byId("arduino-uno");

    @Test
    void isTheSumOfItsPartsAtTheBoardsClock() {
        Graph graph = RandomGraphs.single(Operators.byName("CONV_2D").orElseThrow(), 3);
        Shape output = graph.output().shape();
        long windows = (long) output.dim(1) * output.dim(2);
        long windowElements = graph.macs() / output.dim(3);
        double cycles = UNO.latency().cyclesPerInvoke()
                + UNO.latency().cyclesPerMac().get("CONV_2D") * graph.macs()
                + UNO.latency().cyclesPerElement().get("CONV_2D") * output.elements()
                + UNO.latency().cyclesPerWindow().getOrDefault("CONV_2D", 0.0) * windows
                + UNO.latency().cyclesPerWindowElement().getOrDefault("CONV_2D", 0.0) * windowElements;

        LatencyPrediction prediction = LatencyModel.of(UNO).predict(graph, plan(graph, ""));

        assertThat(prediction.micros()).isCloseTo(cycles / 16, within(1e-6));
        assertThat(prediction.deviationMicros())
                .isCloseTo(prediction.micros() * UNO.latency().relativeError(), within(1e-6));
    }

    /** Of a target whose kernels all are of that variant. */
    private static Plan plan(Graph graph, String variant) {
        TargetCosts costs = new TargetCosts() {
            @Override
            public int scratchBytes(Graph of, Node<?> node, String kernel) {
                return 0;
            }

            @Override
            public List<String> variants(Graph of, Node<?> node) {
                return List.of(variant);
            }
        };
        return Planner.plan(graph, costs, 1);
    }

    @Test
    void countsWhatTheWindowsOfAConvolutionSee() {
        Graph graph = RandomGraphs.single(Operators.byName("CONV_2D").orElseThrow(), 3);
        Shape weights = graph.tensor(graph.nodes().get(0).inputs().get(1)).shape();
        Shape output = graph.output().shape();

        assertThat(KernelWork.of(graph, plan(graph, "pairs")))
                .containsExactly(new KernelWork(
                        "CONV_2D-pairs",
                        graph.macs(),
                        output.elements(),
                        (long) output.dim(1) * output.dim(2),
                        (long) output.dim(1) * output.dim(2) * weights.dim(1) * weights.dim(2) * weights.dim(3)));
    }

    @Test
    void kernelsOfInt16AreOthers() {
        Graph graph = RandomGraphs.single(Operators.byName("CONV_2D").orElseThrow(), ElementType.INT16, 3);
        KernelWork work = KernelWork.of(graph, plan(graph, "")).get(0);
        assertThat(work.kernel()).isEqualTo("CONV_2D-int16");
        assertThat(work.elements()).isEqualTo(graph.output().shape().elements());
    }

    /** Each of two channels in 3 frames of 20 samples, 10 apart, whose 17 bins get logarithms. */
    @Test
    void countsFramesSamplesAndValuesOfABlock() {
        SpectralFeaturesParams params = new SpectralFeaturesParams(
                new Frames(20, 10), Optional.empty(), 32, Window.HANN, false, 0, -80, true, 1, 2, 5);
        Quantization scale = Quantization.perTensor(1f / 32768, 0);
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input("samples", Shape.of(1, 40, 1, 2), ElementType.INT16, scale);
        Quantization features = SpectralFeatures.INSTANCE.output();
        Graph graph = builder.output(
                        builder.node("features", ElementType.INT16, features, SpectralFeatures.INSTANCE, params, input))
                .build();

        KernelWork work = KernelWork.of(graph, plan(graph, "")).get(0);

        assertThat(work).isEqualTo(new KernelWork("SPECTRAL_FEATURES", graph.macs(), 6 * 17, 6, 6 * 20));
    }

    @Test
    void aKernelThatWasNotMeasuredIsTakenForADearOne() {
        LatencyModel model = LatencyModel.of(UNO);
        Set<String> blocks = Operators.DSP_BLOCKS.stream().map(Operator::name).collect(Collectors.toSet());
        double dearest = UNO.latency().cyclesPerMac().entrySet().stream()
                .filter(kernel -> !blocks.contains(kernel.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .max()
                .orElseThrow();
        assertThat(model.cycles(new KernelWork("CONV_2D-unknown", 1000, 0, 0, 0)))
                .isCloseTo(1000 * dearest, within(1e-6));
    }

    @Test
    void everyOperatorCostsSomethingOnEveryBoard() {
        for (String id : Boards.ids()) {
            LatencyModel model = LatencyModel.of(Boards.byId(id));
            Operators.ALL.forEach(operator -> {
                Graph graph = RandomGraphs.single(operator, 3);
                assertThat(model.cycles(KernelWork.of(graph, graph.nodes().get(0), "")))
                        .as("%s on %s", operator.name(), id)
                        .isPositive();
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "100, 10, 100, 0.5",
        "100, 10, 110, 0.8413447460685429",
        "100, 10, 80, 0.022750131948179195",
        "100, 10, 130, 0.9986501019683699",
        "100, 10, 1000, 1",
        "100, 10, 0, 0",
        "100, 0, 100, 1",
        "100, 0, 99.9, 0",
        "100, 50, 182.24268134757361, 0.95"
    })
    void theProbabilityIsThatOfTheNormalDistribution(double mean, double deviation, double limit, double expected) {
        assertThat(new LatencyPrediction(mean, deviation).probabilityAtMost(limit))
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void theProbabilityGrowsWithTheLimitAndStaysInRange() {
        LatencyPrediction prediction = new LatencyPrediction(50, 7);
        double previous = 0;
        for (double limit = -50; limit < 200; limit += 0.25) {
            double p = prediction.probabilityAtMost(limit);
            assertThat(p).isBetween(previous - 1e-15, 1.0);
            previous = p;
        }
    }
}
