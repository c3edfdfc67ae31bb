package org.tinytune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.tinytune.core.ExitCode;

class StandardOutputTest {
    private static StandardStreams.Watched printedTo(OutputStream stream) {
        StandardStreams.Watched watched = new StandardStreams.Watched(stream);
        new PrintStream(watched, true, StandardCharsets.UTF_8).println("the result");
        return watched;
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    @Test
    void aResultThatIsLostIsNoSuccess() {
        StandardStreams.Watched full = printedTo(failing("No space left on device"));
        assertThat(Main.withOutput(0, full)).isEqualTo(ExitCode.INVALID_INPUT.code());
        assertThat(Main.withOutput(7, full)).isEqualTo(7);
    }

    /** As {@code tinytune boards | head -1} does, which is no mistake. */
    @Test
    void aReaderThatHasSeenEnoughIsNoFault() {
        assertThat(Main.withOutput(0, printedTo(failing("Broken pipe")))).isZero();
        assertThat(Main.withOutput(0, printedTo(OutputStream.nullOutputStream())))
                .isZero();
    }
}
