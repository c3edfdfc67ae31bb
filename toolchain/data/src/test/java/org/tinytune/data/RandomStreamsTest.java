package org.tinytune.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
    /** Expected values from a few lines of Python after the paper, not from a JDK. */
    @Test
    void givesTheSameOnEveryJdk() {
        assertThat(RandomStreams.stream(1, 2, 3).nextLong()).isEqualTo(-2846709743536021066L);
        assertThat(RandomStreams.stream(1, 2, 3).nextInt(1000)).isEqualTo(321);
        assertThat(RandomStreams.stream(1, 2, 3).nextDouble()).isEqualTo(0.8456795555811296);
    }

    @Test
    void givesADifferentStreamForEveryNameAndSeed() {
        Set<Long> first = new HashSet<>();
        for (long seed = -5; seed < 5; seed++) {
            first.add(RandomStreams.stream(seed).nextLong());
            for (long a = -5; a < 5; a++) {
                first.add(RandomStreams.stream(seed, a).nextLong());
                for (long b = -5; b < 5; b++) {
                    first.add(RandomStreams.stream(seed, a, b).nextLong());
                }
            }
        }

        assertThat(first).hasSize(10 + 100 + 1000);
    }
}
