package org.tinytune.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatinHypercubeTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "8, 5", "13, 2"})
    void eachSliceOfEachAxisHasOnePointOfABlock(int size, int dimensions) {
        for (long seed = 0; seed < 20; seed++) {
            LatinHypercube hypercube = new LatinHypercube(size, dimensions, seed);
            for (int block = 0; block < 3; block++) {
                for (int j = 0; j < dimensions; j++) {
                    BitSet slices = new BitSet();
                    for (int i = 0; i < size; i++) {
                        double x = hypercube.point(block * size + i)[j];
                        assertThat(x).isGreaterThanOrEqualTo(0).isLessThan(1);
                        slices.set((int) (x * size));
                    }
                    assertThat(slices.cardinality())
                            .as("axis %d of block %d, seed %d", j, block, seed)
                            .isEqualTo(size);
                }
            }
        }
    }

    @Test
    void blocksAxesAndSeedsAreShuffledEachOnItsOwn() {
        int size = 40;
        LatinHypercube hypercube = new LatinHypercube(size, 2, 1);
        LatinHypercube other = new LatinHypercube(size, 2, 2);
        int sameAxis = 0;
        int sameBlock = 0;
        int sameSeed = 0;
        for (int i = 0; i < size; i++) {
            double[] point = hypercube.point(i);
            sameAxis += slice(point[0]) == slice(point[1]) ? 1 : 0;
            sameBlock += slice(point[0]) == slice(hypercube.point(i + size)[0]) ? 1 : 0;
            sameSeed += slice(point[0]) == slice(other.point(i)[0]) ? 1 : 0;
        }
        // One fixed point is expected of a random permutation; eight happen once in a hundred thousand.
        assertThat(sameAxis).isLessThan(8);
        assertThat(sameBlock).isLessThan(8);
        assertThat(sameSeed).isLessThan(8);
    }

    private static int slice(double x) {
        return (int) (x * 40);
    }

    @Test
    void pointsDependOnTheirIndexAlone() {
        LatinHypercube hypercube = new LatinHypercube(8, 3, 4);
        double[] fifth = hypercube.point(5);
        hypercube.point(0);
        assertThat(hypercube.point(5)).isEqualTo(fifth);
        assertThat(new LatinHypercube(8, 3, 4).point(5)).isEqualTo(fifth);
    }
}
