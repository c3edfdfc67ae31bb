package org.tinytune.runtimegen.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.board.Board.Architecture;

class StackBoundTest {
    private static final Map<String, Integer> NO_FRAMES = Map.of();

    /** The listing of a function at an address. */
    private static String function(int address, String name, String... instructions) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%08x <%s>:%n", address, name));
        for (String instruction : instructions) {
            text.append("     ").append(Integer.toHexString(address)).append(":\t");
            text.append(instruction.replaceFirst(" ", "\t")).append('\n');
        }
        return text.toString();
    }

    private static StackBound arm(Map<String, Integer> frames, String... functions) {
        return new StackBound(String.join("\n", functions), frames, Architecture.ARM);
    }

    private static StackBound avr(Map<String, Integer> frames, String... functions) {
        return new StackBound(String.join("\n", functions), frames, Architecture.AVR);
    }

    @Test
    void followsTheDeepestOfSeveralCalls() {
        StackBound bound = arm(
                Map.of("tt_reset", 8, "main", 16, "near", 100, "far", 24, "leaf", 80),
                function(0x100, "tt_reset", "bl 200 <main>"),
                function(0x200, "main", "bl 300 <near>", "bl 400 <far>"),
                function(0x300, "near", "bx lr"),
                function(0x400, "far", "b.w 500 <leaf>"),
                function(0x500, "leaf", "b.n 504 <leaf+0x4>", "bx lr"));

        assertThat(bound.bytes()).isEqualTo(8 + 16 + 24 + 80);
    }

    @Test
    void aVectorPredicateThatIsListedAsABranchIsNone() {
        StackBound bound = arm(
                Map.of("tt_reset", 8, "kernel", 16),
                function(0x100, "tt_reset", "bl 200 <kernel>"),
                function(0x200, "kernel", "bfcsel 0, 100 <tt_reset>, 4, ge", "bx lr"));

        assertThat(bound.bytes()).isEqualTo(8 + 16);
    }

    @Test
    void readsFramesOfArmLibraryFunctionsOffTheirPushes() {
        StackBound bound = arm(
                Map.of("tt_reset", 0),
                function(0x100, "tt_reset", "bl 200 <memcpy>"),
                function(
                        0x200,
                        "memcpy",
                        "push {r4, r5, lr}",
                        "sub sp, #8",
                        "str.w lr, [sp, #-4]!",
                        "strd r4, r5, [sp, #-16]!",
                        "stmdb sp!, {r6, r7}",
                        "cbz r0, 208 <memcpy+0x8>",
                        "bx lr"));

        assertThat(bound.bytes()).isEqualTo(12 + 8 + 4 + 16 + 8);
    }

    @Test
    void addsTheDeepestAvrInterruptToMain() {
        StackBound bound = avr(
                Map.of("main", 8),
                function(0x034, "__vector_13", "push r24", "in r24, 0x3f", "push r24", "reti"),
                function(0x048, "__vector_18", "ret"),
                function(0x100, "main", "call 0x200 ; 0x200 <__divide>", "rjmp .-4 ; 0x104 <main+0x4>"),
                function(0x200, "__divide", "push r16", "rcall .+0 ; 0x204 <__divide+0x4>", "ret"));

        assertThat(bound.bytes()).isEqualTo(8 + (2 + 1 + 2) + (2 + 2));
    }

    @Test
    void goesByAddressesWhereTheNameIsThatOfANearbyConstant() {
        StackBound bound = avr(
                Map.of("main", 8, "conv", 30),
                function(0x800, "main", "rcall .+400 ; 0x990 <__stack+0x91>"),
                function(0x990, "conv", "rjmp .+8 ; 0x998 <__stack+0x99>", "ret"));

        assertThat(bound.bytes()).isEqualTo(8 + 30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"conv", "conv.constprop", "conv.constprop.0"})
    void takesTheFrameOfTheOriginalForAClone(String listedAs) {
        StackBound bound = arm(
                Map.of("tt_reset", 0, listedAs, 40),
                function(0x100, "tt_reset", "bl 200 <conv.constprop.0>"),
                function(0x200, "conv.constprop.0", "bx lr"));

        assertThat(bound.bytes()).isEqualTo(40);
    }

    @Test
    void aLoopOverLabelsIsNoRecursion() {
        StackBound bound = avr(
                Map.of("main", 8, "leaf", 4),
                function(0x100, "main", "call 0x210 ; 0x210 <__divide_enter>"),
                function(0x200, "__divide_loop", "push r2", "call 0x300 ; 0x300 <leaf>", "rjmp .+8 ; 0x210 <x>"),
                function(0x210, "__divide_enter", "brne .-18 ; 0x200 <__divide_loop>", "ret"),
                function(0x300, "leaf", "ret"));

        assertThat(bound.bytes()).isEqualTo(8 + 2 + (2 + 1) + 4);
    }

    @Test
    void refusesRecursionDirectAndThroughOthers() {
        List<StackBound> recursive = List.of(
                arm(NO_FRAMES, function(0x100, "tt_reset", "bl 100 <tt_reset>")),
                arm(
                        NO_FRAMES,
                        function(0x100, "tt_reset", "bl 200 <there>"),
                        function(0x200, "there", "b.w 100 <tt_reset>")));

        for (StackBound bound : recursive) {
            assertThatThrownBy(bound::bytes).hasMessageContaining("tt_reset calls itself");
        }
    }

    @Test
    void refusesCallsThroughPointers() {
        assertThatThrownBy(() ->
                        arm(NO_FRAMES, function(0x100, "tt_reset", "blx r3")).bytes())
                .hasMessageContaining("tt_reset calls through a pointer");
        assertThatThrownBy(() ->
                        avr(Map.of("main", 8), function(0x100, "main", "icall")).bytes())
                .hasMessageContaining("main calls through a pointer");
    }

    @Test
    void aJumpThroughAPointerIsATable() {
        assertThat(avr(Map.of("main", 8), function(0x100, "main", "ijmp")).bytes())
                .isEqualTo(8);
    }

    @Test
    void refusesALibraryFunctionWhoseStackItCannotRead() {
        StackBound bound = arm(NO_FRAMES, function(0x100, "tt_reset", "mov sp, r3"));

        assertThatThrownBy(bound::bytes).hasMessageContaining("tt_reset moves the stack pointer");
    }
}
