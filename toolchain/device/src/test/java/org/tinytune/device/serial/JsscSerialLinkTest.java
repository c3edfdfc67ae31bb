package org.tinytune.device.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

class JsscSerialLinkTest {
    @TempDir
    private Path folder;

    @Test
    void aMissingPortIsToldInOneLine() {
        assertThatThrownBy(() -> JsscSerialLink.open("/dev/ttyNONE7", 115_200))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DEVICE_NOT_FOUND))
                .hasMessage("/dev/ttyNONE7: no such port (is the board plugged in?)");
    }

    @Test
    void aFileIsNoPort() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "text");

        assertThatThrownBy(() -> JsscSerialLink.open(file.toString(), 115_200))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DEVICE_NOT_FOUND))
                .hasMessageStartingWith(file + ": ");
    }
}
