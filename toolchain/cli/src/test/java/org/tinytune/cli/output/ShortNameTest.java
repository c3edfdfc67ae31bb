package org.tinytune.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortNameTest {
    @Test
    void keepsTheFirstOfNamesThatAConverterHasChained() {
        assertThat(ShortName.of("net/relu/Relu;net/conv/Conv2D;net/conv/bias")).isEqualTo("net/relu/Relu");
        assertThat(ShortName.of("dense")).isEqualTo("dense");
        assertThat(ShortName.of(";dense")).isEqualTo(";dense");
        assertThat(ShortName.of("")).isEmpty();
    }

    @Test
    void keepsTheEndOfALongName() {
        assertThat(ShortName.of("a".repeat(40))).isEqualTo("a".repeat(40));
        assertThat(ShortName.of("x".repeat(30) + "b".repeat(39))).isEqualTo("…" + "b".repeat(39));
        assertThat(ShortName.of("x".repeat(30) + "\uD83D\uDE00" + "b".repeat(38)))
                .isEqualTo("…" + "b".repeat(38));
    }
}
