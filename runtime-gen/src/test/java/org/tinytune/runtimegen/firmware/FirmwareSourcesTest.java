package org.tinytune.runtimegen.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;

class FirmwareSourcesTest {
    private static final Path FOLDER = Path.of("src/main/c/firmware");

    static List<String> boards() {
        return Boards.ids();
    }

    @Test
    void theIndexListsTheFolder() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<String> present = files.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString())
                    .filter(name -> !name.equals("index.txt"))
                    .sorted()
                    .toList();
            assertThat(FirmwareSources.names()).isEqualTo(present);
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void everySourceThatABoardNamesExists(String id) throws IOException {
        Board.Firmware firmware = Boards.byId(id).firmware();

        assertThat(FirmwareSources.names()).containsAll(firmware.sources());
        firmware.linkerScript()
                .ifPresent(script -> assertThat(FOLDER.resolve(script)).exists());
    }
}
