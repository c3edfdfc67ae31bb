package org.tinytune.runtimegen;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tinytune.core.board.Board;

/**
 * The kinds of machine that a C library is written for. Each has a header of primitives; the bytes computed are the
 * same on all, and a library for one still compiles, as portable C, for any other.
 */
public enum CTarget {
    /** Any machine with a C99 compiler. */
    PORTABLE("portable C99", Optional.empty(), Set.of(), Integer.MAX_VALUE),
    /** Cortex-M0, M0+ and M1: products of 32 bits only. */
    ARMV6M("Armv6-M", Optional.of("ARMV6M"), Set.of("cortex-m0", "cortex-m0plus", "cortex-m1"), Integer.MAX_VALUE),
    /** Cortex-M4, M7 and M33: two products at a time. */
    ARMV7EM(
            "Armv7E-M with DSP",
            Optional.of("ARMV7EM"),
            Set.of("cortex-m4", "cortex-m7", "cortex-m33"),
            Integer.MAX_VALUE),
    /** Cortex-M55: vectors, sixteen products at a time. */
    HELIUM("Armv8.1-M with Helium", Optional.of("ARMV81M"), Set.of("cortex-m55"), Integer.MAX_VALUE),
    /** 8-bit AVR with a multiplier: program memory is an address space of its own, and an int has 16 bits. */
    AVR("8-bit AVR", Optional.of("AVR"), Set.of(), Short.MAX_VALUE);

    private final String title;
    private final Optional<String> macroSuffix;
    private final Set<String> cpus;
    private final int maxArrayBytes;

    CTarget(String title, Optional<String> macroSuffix, Set<String> cpus, int maxArrayBytes) {
        this.title = title;
        this.macroSuffix = macroSuffix;
        this.cpus = cpus;
        this.maxArrayBytes = maxArrayBytes;
    }

    /** The target that serves a microcontroller. */
    public static CTarget of(Board.Mcu mcu) {
        if (mcu.architecture() == Board.Architecture.AVR) {
            return AVR;
        }
        for (CTarget target : values()) {
            if (target.cpus.contains(mcu.cpu())) {
                return target;
            }
        }
        return PORTABLE;
    }

    /** A few words for comments and reports. */
    public String title() {
        return title;
    }

    /** The macro that selects the target's primitives; empty if it has none of its own. */
    public Optional<String> macro() {
        return macroSuffix.map("TT_TARGET_"::concat);
    }

    /** The header of the target's own primitives, empty if it has none. */
    Optional<String> header() {
        return macroSuffix.map(suffix -> "tt_target_" + suffix.toLowerCase(Locale.ROOT) + ".h");
    }

    /** What the planner aligns tensors to: words where kernels load words, otherwise bytes. */
    public int alignment() {
        return this == PORTABLE || this == AVR ? 1 : Integer.BYTES;
    }

    /** Whether the target's loops in assembler need the register of the frame pointer, see {@code tt_target.h}. */
    public boolean takesFrameRegister() {
        return this == ARMV6M || this == ARMV7EM || this == HELIUM;
    }

    /** Whether the target multiplies two pairs of int16 in one instruction. */
    public boolean hasPairs() {
        return this == ARMV7EM;
    }

    /** Whether the target multiplies one pair of numbers at a time, and holds a block of sums in its registers. */
    public boolean hasBlocks() {
        return this == ARMV6M || this == PORTABLE;
    }

    /** The byte that stands for a weight of 0 in a block: Armv6-M loads unsigned bytes sooner than signed ones. */
    public int storedZero() {
        return this == ARMV6M ? 1 << (Byte.SIZE - 1) : 0;
    }

    /** The bytes of a patch that two taps at two positions take, see {@code tt_blocks.h}. */
    public int patchBytes() {
        return this == ARMV6M ? 3 * Integer.BYTES : 2 * 2;
    }

    /** Whether the target adds up the products of two vectors of sixteen int8 in one instruction. */
    public boolean hasVectors() {
        return this == HELIUM;
    }

    /** The largest arena or table that the target's {@code int} can index, in bytes. */
    public int maxArrayBytes() {
        return maxArrayBytes;
    }
}
