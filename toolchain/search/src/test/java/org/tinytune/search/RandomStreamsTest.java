package org.tinytune.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {

    /**
     * Computed by another program. Studies on disk depend on them: a change would make them go on with other trials.
     */
    @Test
    void seedsStayWhatTheyAre() {
        assertThat(RandomStreams.seed(0, "")).isEqualTo(-5855150139360134068L);
        assertThat(RandomStreams.seed(42, "proposal", 7)).isEqualTo(-6705519473263080847L);
        assertThat(RandomStreams.seed(-1, "trial/Gewichte für ü", 3, 4)).isEqualTo(6664877400334189325L);
    }

    @Test
    void differentNamesGiveDifferentSeeds() {
        Set<Long> seeds = new HashSet<>();
        int count = 0;
        for (long seed = -5; seed < 5; seed++) {
            for (String purpose : new String[] {"", "a", "b", "ab", "ba"}) {
                seeds.add(RandomStreams.seed(seed, purpose));
                count++;
                for (long i = -3; i < 10; i++) {
                    seeds.add(RandomStreams.seed(seed, purpose, i));
                    seeds.add(RandomStreams.seed(seed, purpose, i, 0));
                    seeds.add(RandomStreams.seed(seed, purpose, 0, i, 1));
                    count += 3;
                }
            }
        }
        assertThat(seeds).hasSize(count);
    }

    @Test
    void streamsOfOneNameAreTheSame() {
        long[] one = RandomStreams.stream(3, "x", 1).longs(5).toArray();
        assertThat(RandomStreams.stream(3, "x", 1).longs(5).toArray()).isEqualTo(one);
        assertThat(RandomStreams.stream(3, "x", 2).longs(5).toArray()).isNotEqualTo(one);
    }

    @Test
    void neighbouringStreamsAreUnrelated() {
        int n = 4000;
        double sum = 0;
        double products = 0;
        double before = RandomStreams.stream(1, "x", -1).nextDouble() - 0.5;
        for (int i = 0; i < n; i++) {
            double now = RandomStreams.stream(1, "x", i).nextDouble() - 0.5;
            sum += now;
            products += now * before;
            before = now;
        }
        // Five standard errors: of a uniform number 1/√12, of a product 1/12.
        assertThat(Math.abs(sum / n)).isLessThan(5 / Math.sqrt(12.0 * n));
        assertThat(Math.abs(products / n)).isLessThan(5 / 12.0 / Math.sqrt(n));
    }
}
