package org.tinytune.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.cli.output.Progress;
import org.tinytune.core.graph.Graph;
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
            assertThat(outputs.get(i)).as("input %d", i).isEqualTo(simulator.run(INPUTS.get(i)));
        }
        assertThat(told).hasValue(COUNT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aFailureEndsTheRun(int threads) {
        BatchSimulator batch = new BatchSimulator(GRAPH, threads);

        assertThatThrownBy(() -> batch.run(COUNT, i -> new byte[i], Progress.NONE))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }
}
