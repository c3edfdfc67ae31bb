package org.tinytune.core.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Finds offsets for blocks so that no two that are in use together overlap, in an arena as small as it can find.
 *
 * <ul>
 *   <li>Blocks are placed one after the other, each into the lowest gap that takes it. Some order gives the smallest
 *       arena there is: that of the offsets of any best layout.
 *   <li>The first order tried is by size, the largest first, which already is the best for most chains of layers.
 *   <li>While the arena is larger than the lower bound, two blocks change places in the order; the change is kept
 *       unless the arena grows. Finding the best order is NP-hard, so this ends after a fixed number of tries.
 * </ul>
 *
 * <p>Source of the first order: Pisarchyk and Lee, "Efficient Memory Management for Deep Neural Net Inference" (2020),
 * Greedy by Size for Offset Calculation.
 */
final class ArenaPacker {
    private static final int TRIES = 4000;
    private static final long SEED = 0x7469_6e79;

    private final List<Block> blocks;
    private final int alignment;

    private ArenaPacker(List<Block> blocks, int alignment) {
        this.blocks = blocks;
        this.alignment = alignment;
    }

    /**
     * Offsets of blocks, in their order.
     *
     * @param offsets of each block's first byte, multiples of the alignment
     * @param arenaBytes one past the last byte of all
     * @param lowerBoundBytes what no layout can go below
     */
    record Layout(int[] offsets, int arenaBytes, int lowerBoundBytes) {}

    /** The best layout found; the same for the same blocks. */
    static Layout pack(List<Block> blocks, int alignment) {
        return new ArenaPacker(blocks, alignment).search();
    }

    private Layout search() {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, blocks.size()).boxed().toList());
        order.sort(Comparator.comparing(b -> -blocks.get(b).bytes()));
        int lowerBound = lowerBound();
        Layout best = place(order, lowerBound);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < TRIES && best.arenaBytes() > lowerBound; i++) {
            int a = random.nextInt(order.size());
            int b = random.nextInt(order.size());
            Collections.swap(order, a, b);
            Layout layout = place(order, lowerBound);
            if (layout.arenaBytes() <= best.arenaBytes()) {
                best = layout;
            } else {
                Collections.swap(order, a, b);
            }
        }
        return best;
    }

    /** The most bytes in use at one step; the topmost block need not be filled up to the alignment. */
    private int lowerBound() {
        int bound = 0;
        for (Block at : blocks) {
            int bytes = 0;
            int filling = 0;
            for (Block block : blocks) {
                if (block.firstStep() <= at.firstStep() && at.firstStep() <= block.lastStep()) {
                    bytes = Math.addExact(bytes, align(block.bytes()));
                    filling = Math.max(filling, align(block.bytes()) - block.bytes());
                }
            }
            bound = Math.max(bound, bytes - filling);
        }
        return bound;
    }

    private Layout place(List<Integer> order, int lowerBound) {
        int[] offsets = new int[blocks.size()];
        int arenaBytes = 0;
        List<Integer> placed = new ArrayList<>();
        for (int block : order) {
            offsets[block] = lowestGap(block, placed, offsets);
            arenaBytes = Math.max(
                    arenaBytes, Math.addExact(offsets[block], blocks.get(block).bytes()));
            insertByOffset(block, placed, offsets);
        }
        return new Layout(offsets, arenaBytes, lowerBound);
    }

    /** The lowest offset at which a block touches none of those placed that it meets. */
    private int lowestGap(int block, List<Integer> placed, int[] offsets) {
        int offset = 0;
        for (int other : placed) {
            if (blocks.get(block).meets(blocks.get(other))) {
                if (offsets[other] - offset >= blocks.get(block).bytes()) {
                    return offset;
                }
                offset = Math.max(
                        offset, align(offsets[other] + blocks.get(other).bytes()));
            }
        }
        return offset;
    }

    private static void insertByOffset(int block, List<Integer> placed, int[] offsets) {
        int i = 0;
        while (i < placed.size() && offsets[placed.get(i)] <= offsets[block]) {
            i++;
        }
        placed.add(i, block);
    }

    private int align(int bytes) {
        return Math.addExact(bytes, alignment - 1) / alignment * alignment;
    }
}
