package org.tinytune.device.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

class IntelHexTest {
    private static final String END = ":00000001FF";

    private static FlashImage parse(String... lines) {
        return IntelHex.parse("f.hex", List.of(lines));
    }

    @Test
    void putsRecordsWhereTheyBelongAndFillsGapsAsErased() {
        FlashImage image = parse(":02010400CCDD50", ":02010000AABB98", ":0400000300007E007B", END);

        assertThat(image.origin()).isEqualTo(0x100);
        assertThat(image.end()).isEqualTo(0x106);
        assertThat(image.slice(0xFF, 0x108)).containsExactly(0xFF, 0xAA, 0xBB, 0xFF, 0xFF, 0xCC, 0xDD, 0xFF, 0xFF);
    }

    @Test
    void addsSegmentAndLinearBases() {
        assertThat(parse(":020000021000EC", ":0100000001FE", END).origin()).isEqualTo(0x10000);
        assertThat(parse(":020000040002F8", ":0100000001FE", END).origin()).isEqualTo(0x20000);
    }

    @ParameterizedTest
    @CsvSource({
        "':02010000AABB99', 1, checksum",
        "':02010000AABB', 1, length",
        "':0201', 1, length",
        "':02010000AAXX98', 1, hexadecimal",
        "'02010000AABB98', 1, record",
        "':00000009F7', 1, type 9",
        "':02010000AABB98', 1, cut",
        "':00000001FF', 1, no data",
    })
    void aDamagedFileIsToldWithItsLine(String text, int line, String what) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID_INPUT))
                .hasMessageStartingWith("f.hex:" + line + ": ")
                .hasMessageContaining(what);
    }

    @Test
    void addressesThatNoFlashHasAreRefused() {
        assertThatThrownBy(() -> parse(":0100000001FE", ":02000004FFFFFC", ":0100000001FE", END))
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining("out of range");
        assertThatThrownBy(() -> parse(":0100000001FE", ":020000047000 8A".replace(" ", ""), ":0100000001FE", END))
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining("out of range");
    }

    @Test
    void aMissingFileIsInvalidInput() {
        assertThatThrownBy(() -> IntelHex.read(Path.of("none.hex")))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID_INPUT))
                .hasMessageContaining("none.hex: no such file");
    }
}
