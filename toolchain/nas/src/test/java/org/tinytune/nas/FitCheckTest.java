package org.tinytune.nas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.nas.NetworkSpec.Head;
import org.tinytune.search.trial.Feasibility;
import org.tinytune.train.Trainer;

class FitCheckTest {
    private static final Board UNO = Boards.byId("arduino-uno");
    private static final FootprintMeter METER = new FootprintMeter(UNO, false);
    private static final Graph NETWORK = RandomNetworks.skeleton(Shape.of(1, 8, 8, 1), 1);
    private static final Footprint FOOTPRINT = METER.measure(NETWORK);

    private static Limits limits(long ramBytes, long flashBytes) {
        return new Limits(ramBytes, flashBytes, OptionalLong.empty(), 0.9);
    }

    private static Feasibility check(Limits limits) {
        return new FitCheck(METER, limits).check(NETWORK);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "0, 1", "7, -9", "-100, -200"})
    void theValuesAreTheBytesOver(long ramOver, long flashOver) {
        Feasibility feasibility = check(limits(FOOTPRINT.ramBytes() - ramOver, FOOTPRINT.flashBytes() - flashOver));

        assertThat(feasibility.constraints()).containsExactly((double) ramOver, (double) flashOver, -1.0);
        assertThat(feasibility.isFeasible()).isEqualTo(ramOver <= 0 && flashOver <= 0);
        assertThat(feasibility.attributes())
                .containsEntry("ramBytes", Long.toString(FOOTPRINT.ramBytes()))
                .containsEntry("flashBytes", Long.toString(FOOTPRINT.flashBytes()))
                .containsEntry("arenaBytes", Long.toString(FOOTPRINT.arenaBytes()))
                .containsEntry("macs", Long.toString(NETWORK.macs()))
                .doesNotContainKey("excess");
    }

    @Test
    void aLatencyLimitIsKeptWithItsProbability() {
        assertThat(FOOTPRINT.latency().deviationMicros()).isPositive();
        long even = Math.round(FOOTPRINT.latency().micros());
        long sure = (long) Math.ceil(FOOTPRINT.latency().microsAtProbability(0.9));
        Limits fitting = limits(FOOTPRINT.ramBytes(), FOOTPRINT.flashBytes());

        assertThat(check(fitting.withLatency(sure)).isFeasible()).isTrue();
        assertThat(check(fitting.withLatency(sure - 1)).isFeasible()).isFalse();
        assertThat(check(fitting.withLatency(even)).constraints().get(2))
                .isCloseTo(FOOTPRINT.latency().microsAtProbability(0.9) - even, within(1e-6));
        Limits bolder = new Limits(FOOTPRINT.ramBytes(), FOOTPRINT.flashBytes(), OptionalLong.of(even + 1), 0.5);
        assertThat(check(bolder).isFeasible()).isTrue();
    }

    @Test
    void anArenaThatIsTooLargeIsRejectedByItself() {
        Feasibility feasibility = check(limits(FOOTPRINT.arenaBytes() - 3, FOOTPRINT.flashBytes()));

        assertThat(feasibility.constraints().get(0)).isEqualTo(3);
        assertThat(feasibility.constraints().get(1)).isNegative();
        assertThat(feasibility.attributes()).containsOnlyKeys("excess");
        assertThat(FOOTPRINT.ramBytes() - (FOOTPRINT.arenaBytes() - 3)).isGreaterThan(3);
    }

    @Test
    void weightsThatAreTooLargeAreRejectedByThemselves() {
        long weights = NETWORK.tensors().stream()
                .filter(Tensor::isConstant)
                .mapToLong(Tensor::bytes)
                .sum();
        Feasibility feasibility = check(limits(FOOTPRINT.ramBytes(), weights - 5));

        assertThat(feasibility.constraints().get(0)).isNegative();
        assertThat(feasibility.constraints().get(1)).isEqualTo(5);
        assertThat(feasibility.attributes()).containsOnlyKeys("excess");
        assertThat(FOOTPRINT.flashBytes() - (weights - 5)).isGreaterThan(5);
    }

    @Test
    void whatNoAddressReachesDoesNotFitWhateverTheLimits() {
        InstalledTools.assumeCompilerOf(UNO);
        NetworkSpec wide = new NetworkSpec(List.of(), Head.FLATTEN, List.of(512, 512), 0);
        Graph graph = Trainer.skeleton(NetworkBuilder.build(wide, Shape.of(1, 64), RandomNetworks.METADATA), 0);
        FitCheck check = new FitCheck(new FootprintMeter(UNO, true), limits(1 << 20, 1 << 30));

        Feasibility feasibility = check.check(graph);
        assertThat(feasibility.isFeasible()).isFalse();
        assertThat(feasibility.constraints().get(1)).isPositive();
    }

    @Test
    void limitsOnlyTakeAway() {
        Limits all = Limits.of(UNO);
        assertThat(all.ramBytes()).isEqualTo(2048);
        assertThat(all.flashBytes()).isEqualTo(32_256);
        assertThat(all.latencyMicros()).isEmpty();
        assertThat(all.withRam(4096).withFlash(1 << 20)).isEqualTo(all);
        assertThat(all.withRam(1000).withFlash(2000).withLatency(3))
                .isEqualTo(new Limits(1000, 2000, OptionalLong.of(3), 0.9));
    }
}
