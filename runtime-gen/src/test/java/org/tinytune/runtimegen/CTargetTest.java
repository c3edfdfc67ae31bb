package org.tinytune.runtimegen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;

class CTargetTest {
    @ParameterizedTest
    @CsvSource({"arduino-uno, AVR", "qemu-microbit, ARMV6M", "qemu-mps2-an386, ARMV7EM"})
    void servesEveryBoard(String board, CTarget target) {
        assertThat(CTarget.of(Boards.byId(board).mcu())).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({"cortex-m3, PORTABLE", "cortex-m7, ARMV7EM", "cortex-m33, ARMV7EM", "cortex-m55, HELIUM"})
    void servesEveryCore(String cpu, CTarget target) {
        Board.Mcu mcu = new Board.Mcu("a part", cpu, Board.Architecture.ARM, "auto", "hard", 1, 1);
        assertThat(CTarget.of(mcu)).isEqualTo(target);
    }
}
