package org.tinytune.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tinytune.core.plan.ArenaPacker.Layout;

class ArenaPackerTest {
    @Test
    void aChainNeedsItsGreatestPair() {
        // Layers of 64, 256, 128, 300, 10 bytes, each alive from one step to the next.
        List<Block> chain = List.of(
                new Block(64, -1, 0),
                new Block(256, 0, 1),
                new Block(128, 1, 2),
                new Block(300, 2, 3),
                new Block(10, 3, 4));

        Layout layout = ArenaPacker.pack(chain, 1);

        assertThat(layout.arenaBytes()).isEqualTo(428).isEqualTo(layout.lowerBoundBytes());
    }

    @Test
    void theSearchMendsWhatPlacingBySizeGetsWrong() {
        // By size alone the second of the 4s lies above the first, and the 2 above it: 10 bytes.
        List<Block> blocks = List.of(
                new Block(2, 1, 2), new Block(4, 0, 0), new Block(4, 0, 1), new Block(4, 2, 2), new Block(3, 3, 4));

        Layout layout = ArenaPacker.pack(blocks, 1);

        assertThat(layout.arenaBytes()).isEqualTo(8).isEqualTo(layout.lowerBoundBytes());
    }

    @Test
    void noTwoBlocksThatMeetOverlapAndOffsetsAreAligned() {
        for (long seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Block> blocks = randomBlocks(random, random.nextInt(1, 15));
            int alignment = 1 << random.nextInt(4);
            Layout layout = ArenaPacker.pack(blocks, alignment);
            for (int a = 0; a < blocks.size(); a++) {
                assertThat(layout.offsets()[a] % alignment).as("seed %d", seed).isZero();
                assertThat(end(blocks, layout, a)).isLessThanOrEqualTo(layout.arenaBytes());
                for (int b = 0; b < a; b++) {
                    boolean apart = end(blocks, layout, a) <= layout.offsets()[b]
                            || end(blocks, layout, b) <= layout.offsets()[a];
                    assertThat(apart || !blocks.get(a).meets(blocks.get(b)))
                            .as("seed %d: %s and %s", seed, blocks.get(a), blocks.get(b))
                            .isTrue();
                }
            }
            assertThat(layout.arenaBytes()).isGreaterThanOrEqualTo(layout.lowerBoundBytes());
        }
    }

    @Test
    void isTheBestLayoutOfUpToSixBlocks() {
        for (long seed = 0; seed < 300; seed++) {
            List<Block> blocks = randomBlocks(new SplittableRandom(seed), 6);

            assertThat(ArenaPacker.pack(blocks, 1).arenaBytes())
                    .as("seed %d: %s", seed, blocks)
                    .isEqualTo(best(blocks, new ArrayList<>(), new int[blocks.size()]));
        }
    }

    @Test
    void theSameBlocksAlwaysLieAlike() {
        List<Block> blocks = randomBlocks(new SplittableRandom(11), 14);

        assertThat(ArenaPacker.pack(blocks, 4).offsets())
                .isEqualTo(ArenaPacker.pack(blocks, 4).offsets());
    }

    @Test
    void theLowerBoundLeavesTheTopmostBlockUnaligned() {
        Layout layout = ArenaPacker.pack(List.of(new Block(5, 0, 1), new Block(6, 0, 1)), 4);

        assertThat(layout.lowerBoundBytes()).isEqualTo(13);
        assertThat(layout.arenaBytes()).isEqualTo(13);
    }

    @Test
    void fewerTriesAreMadeWithManyBlocks() {
        assertThat(ArenaPacker.tries(0, 4000)).isEqualTo(4000);
        assertThat(ArenaPacker.tries(100, 4000)).isEqualTo(4000);
        assertThat(ArenaPacker.tries(1000, 4000)).isEqualTo(100);
        assertThat(ArenaPacker.tries(16_384, 4000)).isZero();
    }

    @Test
    void aLongChainNeedsItsGreatestPair() {
        List<Block> chain = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            chain.add(new Block(i % 2 == 0 ? 7 : 5 + i % 3, i, i + 1));
        }

        Layout layout = ArenaPacker.pack(chain, 1);

        assertThat(layout.arenaBytes()).isEqualTo(14).isEqualTo(layout.lowerBoundBytes());
    }

    private static List<Block> randomBlocks(SplittableRandom random, int count) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int first = random.nextInt(-1, 6);
            blocks.add(new Block(random.nextInt(1, 40), first, random.nextInt(first, 7)));
        }
        return blocks;
    }

    private static int end(List<Block> blocks, Layout layout, int block) {
        return layout.offsets()[block] + blocks.get(block).bytes();
    }

    /** The smallest arena over all orders of placing each block at every end of another, or at 0. */
    private static int best(List<Block> blocks, List<Integer> placed, int[] offsets) {
        int arena = 0;
        for (int b : placed) {
            arena = Math.max(arena, offsets[b] + blocks.get(b).bytes());
        }
        if (placed.size() == blocks.size()) {
            return arena;
        }
        int best = Integer.MAX_VALUE;
        for (int block = 0; block < blocks.size(); block++) {
            if (!placed.contains(block)) {
                offsets[block] = lowest(blocks, placed, offsets, block);
                placed.add(block);
                best = Math.min(best, best(blocks, placed, offsets));
                placed.remove(placed.size() - 1);
            }
        }
        return best;
    }

    private static int lowest(List<Block> blocks, List<Integer> placed, int[] offsets, int block) {
        int offset = 0;
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int other : placed) {
                boolean apart = offset + blocks.get(block).bytes() <= offsets[other]
                        || offsets[other] + blocks.get(other).bytes() <= offset;
                if (blocks.get(block).meets(blocks.get(other)) && !apart) {
                    offset = offsets[other] + blocks.get(other).bytes();
                    moved = true;
                }
            }
        }
        return offset;
    }
}
