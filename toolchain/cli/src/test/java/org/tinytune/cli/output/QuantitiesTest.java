package org.tinytune.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantitiesTest {
    @Test
    void bytesAreExact() {
        assertThat(Quantities.bytes(32_256)).isEqualTo("32,256 B");
    }

    @Test
    void clocksHaveDecimalsOnlyWhereTheyNeedThem() {
        assertThat(Quantities.megahertz(16_000_000)).isEqualTo("16 MHz");
        assertThat(Quantities.megahertz(32_768)).isEqualTo("0.033 MHz");
    }
}
