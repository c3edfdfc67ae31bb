package org.tinytune.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.cli.output.Progress;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.svdf.Svdf;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.testing.RandomGraphs;

class BatchSimulatorTest {
    private static final int COUNT = 50;
    private static final Graph GRAPH = RandomGraphs.network(1);
    private static final List<byte[]> INPUTS = SeededInputs.of(GRAPH, 3, COUNT);

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    void outputsAreThoseOfTheSimulatorInTheOrderOfTheInputs(int threads) {
        AtomicInteger told = new AtomicInteger();
        Progress progress = new Progress() {
            @Override
            public void begin(String work) {}

            @Override
            public void update(int done, int total) {
                told.incrementAndGet();
            }
        };
        List<byte[]> outputs = new BatchSimulator(GRAPH, threads).run(COUNT, INPUTS::get, progress);

        Simulator simulator = Simulator.of(GRAPH);
        for (int i = 0; i < COUNT; i++) {
            assertThat(outputs.get(i)).as("input %d", i).isEqualTo(simulator.runSample(INPUTS.get(i)));
        }
        assertThat(told).hasValue(COUNT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aSampleOfSeveralStepsBeginsAnewAndIsJudgedByItsLast(int threads) {
        Graph graph = RandomGraphs.single(Svdf.INSTANCE, 5);
        List<byte[]> steps = SeededInputs.of(graph, 3, 4);
        byte[] sample = new byte[4 * graph.input().bytes()];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = steps.get(i / graph.input().bytes())[i % graph.input().bytes()];
        }

        List<byte[]> outputs = new BatchSimulator(graph, threads).run(COUNT, i -> sample, Progress.NONE);

        Simulator simulator = Simulator.of(graph);
        steps.subList(0, 3).forEach(simulator::run);
        byte[] last = simulator.run(steps.get(3));
        assertThat(outputs).hasSize(COUNT).allMatch(output -> Arrays.equals(output, last));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aFailureEndsTheRun(int threads) {
        BatchSimulator batch = new BatchSimulator(GRAPH, threads);

        assertThatThrownBy(() -> batch.run(COUNT, i -> new byte[i], Progress.NONE))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }
}
