package org.tinytune.runtimegen.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.core.tool.ToolRun;
import org.tinytune.runtimegen.firmware.FirmwareOptions.Optimization;

class FirmwareBuilderTest {
    private static final Path STANDIN = Path.of("src/test/resources/standin");
    private static final FirmwareOptions SMALL =
            FirmwareOptions.of(Optimization.SIZE).strictly();

    @TempDir
    private Path folder;

    static List<String> boards() {
        return Boards.ids();
    }

    private static Board board(String id) {
        Board board = Boards.byId(id);
        InstalledTools.assumeCompilerOf(board);
        return board;
    }

    /** The sum that the binutils make of the same file, as {@code text data bss}. */
    private static long[] sizesByBinutils(Path elf, Board board) {
        String tool = board.mcu().architecture() == Board.Architecture.AVR ? "avr-size" : "arm-none-eabi-size";
        ToolRun run = ToolRun.of(List.of(tool, elf.toString()), Path.of("."), Duration.ofSeconds(10));
        return Stream.of(run.output().lines().toList().get(1).strip().split("\\s+"))
                .limit(3)
                .mapToLong(Long::parseLong)
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("boards")
    void buildsWithoutAWarningAndSaysWhatTheBinutilsSay(String id) throws IOException {
        Board board = board(id);

        Firmware firmware = FirmwareBuilder.build(STANDIN, board, SMALL, folder.resolve("standin.elf"));

        long[] expected = sizesByBinutils(firmware.elf(), board);
        assertThat(firmware.sizes().flashBytes()).isEqualTo(expected[0] + expected[1]);
        assertThat(firmware.sizes().staticRamBytes()).isEqualTo(expected[1] + expected[2]);
        assertThat(firmware.sizes().stackBytes()).isBetween(40L, 200L);
        firmware.sizes().requireFit(board);
        assertThat(firmware.hex())
                .isEqualTo(folder.resolve("standin.hex"))
                .content()
                .startsWith(":10000000");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(firmware.elf(), firmware.hex());
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void theSameInputGivesTheSameBytes(String id) throws IOException {
        Board board = board(id);

        Firmware first = FirmwareBuilder.build(STANDIN, board, SMALL, folder.resolve("1.elf"));
        Firmware second = FirmwareBuilder.build(STANDIN, board, SMALL, folder.resolve("2.elf"));

        assertThat(first.elf()).hasSameBinaryContentAs(second.elf());
        assertThat(FirmwareBuilder.measure(STANDIN, board, SMALL)).isEqualTo(first.sizes());
    }

    @ParameterizedTest
    @MethodSource("boards")
    void buildsForSpeedAndWithTracing(String id) {
        Board board = board(id);

        FirmwareSizes traced = FirmwareBuilder.measure(STANDIN, board, SMALL.traced());
        FirmwareSizes fast = FirmwareBuilder.measure(
                STANDIN, board, FirmwareOptions.of(Optimization.SPEED).strictly());

        assertThat(traced.flashBytes())
                .isGreaterThan(FirmwareBuilder.measure(STANDIN, board, SMALL).flashBytes());
        assertThat(fast.stackBytes()).isPositive();
    }

    @Test
    void aFloatingPointUnitIsUsedWhereThereIsOne() {
        String id = "qemu-mps2-an386";
        board(id);
        String withFpu = Boards.toml(id)
                .replaceFirst("fpu = \"none\"", "fpu = \"fpv4-sp-d16\"")
                .replaceFirst("float_abi = \"soft\"", "float_abi = \"hard\"");

        Firmware firmware = FirmwareBuilder.build(STANDIN, Boards.parse(id, withFpu), SMALL, folder.resolve("fpu.elf"));

        List<String> attributes =
                List.of("arm-none-eabi-readelf", "-A", firmware.elf().toString());
        assertThat(ToolRun.of(attributes, folder, Duration.ofSeconds(10)).output())
                .contains("Tag_ABI_VFP_args: VFP registers");
    }

    @Test
    void theProtocolIsFrugalOnTheUno() {
        Board uno = board("arduino-uno");
        int arena = 80;
        int weights = 640;

        FirmwareSizes sizes = FirmwareBuilder.measure(STANDIN, uno, SMALL);

        assertThat(sizes.staticRamBytes() - arena).isLessThanOrEqualTo(32);
        assertThat(sizes.flashBytes() - weights).isLessThanOrEqualTo(3_200);
    }

    @ParameterizedTest
    @MethodSource("boards")
    void aModelThatIsTooLargeIsLinkedAllTheSameSoThatItsSizeIsKnown(String id) throws IOException {
        Board board = board(id);
        long over = 1_000;
        long arena = board.memory().ramBudgetBytes() + over;
        Path library = copyOfStandin("arena[MODEL_ARENA_BYTES]", "arena[" + arena + "]");

        FirmwareSizes sizes = FirmwareBuilder.measure(library, board, SMALL);

        assertThat(sizes.ramOverBytes(board)).isBetween(over, over + 300);
        assertThatThrownBy(() -> sizes.requireFit(board))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DOES_NOT_FIT));
    }

    @Test
    void whatNoAddressReachesDoesNotFit() throws IOException {
        Board uno = board("arduino-uno");
        Path library = copyOfStandin("arena[MODEL_ARENA_BYTES]", "arena[70000]");

        assertThatThrownBy(() -> FirmwareBuilder.measure(library, uno, SMALL))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DOES_NOT_FIT));
    }

    @Test
    void aBrokenLibraryIsToldWithTheCompilersFirstErrorAndLeavesNothing() throws IOException {
        Board uno = board("arduino-uno");
        Path library = copyOfStandin("#include \"model.h\"", "#include \"modell.h\"");
        Path elf = folder.resolve("out/broken.elf");

        assertThatThrownBy(() -> FirmwareBuilder.build(library, uno, SMALL, elf))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.TOOL_MISSING))
                .hasMessageContaining("modell.h");
        assertThat(elf.getParent()).doesNotExist();
    }

    @Test
    void aFolderWithoutALibraryIsInvalidInput() {
        Board uno = board("arduino-uno");

        assertThatThrownBy(() -> FirmwareBuilder.measure(folder.resolve("none"), uno, SMALL))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID_INPUT));
    }

    private Path copyOfStandin(String text, String replacement) throws IOException {
        Path copy = Files.createDirectory(folder.resolve("library"));
        try (Stream<Path> files = Files.list(STANDIN)) {
            for (Path file : files.toList()) {
                Files.writeString(
                        copy.resolve(file.getFileName()), Files.readString(file).replace(text, replacement));
            }
        }
        return copy;
    }
}
