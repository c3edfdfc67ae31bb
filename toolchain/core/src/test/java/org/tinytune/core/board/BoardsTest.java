package org.tinytune.core.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

class BoardsTest {
    static List<String> ids() {
        return Boards.ids();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void everyBoardIsReadStrictlyAndLeavesRoomForAModel(String id) {
        Board board = Boards.byId(id);

        assertThat(board.id()).isEqualTo(id);
        assertThat(board.memory().flashBudgetBytes()).isPositive();
        assertThat(board.memory().ramBudgetBytes()).isPositive();
        assertThat(board.mcu().clockHz())
                .isPositive()
                .isLessThanOrEqualTo(board.mcu().maxClockHz());
        assertThat(board.firmware().sources()).isNotEmpty();
        assertThat(board.firmware().tickHz()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aBoardThatIsFlashedOverSerialSaysHow(String id) {
        Board board = Boards.byId(id);

        if (board.flash().protocol() == Board.FlashProtocol.STK500V1) {
            assertThat(board.flash().baud()).isPositive();
            assertThat(board.flash().pageBytes()).isPositive();
            assertThat(board.flash().signature()).isPositive();
        } else {
            assertThat(board.emulator())
                    .as("only an emulator starts with its firmware")
                    .isPresent();
        }
    }

    @Test
    void aBoardWithoutEmulatorLeavesTheSectionOut() {
        String toml = Boards.toml("arduino-uno");

        Board board = Boards.parse("arduino-uno", toml.substring(0, toml.indexOf("[emulator]")));

        assertThat(board.emulator()).isEmpty();
        assertThat(board.firmware().linkerScript()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "page_bytes = 128, page_bytes = \"128\", flash.page_bytes",
        "page_bytes = 128, , page_bytes",
        "page_bytes = 128, page_byte = 128, page_byte",
        "supply_volts = 5.0, , supply_volts",
        "name = \"Arduino Uno Rev3\", , name",
        "[emulator], [simulator], simulator",
        "tick_hz = 16_000_000, , tick_hz"
    })
    void aWrongFieldIsNamed(String right, String wrong, String named) {
        String toml = Boards.toml("arduino-uno").replace(right, wrong == null ? "" : wrong);

        assertThatThrownBy(() -> Boards.parse("arduino-uno", toml))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID_INPUT))
                .hasMessageStartingWith("boards/arduino-uno.toml: ")
                .hasMessageContaining(named);
    }

    @Test
    void anUnknownBoardIsAMistakeOfUsageThatListsTheKnownOnes() {
        assertThatThrownBy(() -> Boards.byId("arduino-uno2"))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("arduino-uno,");
    }
}
