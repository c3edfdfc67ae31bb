package org.tinytune.core.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.board.Board.UsbId;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Operators;

/** The board files as a collection, and the facts that no type can hold. */
class BoardFilesTest {
    private static final Path FOLDER = Path.of(System.getProperty("tinytune.root"), "boards");

    /** USB identities that several boards share, so that a port alone does not tell which board it is. */
    private static final Map<UsbId, List<String>> AMBIGUOUS = Map.of();

    static List<Board> boards() {
        return Boards.ids().stream().map(Boards::byId).toList();
    }

    @Test
    void theIndexListsEveryFileInOrder() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> ids = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".toml"))
                    .map(name -> name.substring(0, name.length() - ".toml".length()))
                    .sorted()
                    .toList();
            assertThat(Boards.ids()).isEqualTo(ids).isNotEmpty();
        }
    }

    @Test
    void usbIdentitiesThatBoardsShareAreListedAsAmbiguous() {
        Map<UsbId, TreeSet<String>> boardsByUsb = boards().stream()
                .flatMap(board -> board.usb().stream().map(usb -> Map.entry(usb, board.id())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toCollection(TreeSet::new))));
        Map<UsbId, List<String>> shared = new HashMap<>();
        boardsByUsb.forEach((usb, ids) -> {
            if (ids.size() > 1) {
                shared.put(usb, List.copyOf(ids));
            }
        });

        assertThat(shared).isEqualTo(AMBIGUOUS);
    }

    @ParameterizedTest
    @MethodSource("boards")
    void budgetsArePositiveAndLieInsideTheHardware(Board board) {
        Board.Memory memory = board.memory();

        assertThat(memory.flashBudgetBytes()).isPositive().isLessThanOrEqualTo(memory.flashBytes());
        assertThat(memory.ramBudgetBytes()).isPositive().isLessThanOrEqualTo(memory.ramBytes());
        assertThat(memory.flashOrigin()).isNotNegative();
        assertThat(memory.ramOrigin()).isNotNegative();
    }

    @ParameterizedTest
    @MethodSource("boards")
    void figuresArePositiveAndSayWhereTheyComeFrom(Board board) {
        Board.Latency latency = board.latency();

        assertThat(latency.source()).matches("(estimate|measured)\\b.*");
        assertThat(latency.cyclesPerInstructionSource()).isNotBlank();
        assertThat(latency.relativeError()).isBetween(0.0, 1.0);
        assertThat(latency.cyclesPerInstruction()).isPositive();
        assertThat(latency.cyclesPerInvoke()).isPositive();
        assertThat(new TreeMap<>(latency.cyclesPerMac()).values()).isNotEmpty().allMatch(cycles -> cycles > 0);
        assertThat(new TreeMap<>(latency.cyclesPerElement()).values())
                .isNotEmpty()
                .allMatch(cycles -> cycles > 0);
        assertThat(board.power().supplyVolts()).isBetween(1.0, 6.0);
        assertThat(board.power().activeMilliamps()).isPositive();
        assertThat(board.power().source()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("boards")
    void usbIdentitiesFitTheirSixteenBits(Board board) {
        assertThat(board.usb()).doesNotHaveDuplicates();
        assertThat(board.usb())
                .allMatch(usb -> usb.vid() > 0 && usb.vid() <= 0xFFFF && usb.pid() >= 0 && usb.pid() <= 0xFFFF);
    }

    @ParameterizedTest
    @MethodSource("boards")
    void theCalibratedOperatorsExist(Board board) {
        TreeSet<String> names = new TreeSet<>(board.latency().cyclesPerMac().keySet());
        names.addAll(board.latency().cyclesPerElement().keySet());
        names.addAll(board.latency().cyclesPerWindow().keySet());
        names.addAll(board.latency().cyclesPerWindowElement().keySet());

        Set<String> known = Stream.of(Operators.ALL, Operators.DSP_BLOCKS)
                .flatMap(List::stream)
                .map(Operator::name)
                .collect(Collectors.toSet());
        assertThat(names).allSatisfy(name -> assertThat(known).contains(name.replaceAll("-.*", "")));
    }
}
