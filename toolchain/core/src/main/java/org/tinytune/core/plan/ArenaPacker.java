package org.tinytune.core.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.tinytune.core.plan.Block.Clearance;

/**
 * Finds offsets for blocks so that no bytes that are in use together overlap, in an arena as small as it can find.
 *
 * <ul>
 *   <li>Blocks are placed one after the other, each into the lowest gap that takes it. Where all bytes of a block are
 *       in use together, some order gives the smallest arena there is: that of the offsets of any best layout.
 *   <li>Orders by size, which already is the best for most chains of layers, and by time, the last first, which suits
 *       tensors that overwrite each other row by row, are tried first.
 *   <li>While the arena is larger than the lower bound, two blocks change places in the best of these; the change is
 *       kept unless the arena grows. Finding the best order is NP-hard, so this ends after a fixed number of tries, and
 *       sooner where there are many blocks: a try looks at all pairs.
 * </ul>
 *
 * <p>Source of the order by size: Pisarchyk and Lee, "Efficient Memory Management for Deep Neural Net Inference"
 * (2020), Greedy by Size for Offset Calculation.
 *
 * <p>Checked by: ArenaPackerTest.
 */
final class ArenaPacker {
    /** Enough to find the best layout of a few dozen blocks nearly always. */
    static final int TRIES = 4000;

    /** Pairs of blocks that all tries together look at. */
    private static final long MOST_PAIRS = 100_000_000;

    /** Of more blocks, the clearances would not fit into memory: they are computed whenever they are asked for. */
    private static final int MOST_KEPT = 1024;

    private static final long SEED = 0x7469_6e79;

    private final List<Block> blocks;
    private final int alignment;

    /** Of each pair of blocks, by the one placed before; none of more than {@link #MOST_KEPT} blocks. */
    private final Clearance[][] clearances;

    private ArenaPacker(List<Block> blocks, int alignment) {
        this.blocks = blocks;
        this.alignment = alignment;
        int kept = blocks.size() > MOST_KEPT ? 0 : blocks.size();
        this.clearances = new Clearance[kept][kept];
        for (int a = 0; a < kept; a++) {
            for (int b = 0; b < a; b++) {
                clearances[a][b] = blocks.get(a).clearance(blocks.get(b));
                clearances[b][a] = clearances[a][b].swapped();
            }
        }
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
        return pack(blocks, alignment, TRIES);
    }

    /** The best layout found in so many tries beyond the first orders. */
    static Layout pack(List<Block> blocks, int alignment, int tries) {
        return new ArenaPacker(blocks, alignment).search(tries(blocks.size(), tries));
    }

    /** How many of the tries that were asked for are made with so many blocks. */
    static int tries(int blocks, int asked) {
        return (int) Math.min(asked, MOST_PAIRS / Math.max(1, (long) blocks * blocks));
    }

    private Layout search(int tries) {
        int lowerBound = lowerBound(blocks, alignment);
        List<Integer> order = null;
        Layout best = null;
        for (Comparator<Integer> by : firstOrders()) {
            List<Integer> candidate =
                    new ArrayList<>(IntStream.range(0, blocks.size()).boxed().toList());
            candidate.sort(by);
            Layout layout = place(candidate, lowerBound);
            if (best == null || layout.arenaBytes() < best.arenaBytes()) {
                best = layout;
                order = candidate;
            }
        }
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < tries && best.arenaBytes() > lowerBound; i++) {
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

    private List<Comparator<Integer>> firstOrders() {
        Comparator<Integer> bySize = Comparator.comparing(b -> -blocks.get(b).bytes());
        Comparator<Integer> lastFirst = Comparator.comparing(b -> -blocks.get(b).lastStep());
        return List.of(bySize, bySize.thenComparing(lastFirst), lastFirst);
    }

    /**
     * The most bytes in use at one moment. Where only whole blocks are in use each is filled up to the alignment, but
     * for the topmost; bytes in use of others may lie in such fillings.
     */
    static int lowerBound(List<Block> blocks, int alignment) {
        int last = blocks.stream().mapToInt(Block::lastStep).max().orElse(0);
        int first = blocks.stream().mapToInt(Block::firstStep).min().orElse(0);
        int bound = 0;
        for (int moment = first; moment <= last; moment++) {
            bound = Math.max(bound, bytesInUse(blocks, alignment, moment));
        }
        return bound;
    }

    private static int bytesInUse(List<Block> blocks, int alignment, int moment) {
        int bytes = 0;
        int padding = 0;
        int topmost = 0;
        for (Block block : blocks) {
            if (block.isUsed(moment)) {
                int used = Math.max(0, block.end(moment) - block.begin(moment));
                int filling = align(used, alignment) - used;
                bytes = Math.addExact(bytes, used);
                padding += filling;
                topmost = block.isWhole() ? Math.max(topmost, filling) : Integer.MAX_VALUE;
            }
        }
        return topmost == Integer.MAX_VALUE ? bytes : Math.addExact(bytes, padding - topmost);
    }

    private Layout place(List<Integer> order, int lowerBound) {
        int[] offsets = new int[blocks.size()];
        int arenaBytes = 0;
        for (int i = 0; i < order.size(); i++) {
            int block = order.get(i);
            offsets[block] = lowestGap(order, i, offsets);
            arenaBytes = Math.max(
                    arenaBytes, Math.addExact(offsets[block], blocks.get(block).bytes()));
        }
        return new Layout(offsets, arenaBytes, lowerBound);
    }

    /** The lowest offset at which the block at {@code position} of the order is clear of all before it. */
    private int lowestGap(List<Integer> order, int position, int[] offsets) {
        int block = order.get(position);
        int offset = 0;
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int i = 0; i < position; i++) {
                int other = order.get(i);
                Clearance toThis = clearance(block, other);
                // This block's offset, seen from the other's.
                int above = offsets[other] - toThis.below();
                int below = offsets[other] - toThis.above();
                if (toThis.binds() && above < offset && offset < below) {
                    offset = align(below, alignment);
                    moved = true;
                }
            }
        }
        return offset;
    }

    private Clearance clearance(int one, int other) {
        return clearances.length > 0 ? clearances[one][other] : blocks.get(one).clearance(blocks.get(other));
    }

    private static int align(int bytes, int alignment) {
        return Math.addExact(bytes, alignment - 1) / alignment * alignment;
    }
}
