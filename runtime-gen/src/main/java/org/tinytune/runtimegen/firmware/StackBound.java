package org.tinytune.runtimegen.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tinytune.core.board.Board;

/**
 * An upper bound of a firmware's stack: the deepest path through its calls, plus the deepest interrupt.
 *
 * <p>The frame of a compiled function is what the compiler says ({@code -fstack-usage}), that of a function from the
 * compiler's own library is what its instructions push; calls are read off the linked code, so that inlining, tail
 * calls and library helpers count as they are. Interrupts do not nest.
 *
 * <p>Checked by: StackBoundTest, and on emulated boards against the painted stack.
 */
final class StackBound {
    /** Bytes that a call pushes by itself on AVR; {@code -fstack-usage} counts them in the callee's frame. */
    private static final int AVR_RETURN_ADDRESS_BYTES = 2;

    /** Helpers of AVR's library that move the stack pointer, by nothing more than they push when only it calls them. */
    private static final List<String> AVR_FRAME_HELPERS = List.of("__prologue_saves__", "__epilogue_restores__");

    private final Disassembly code;
    private final Map<String, Integer> compiledFrames;
    private final Board.Architecture architecture;
    private final Map<Disassembly.Function, Integer> depths = new HashMap<>();

    /**
     * @param listing the disassembly of the linked firmware
     * @param compiledFrames bytes by function name, as the compiler states them
     * @param architecture how to read both
     */
    StackBound(String listing, Map<String, Integer> compiledFrames, Board.Architecture architecture) {
        this.code = new Disassembly(listing, architecture);
        this.compiledFrames = compiledFrames;
        this.architecture = architecture;
    }

    /**
     * The bound in bytes.
     *
     * @throws IllegalStateException if there is none: recursion, an unknown pointer, a stack pointer moved by a
     *     register
     */
    int bytes() {
        return switch (architecture) {
            case ARM -> depth(function("tt_reset")); // interrupts stay masked
            case AVR -> depth(function("main")) + deepestAvrInterrupt();
        };
    }

    private Disassembly.Function function(String name) {
        return code.function(name)
                .orElseThrow(() -> new IllegalStateException("the linked firmware has no function " + name));
    }

    private int deepestAvrInterrupt() {
        return code.functions().stream()
                .filter(function -> function.name().matches("__vector_\\d+"))
                .mapToInt(this::depth)
                .max()
                .orElse(0);
    }

    /** The most stack in use from the entry of a function to its return, callees included. */
    private int depth(Disassembly.Function function) {
        Integer known = depths.get(function);
        if (known != null) {
            return known;
        }
        Set<Disassembly.Function> loop = loopThrough(function);
        int frames = 0;
        int deepest = 0;
        for (Disassembly.Function member : loop) {
            if (code.calls(member).stream().anyMatch(loop::contains)) {
                throw new IllegalStateException(member.name() + " calls itself, so its stack has no bound");
            }
            frames += frame(member);
            for (Disassembly.Function next : successors(member)) {
                deepest = loop.contains(next) ? deepest : Math.max(deepest, depth(next));
            }
        }
        for (Disassembly.Function member : loop) {
            depths.put(member, frames + deepest);
        }
        return frames + deepest;
    }

    /**
     * The functions that a function reaches and that reach it again, itself included. Labels inside the assembler code
     * of a library count as functions, so a loop there may jump from one to the other and back.
     */
    private Set<Disassembly.Function> loopThrough(Disassembly.Function function) {
        Set<Disassembly.Function> loop = new LinkedHashSet<>(Set.of(function));
        for (Disassembly.Function other : reachable(function)) {
            if (reachable(other).contains(function)) {
                loop.add(other);
            }
        }
        return loop;
    }

    private Set<Disassembly.Function> reachable(Disassembly.Function from) {
        Set<Disassembly.Function> found = new LinkedHashSet<>();
        Deque<Disassembly.Function> open = new ArrayDeque<>(successors(from));
        while (!open.isEmpty()) {
            Disassembly.Function next = open.pop();
            if (found.add(next)) {
                open.addAll(successors(next));
            }
        }
        return found;
    }

    private List<Disassembly.Function> successors(Disassembly.Function function) {
        if (function.callsPointer()) {
            throw new IllegalStateException(function.name() + " calls through a pointer, so its stack has no bound");
        }
        return Stream.concat(code.calls(function).stream(), code.jumps(function).stream())
                .distinct()
                .toList();
    }

    private int frame(Disassembly.Function function) {
        String name = function.name();
        Integer compiled = compiledFrame(name);
        if (compiled != null) {
            return compiled;
        }
        if (function.movesStack() && !AVR_FRAME_HELPERS.contains(name)) {
            throw new IllegalStateException(name + " moves the stack pointer by an unknown amount");
        }
        return function.pushedBytes() + (architecture == Board.Architecture.AVR ? AVR_RETURN_ADDRESS_BYTES : 0);
    }

    /**
     * The frame as the compiler states it; {@code conv.constprop.0} is a copy of {@code conv}, and may be listed as
     * {@code conv.constprop} or {@code conv} as well.
     */
    private Integer compiledFrame(String name) {
        Integer frame = compiledFrames.get(name);
        int dot = name.lastIndexOf('.');
        return frame != null || dot <= 0 ? frame : compiledFrame(name.substring(0, dot));
    }

    /**
     * Reads the compiler's {@code .su} files: {@code file:line:column:function<TAB>bytes<TAB>qualifiers} a line.
     *
     * @return the largest frame by function name: names of static functions may occur more than once
     * @throws IllegalStateException if a frame has no bound
     */
    static Map<String, Integer> compiledFrames(Path folder) throws IOException {
        Map<String, Integer> frames = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".su")).sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] fields = line.split("\t");
                    if (fields[2].equals("dynamic")) {
                        throw new IllegalStateException(fields[0] + ": the frame has no bound");
                    }
                    String name = fields[0].substring(fields[0].lastIndexOf(':') + 1);
                    frames.merge(name, Integer.parseInt(fields[1]), Math::max);
                }
            }
        }
        return frames;
    }
}
