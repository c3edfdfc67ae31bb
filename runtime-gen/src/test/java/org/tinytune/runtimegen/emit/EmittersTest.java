package org.tinytune.runtimegen.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Operators;
import org.tinytune.core.testing.RandomGraphs;

class EmittersTest {
    @Test
    void everyOperatorHasOneEmitter() {
        List<Operator<?>> emitted =
                Emitters.ALL.stream().<Operator<?>>map(Emitter::operator).toList();
        assertThat(emitted).isEqualTo(Operators.ALL);
    }

    @Test
    void everyOperatorOfInt16HasOneEmitterForIt() {
        List<Operator<?>> emitted =
                Emitters.INT16.stream().<Operator<?>>map(Emitter::operator).toList();
        assertThat(emitted).isEqualTo(RandomGraphs.operatorsOfInt16());
    }

    @Test
    void everyBlockBeforeANetworkHasOneEmitter() {
        List<Operator<?>> emitted =
                Emitters.DSP_BLOCKS.stream().<Operator<?>>map(Emitter::operator).toList();
        assertThat(emitted).isEqualTo(Operators.DSP_BLOCKS);
    }

    @Test
    void everyOperatorOfContinuousUseHasOneEmitter() {
        List<Operator<?>> emitted =
                Emitters.CONTINUOUS.stream().<Operator<?>>map(Emitter::operator).toList();
        assertThat(emitted).isEqualTo(Operators.CONTINUOUS);
    }
}
