package org.tinytune.runtimegen.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;

class FirmwareSizesTest {
    private static final Board UNO = Boards.byId("arduino-uno");

    @Test
    void theLastByteFits() {
        FirmwareSizes full = new FirmwareSizes(32_256, 2_000, 48);

        assertThatCode(() -> full.requireFit(UNO)).doesNotThrowAnyException();
        assertThat(full.flashOverBytes(UNO)).isZero();
        assertThat(full.ramOverBytes(UNO)).isZero();
    }

    @Test
    void oneByteMoreIsToldWithItsMemory() {
        FirmwareSizes flash = new FirmwareSizes(32_257, 100, 48);
        FirmwareSizes ram = new FirmwareSizes(100, 2_000, 49);

        assertThat(flash.flashOverBytes(UNO)).isEqualTo(1);
        assertThat(ram.ramOverBytes(UNO)).isEqualTo(1);
        assertThatThrownBy(() -> flash.requireFit(UNO))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DOES_NOT_FIT))
                .hasMessageContaining("32257 B of flash, arduino-uno has 32256 B: 1 B over");
        assertThatThrownBy(() -> ram.requireFit(UNO)).hasMessageContaining("2049 B of RAM, arduino-uno has 2048 B");
    }
}
