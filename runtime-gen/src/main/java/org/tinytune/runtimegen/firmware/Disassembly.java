package org.tinytune.runtimegen.firmware;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tinytune.core.board.Board;

/**
 * What {@code objdump -d --no-show-raw-insn} of a linked firmware says of calls and stack.
 *
 * <p>Source: Armv7-M Architecture Reference Manual, chapter A7; AVR Instruction Set Manual.
 */
final class Disassembly {
    private static final Pattern FUNCTION = Pattern.compile("([0-9a-f]+) <(.+)>:");
    private static final Pattern INSTRUCTION = Pattern.compile("\\s*[0-9a-f]+:\\t(\\S+)(?:\\s+(.*))?");

    /** The address before a symbol. The symbol itself may be an absolute one that only happens to be near. */
    private static final Pattern TARGET = Pattern.compile("(?:0x)?([0-9a-f]+) <.+>");

    /** Not {@code bfcsel} and its like: so binutils list vector predicates where they do not know of vectors. */
    private static final Pattern ARM_BRANCH = Pattern.compile("c?b(?!f)[a-z]*(\\.[nw])?");

    private static final Pattern ARM_STORE_DOWN = Pattern.compile("(?:\\w+, )+\\[sp, #-(\\d+)\\]!.*");
    private static final Pattern ARM_SUBTRACT = Pattern.compile("sp, (?:sp, )?#(\\d+).*");

    /** The I/O address of the stack pointer's low byte. */
    private static final String AVR_STACK_POINTER_LOW = "0x3d";

    /** One function of the listing. */
    static final class Function {
        private final String name;
        private final long address;
        private final Set<Long> calls = new TreeSet<>();
        private final Set<Long> jumps = new TreeSet<>();
        private int pushedBytes;
        private boolean callsPointer;
        private boolean movesStack;

        private Function(String name, long address) {
            this.name = name;
            this.address = address;
        }

        /** The symbol that the listing gives it. */
        String name() {
            return name;
        }

        /** What its instructions push, all branches added up, without the return address that a call pushes on AVR. */
        int pushedBytes() {
            return pushedBytes;
        }

        /** Whether it calls through a pointer; a jump through one leads into a table of its own. */
        boolean callsPointer() {
            return callsPointer;
        }

        /** Whether it moves the stack pointer by more than its pushes. */
        boolean movesStack() {
            return movesStack;
        }
    }

    /** Reads one instruction into its function. */
    private interface InstructionReader {
        void read(Function function, String mnemonic, String operands);
    }

    private final NavigableMap<Long, Function> functions = new TreeMap<>();

    /**
     * @param listing the output of {@code objdump}
     * @param architecture whose instructions it lists
     */
    Disassembly(String listing, Board.Architecture architecture) {
        InstructionReader reader = switch (architecture) {
            case ARM -> Disassembly::readArm;
            case AVR -> Disassembly::readAvr;
        };
        Function function = null;
        for (String line : listing.lines().toList()) {
            Matcher start = FUNCTION.matcher(line);
            Matcher instruction = INSTRUCTION.matcher(line);
            if (start.matches()) {
                function = new Function(start.group(2), Long.parseLong(start.group(1), 16));
                functions.put(function.address, function);
            } else if (function != null && instruction.matches()) {
                String operands = instruction.group(2) == null ? "" : instruction.group(2);
                reader.read(function, instruction.group(1), operands);
            }
        }
    }

    /** All functions, by address. */
    Collection<Function> functions() {
        return functions.values();
    }

    /** The function of that name, if the firmware has it. */
    Optional<Function> function(String name) {
        return functions.values().stream().filter(f -> f.name.equals(name)).findFirst();
    }

    /** The functions that a function calls; itself among them only if it calls its own start. */
    List<Function> calls(Function function) {
        return function.calls.stream()
                .filter(target -> target == function.address || holder(target) != function)
                .map(this::holder)
                .distinct()
                .toList();
    }

    /** The other functions that a function jumps into. */
    List<Function> jumps(Function function) {
        return function.jumps.stream()
                .map(this::holder)
                .filter(target -> target != function)
                .distinct()
                .toList();
    }

    /** The function in whose code an address lies. */
    private Function holder(long address) {
        Map.Entry<Long, Function> entry = functions.floorEntry(address);
        if (entry == null) {
            throw new IllegalStateException("no function at address " + address);
        }
        return entry.getValue();
    }

    private static void note(Set<Long> targets, String operands) {
        Matcher target = TARGET.matcher(operands);
        if (target.find()) {
            targets.add(Long.parseLong(target.group(1), 16));
        }
    }

    private static void readArm(Function function, String mnemonic, String operands) {
        Matcher store = ARM_STORE_DOWN.matcher(operands);
        Matcher subtract = ARM_SUBTRACT.matcher(operands);
        if (ARM_BRANCH.matcher(mnemonic).matches() && operands.contains("<")) {
            note(mnemonic.equals("bl") || mnemonic.equals("blx") ? function.calls : function.jumps, operands);
        } else if (mnemonic.equals("blx") || (mnemonic.equals("bx") && !operands.startsWith("lr"))) {
            function.callsPointer = true;
        } else if (mnemonic.startsWith("push") || (mnemonic.startsWith("stmdb") && operands.startsWith("sp!"))) {
            function.pushedBytes += 4 * registers(operands);
        } else if (mnemonic.startsWith("str") && store.matches()) {
            function.pushedBytes += Integer.parseInt(store.group(1));
        } else if (mnemonic.startsWith("sub") && subtract.matches()) {
            function.pushedBytes += Integer.parseInt(subtract.group(1));
        } else if (mnemonic.startsWith("vpush")
                || (mnemonic.matches("(sub|mov|add).*") && setsStackFromRegister(operands))) {
            function.movesStack = true;
        }
    }

    /** The number of registers in a list such as <code>{r4, r5, lr}</code>. */
    private static int registers(String list) {
        return list.substring(list.indexOf('{')).split(",").length;
    }

    private static boolean setsStackFromRegister(String operands) {
        return operands.startsWith("sp,") && !operands.contains("#");
    }

    private static void readAvr(Function function, String mnemonic, String operands) {
        switch (mnemonic) {
            case "push" -> function.pushedBytes += 1;
            case "call", "rcall" -> {
                note(function.calls, operands);
                if (operands.startsWith(".+0")) {
                    function.pushedBytes += 2; // a call of the next instruction: the compiler's way to make room
                }
            }
            case "icall", "eicall" -> function.callsPointer = true;
            case "out" -> function.movesStack |= operands.startsWith(AVR_STACK_POINTER_LOW);
            default -> {
                if (mnemonic.matches("r?jmp|br[a-z]{2}")) {
                    note(function.jumps, operands);
                }
            }
        }
    }
}
