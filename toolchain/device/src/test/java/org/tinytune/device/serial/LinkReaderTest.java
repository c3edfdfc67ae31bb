package org.tinytune.device.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LinkReaderTest {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final FakeSerialLink link = new FakeSerialLink((b, line) -> {});
    private final LinkReader reader = new LinkReader(link);

    private void received(String text) {
        link.send(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void splitsLinesHoweverTheyArrive() throws IOException {
        link.slow();
        received("m-one\r\n\nm-two\n");

        assertThat(reader.line(SOON)).isEqualTo("m-one");
        assertThat(reader.line(SOON)).isEmpty();
        assertThat(reader.line(SOON)).isEqualTo("m-two");
    }

    @Test
    void bytesAndLinesShareWhatHasArrived() throws IOException {
        received("abm-one\r\n");

        assertThat(reader.exactly(2, SOON)).containsExactly('a', 'b');
        assertThat(reader.line(SOON)).isEqualTo("m-one");
    }

    @Test
    void aLineThatDoesNotEndIsSilence() {
        received("m-on");

        assertThatThrownBy(() -> reader.line(SOON)).isInstanceOf(SilenceException.class);
    }

    @Test
    void discardsWhatIsHalfRead() throws IOException {
        received("abc");
        reader.exactly(1, SOON);

        reader.discard();
        received("d");

        assertThat(reader.exactly(1, SOON)).containsExactly('d');
    }
}
