package org.tinytune.cli.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.cli.export.ArduinoPlatform;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.core.tool.Tools;
import org.tinytune.data.reader.DataInspection;
import org.tinytune.data.reader.DataSets;
import org.tinytune.data.reader.ReadOptions;
import org.tinytune.device.Progress;
import org.tinytune.device.emulator.VirtualBoard;
import org.tinytune.device.flash.Flasher;
import org.tinytune.device.flash.IntelHex;
import org.tinytune.device.serial.JsscSerialLink;
import org.tinytune.device.serial.SerialLink;
import picocli.CommandLine;

/** The sketch, built with Arduino's core, flashed into an emulated Uno by its own bootloader, and recorded. */
@Timeout(180)
class ForwarderSketchTest {
    private static final Board UNO = Boards.byId("arduino-uno");
    private static final Path WIRE = Path.of("/usr/share/arduino/hardware/arduino/avr/libraries/Wire");

    @TempDir
    private Path folder;

    /** The sketch as a user may change it. */
    private Path sketch(String... changes) throws IOException {
        Path sketch = ForwarderSketch.write(folder);
        String text = Files.readString(sketch);
        for (String change : changes) {
            String name = change.substring(0, change.lastIndexOf(' ') + 1);
            String changed = text.replaceFirst(name + "\\d+\n", change + "\n");
            assertThat(changed).isNotEqualTo(text);
            text = changed;
        }
        Files.writeString(sketch, text);
        return sketch.getParent();
    }

    private ArduinoPlatform uno() throws IOException {
        InstalledTools.assume(Tools.AVR_GCC, Tools.AVR_LIBC, Tools.ARDUINO_BOOTLOADERS);
        return new ArduinoPlatform("uno", Files.createDirectory(folder.resolve("build")));
    }

    private Path noLibrary() throws IOException {
        Path library = folder.resolve("library");
        Files.createDirectories(library.resolve("src"));
        return library;
    }

    /** Builds, flashes and records; two recordings of two seconds. */
    private JsonNode recorded(Path sketch, String... options) throws IOException {
        InstalledTools.assumeSimavr();
        ArduinoPlatform platform = uno();
        platform.build(sketch, noLibrary());
        try (VirtualBoard board = VirtualBoard.start(UNO, Path.of("not used"))) {
            try (SerialLink link = JsscSerialLink.open(board.port(), UNO.flash().baud())) {
                Flasher.flash(link, UNO, IntelHex.read(platform.hex()), Progress.NONE);
            }
            List<String> arguments = new ArrayList<>(List.of("--port", board.port(), "--label", "still", "--out"));
            arguments.addAll(List.of(folder.resolve("data").toString(), "--count", "2", "--pause", "0.1", "--json"));
            arguments.addAll(List.of(options));
            StringWriter out = new StringWriter();
            int code = new CommandLine(new CollectCommand())
                    .setOut(new PrintWriter(out))
                    .execute(arguments.toArray(String[]::new));
            assertThat(code).isZero();
            return new ObjectMapper().readTree(out.toString());
        }
    }

    private DataInspection read() {
        return DataSets.inspect(folder.resolve("data"), ReadOptions.NONE);
    }

    /** Of what was recorded, as a second class. */
    private void addAnotherLabel() throws IOException {
        Path other = Files.createDirectories(folder.resolve("data/other"));
        try (Stream<Path> files = Files.list(folder.resolve("data/still"))) {
            for (Path file : files.toList()) {
                Files.copy(file, other.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void isWrittenOnceAndNeverReplaced() throws IOException {
        Path sketch = ForwarderSketch.write(folder);
        Files.writeString(sketch, "mine");

        assertThatThrownBy(() -> ForwarderSketch.write(folder))
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining("forwarder.ino exists and may be yours");
        assertThat(sketch).hasContent("mine");
    }

    @Tag("slow")
    @Test
    void itsRateAndNamesAreFound() throws IOException {
        JsonNode report = recorded(sketch());

        assertThat(report.get("rateFrom").asText()).isEqualTo("sketch");
        assertThat(report.get("rateHz").asDouble()).isEqualTo(100);
        assertThat(report.get("recordings")).hasSize(2);
        assertThat(report.at("/recordings/0/readings").asInt()).isEqualTo(200);
        assertThat(report.at("/recordings/1/brokenLines").asInt()).isZero();
        addAnotherLabel();
        assertThat(read().recordings().orElseThrow().ratesHz()).containsOnlyKeys(100.0);
        assertThat(read().dataset().signal().orElseThrow().channels()).containsExactly("a0", "a1", "a2");
    }

    /** By the board's own clock, a period of which is no whole number of microseconds. */
    @Tag("slow")
    @Test
    void itKeepsTheRateThatItSays() throws IOException {
        JsonNode report = recorded(sketch("#define RATE_HZ 60", "#define SEND_TIME 1"), "--seconds", "3");

        assertThat(report.get("rateFrom").asText()).isEqualTo("times");
        assertThat(report.get("rateHz").asDouble()).isCloseTo(60, within(0.06));
        assertThat(report.at("/recordings/0/seconds").asDouble()).isCloseTo(179 / 60.0, within(1e-4));
        addAnotherLabel();
        assertThat(read().recordings().orElseThrow().ratesHz()).containsOnlyKeys(60.0);
    }

    /** The same lines at 9600 bits a second would take twice as long as there is. */
    @Tag("slow")
    @Test
    void aBoardThatDoesNotKeepUpSaysSo() throws IOException {
        JsonNode report = recorded(sketch("#define RATE_HZ 200", "#define BAUD 9600"), "--baud", "9600");

        assertThat(report.at("/recordings/0/missed").asInt()).isPositive();
    }

    @Tag("slow")
    @Test
    void theTemplateOfAnImuCompiles() throws IOException {
        assertThat(uno().compile(sketch("#define USE_MPU6050 1"), WIRE)).hasSize(1);
    }
}
