package org.tinytune.data.split;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Shares of a whole number that add up to it. */
final class LargestRemainder {
    private LargestRemainder() {}

    /**
     * The share of each size in {@code wanted}, in exact integers; of equal remainders the lower index comes first.
     *
     * @param wanted at most the sum of the sizes
     * @return as many as there are sizes, none above its size; their sum is {@code wanted}
     */
    static int[] shares(int wanted, int[] sizes) {
        int all = IntStream.of(sizes).sum();
        int[] shares = new int[sizes.length];
        long[] remainder = new long[sizes.length];
        for (int i = 0; i < sizes.length && all > 0; i++) {
            long share = (long) wanted * sizes[i];
            shares[i] = Math.toIntExact(share / all);
            remainder[i] = share % all;
        }
        int missing = wanted - IntStream.of(shares).sum();
        IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> -remainder[i]))
                .limit(missing)
                .forEach(i -> shares[i]++);
        return shares;
    }
}
