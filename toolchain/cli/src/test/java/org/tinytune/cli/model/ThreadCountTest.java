package org.tinytune.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tinytune.core.TinytuneException;

class ThreadCountTest {
    @Test
    void moreThreadsThanAMachineCanBearAreRefused() {
        assertThat(ThreadCount.check(1)).isEqualTo(1);
        assertThat(ThreadCount.check(128)).isEqualTo(128);
        assertThatThrownBy(() -> ThreadCount.check(100_000))
                .isInstanceOf(TinytuneException.class)
                .hasMessageMatching("--threads 100000: give \\d+ at most \\(one a core is the fastest\\)");
    }
}
