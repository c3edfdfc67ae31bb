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

    @Test
    void durationsAndEnergiesGoOnInTheNextUnit() {
        assertThat(Quantities.duration(999.94)).isEqualTo("999.9 us");
        assertThat(Quantities.duration(1000)).isEqualTo("1.000 ms");
        assertThat(Quantities.duration(1_234_567.8)).isEqualTo("1,234.568 ms");
        assertThat(Quantities.microjoules(0.126)).isEqualTo("0.13 uJ");
        assertThat(Quantities.microjoules(12_345)).isEqualTo("12.345 mJ");
    }

    @Test
    void fractionsAreShownInPercent() {
        assertThat(Quantities.percent(0.97221)).isEqualTo("97.22 %");
        assertThat(Quantities.count(1_000_000)).isEqualTo("1,000,000");
    }
}
