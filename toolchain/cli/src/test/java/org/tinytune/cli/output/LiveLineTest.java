package org.tinytune.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LiveLineTest {
    private static final String CLEAR = "\r\u001B[K";

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void writesItselfAnewOnATerminal() {
        try (LiveLine line = line(true)) {
            line.update("one");
            line.update("two");
            line.println("stays");
        }
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(CLEAR + "one" + CLEAR + "two" + CLEAR + "stays\n" + CLEAR + "two" + CLEAR);
    }

    @Test
    void printsOnlyWhatStaysElsewhere() {
        try (LiveLine line = line(false)) {
            line.update("one");
            line.println("stays");
            assertThat(line.<Integer>during("working", () -> 3)).isEqualTo(3);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("stays\n");
    }

    @Test
    void countsTheSecondsOfWorkOnATerminal() {
        line(true).during("working", () -> sleep(1_500));
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith(CLEAR + "working" + CLEAR + "working 1 s")
                .endsWith(CLEAR);
    }

    private LiveLine line(boolean terminal) {
        return new LiveLine(new PrintStream(err, true, StandardCharsets.UTF_8), terminal);
    }

    private static Void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return null;
    }
}
