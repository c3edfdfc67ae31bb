package org.tinytune.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final String ERASE = "\r\033[K";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private ProgressLine line(boolean terminal) {
        return new ProgressLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void awayFromATerminalEachWorkIsOneLine() {
        try (ProgressLine line = line(false)) {
            line.begin("flashing");
            line.update(1, 2);
            line.note("slow");
            line.update(2, 2);
            line.begin("running");
        }
        assertThat(shown()).isEqualTo("tinytune: flashing\ntinytune: note: slow\ntinytune: running\n");
    }

    @Test
    void onATerminalOneLineIsWrittenAnewAndErasedAtTheEnd() {
        try (ProgressLine line = line(true)) {
            line.begin("flashing");
            line.update(2, 2);
            line.note("slow");
        }
        assertThat(shown())
                .isEqualTo(ERASE + "tinytune: flashing" + ERASE + "tinytune: flashing: 2 of 2" + ERASE
                        + "tinytune: note: slow\n" + ERASE + "tinytune: flashing: 2 of 2" + ERASE);
    }

    @Test
    void onATerminalQuickStepsAreNotAllShown() {
        try (ProgressLine line = line(true)) {
            line.begin("flashing");
            for (int i = 1; i <= 10_000; i++) {
                line.update(i, 10_000);
            }
        }
        assertThat(shown().split("\r", -1).length).isLessThan(5_000);
        assertThat(shown()).contains("10000 of 10000");
    }
}
