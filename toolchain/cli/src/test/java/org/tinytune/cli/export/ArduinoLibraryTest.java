package org.tinytune.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.core.tool.Tool;
import org.tinytune.core.tool.Tools;

/** Exports an Arduino library, builds its example with the real core as the IDE would, and runs it in an emulator. */
class ArduinoLibraryTest {
    private static final Tool SIMAVR_PROGRAM = Tool.command("simavr", "to run sketches, in tests", "simavr");
    private static final Pattern COLOURS = Pattern.compile("\u001B\\[[0-9;]*m|\\.\\.(?=\n)");
    private static final String LAST = "differ from the simulator's: ";
    private static final int SECONDS = 60;

    @TempDir
    Path folder;

    /** The fields that revision 2.2 of the specification names, as far as libraries in C use them. */
    @Test
    void libraryPropertiesFollowTheSpecification() throws IOException {
        Exports.write("arduino", Exports.models().get("classes"), Optional.of("arduino-uno"), folder);
        Map<String, String> properties = new TreeMap<>();
        for (String line : Files.readAllLines(folder.resolve("library.properties"))) {
            assertThat(line).matches("[a-z]+=.+");
            properties.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        assertThat(properties)
                .containsOnlyKeys(
                        "name",
                        "version",
                        "author",
                        "maintainer",
                        "sentence",
                        "paragraph",
                        "category",
                        "url",
                        "architectures",
                        "includes");
        assertThat(properties.get("name")).matches("[A-Za-z0-9][A-Za-z0-9 _.-]{0,62}");
        assertThat(properties.get("version")).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(properties.get("architectures")).isEqualTo("avr");
        assertThat(properties.get("category")).isEqualTo("Data Processing");
        assertThat(folder.resolve("src").resolve(properties.get("includes"))).isRegularFile();
        assertThat(Files.readAllLines(folder.resolve("keywords.txt")))
                .contains("my_net_invoke\tKEYWORD2")
                .allMatch(line -> line.matches("\\w+\t(KEYWORD[123]|LITERAL1)"));
        assertThat(folder.resolve("examples/StoredSample/StoredSample.ino")).isRegularFile();
    }

    @Test
    void aLibraryForAnyBoardKeepsConstantsInFlashOnAvr() throws IOException {
        Exports.write("arduino", Exports.models().get("classes"), Optional.empty(), folder);
        assertThat(Files.readString(folder.resolve("library.properties"))).contains("architectures=*\n");
        assertThat(folder.resolve("src/tt_target_avr.h")).isRegularFile();
        assertThat(Files.readString(folder.resolve("src/my_net.c"))).contains("#define TT_TARGET_AVR 1");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"classes", "one of two classes", "quantities", "anomaly", "sequence", "continuous"})
    void theExampleRunsOnAnUno(String model) throws Exception {
        InstalledTools.assume(Tools.AVR_GCC, Tools.AVR_LIBC, Tools.ARDUINO_BOOTLOADERS, SIMAVR_PROGRAM);
        Path library = folder.resolve("library");
        Exports.write("arduino", Exports.models().get(model), Optional.of("arduino-uno"), library);
        ArduinoPlatform uno = new ArduinoPlatform("uno", Files.createDirectory(folder.resolve("build")));
        Path elf = uno.build(library.resolve("examples/StoredSample"), library);
        assertThat(uno.size("recipe.size.regex")).isLessThanOrEqualTo(uno.number("upload.maximum_size"));
        assertThat(uno.size("recipe.size.regex.data")).isLessThan(uno.number("upload.maximum_data_size"));
        assertThat(serialOutput(elf)).contains("microseconds: ").endsWith(LAST + "0\n");
    }

    /** What the sketch prints, until it has printed its last line: it never ends. */
    private static String serialOutput(Path elf) throws Exception {
        Process simavr = new ProcessBuilder("simavr", "-m", "atmega328p", "-f", "16000000", elf.toString())
                .redirectErrorStream(true)
                .redirectOutput(elf.resolveSibling("serial.txt").toFile())
                .start();
        try {
            String said = "";
            for (int i = 0; i < 10 * SECONDS && simavr.isAlive(); i++) {
                said = COLOURS.matcher(Files.readString(elf.resolveSibling("serial.txt"), StandardCharsets.UTF_8))
                        .replaceAll("");
                if (said.matches("(?s).*" + LAST + "\\d+\n.*")) {
                    break;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            return said;
        } finally {
            simavr.destroy();
            simavr.waitFor();
        }
    }
}
