package org.tinytune.test.bench;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.runtimegen.CTarget;

/**
 * The cores that inferences are counted on, each an emulated board with memory for the largest model.
 *
 * <p>Source of the addresses: Arm application notes AN385, AN386, AN500, AN505 and AN547, memory maps; of the last two
 * the secure aliases, since a core starts in secure state.
 */
enum EmulatedCore {
    /** Armv6-M code on a Cortex-M3, which executes it unchanged: the microbit has too little RAM. */
    M0("m0", CTarget.ARMV6M, "cortex-m0", Board.mps2("mps2-an385")),
    M3("m3", CTarget.PORTABLE, "cortex-m3", Board.mps2("mps2-an385")),
    M4("m4", CTarget.ARMV7EM, "cortex-m4", Board.mps2("mps2-an386")),
    M7("m7", CTarget.ARMV7EM, "cortex-m7", Board.mps2("mps2-an500")),
    M33(
            "m33",
            CTarget.ARMV7EM,
            "cortex-m33",
            new Board(
                    "mps2-an505", 0x1000_0000L, 0x3800_0000L, 0x3840_0000L, "BENCH_CMSDK_TIMER", 0x5000_0000L, 50_000)),
    /** Vectors need the ABI with floating-point registers. */
    M55(
            "m55",
            CTarget.HELIUM,
            "cortex-m55",
            new Board("mps3-an547", 0, 0x3100_0000L, 0x3120_0000L, "BENCH_SSE_TIMER", 0x5800_0000L, 31_250),
            "-mfloat-abi=hard");

    private final String id;
    private final CTarget target;
    private final String cpu;
    private final Board board;
    private final List<String> options;

    /**
     * What QEMU emulates.
     *
     * @param timer which timer it has, as the benchmark's program calls it
     * @param timerAddress where
     * @param tickPicos virtual time between two ticks of it
     */
    private record Board(
            String machine, long code, long ram, long stack, String timer, long timerAddress, int tickPicos) {
        static Board mps2(String machine) {
            return new Board(machine, 0, 0x2000_0000L, 0x2040_0000L, "BENCH_CMSDK_TIMER", 0x4000_0000L, 40_000);
        }
    }

    /** @param options further options of the compiler */
    EmulatedCore(String id, CTarget target, String cpu, Board board, String... options) {
        this.id = id;
        this.target = target;
        this.cpu = cpu;
        this.board = board;
        this.options = List.of(options);
    }

    /** What the command line and the tables call it. */
    String id() {
        return id;
    }

    /** What the library is written for. */
    CTarget target() {
        return target;
    }

    /** Options that compile and link the benchmark's program. */
    List<String> compilerOptions() {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(
                "-mcpu=" + cpu,
                "-mthumb",
                "-D" + board.timer() + "=" + board.timerAddress() + "u",
                "-DBENCH_TICK_PS=" + board.tickPicos() + "u",
                "-Wl,--defsym=bench_code=" + board.code(),
                "-Wl,--defsym=bench_ram=" + board.ram(),
                "-Wl,--defsym=bench_stack=" + board.stack()));
        return all;
    }

    /** The command that runs a program. */
    List<String> emulator(String program) {
        return List.of(
                "qemu-system-arm",
                "-M",
                board.machine(),
                "-icount",
                "shift=6",
                "-nographic",
                "-semihosting",
                "-kernel",
                program);
    }
}
