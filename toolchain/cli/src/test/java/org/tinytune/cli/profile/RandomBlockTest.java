package org.tinytune.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.DspBlock;
import org.tinytune.core.op.Operators;
import org.tinytune.core.sim.Simulator;

class RandomBlockTest {
    @ParameterizedTest
    @ValueSource(ints = {16, 64, 1024})
    void drawsEveryBlockSoThatItRuns(int largest) {
        SplittableRandom random = new SplittableRandom(largest);
        for (DspBlock<?> block : Operators.DSP_BLOCKS) {
            for (int i = 0; i < 20; i++) {
                Graph graph = RandomBlock.draw(block, largest, random);

                assertThat(graph.nodes())
                        .extracting(node -> (Object) node.operator())
                        .containsExactly(block);
                assertThat(Simulator.of(graph).run(new byte[graph.input().bytes()]))
                        .hasSize(graph.output().bytes());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 128})
    void aSmallBoardGetsShortWindows(int largest) {
        SplittableRandom random = new SplittableRandom(1);
        for (DspBlock<?> block : Operators.DSP_BLOCKS) {
            // Three channels of a frame, or five frames that overlap by half.
            assertThat(RandomBlock.draw(block, largest, random).input().shape().elements())
                    .isLessThanOrEqualTo(largest * largest / 32 + 4 * largest);
        }
    }
}
