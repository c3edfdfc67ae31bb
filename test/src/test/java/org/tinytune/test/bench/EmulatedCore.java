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
    M0("m0", CTarget.ARMV6M, Tools.ARM, Board.mps2("mps2-an385"), "-mcpu=cortex-m0"),
    M3("m3", CTarget.PORTABLE, Tools.ARM, Board.mps2("mps2-an385"), "-mcpu=cortex-m3"),
    M4("m4", CTarget.ARMV7EM, Tools.ARM, Board.mps2("mps2-an386"), "-mcpu=cortex-m4"),
    M7("m7", CTarget.ARMV7EM, Tools.ARM, Board.mps2("mps2-an500"), "-mcpu=cortex-m7"),
    M33(
            "m33",
            CTarget.ARMV7EM,
            Tools.ARM,
            new Board(
                    "mps2-an505", 0x1000_0000L, 0x3800_0000L, 0x3840_0000L, "BENCH_CMSDK_TIMER", 0x5000_0000L, 50_000),
            "-mcpu=cortex-m33"),
    /** Vectors need the ABI with floating-point registers. */
    M55(
            "m55",
            CTarget.HELIUM,
            Tools.ARM,
            new Board("mps3-an547", 0, 0x3100_0000L, 0x3120_0000L, "BENCH_SSE_TIMER", 0x5800_0000L, 31_250),
            "-mcpu=cortex-m55",
            "-mfloat-abi=hard"),
    /** Counts its instructions itself: one is a tick. */
    RV32(
            "rv32",
            CTarget.PORTABLE,
            Tools.RISCV,
            new Board("virt", 0x8000_0000L, 0x8400_0000L, 0x8440_0000L, "BENCH_MINSTRET", 0, 64_000),
            "-march=rv32imc",
            "-mabi=ilp32");

    private final String id;
    private final CTarget target;
    private final Tools tools;
    private final Board board;
    private final List<String> options;

    /**
     * What compiles for a core, and runs it.
     *
     * @param prefix of the names of compiler and binary utilities
     * @param options with which programs are compiled and linked
     * @param emulator with its options
     */
    private record Tools(String prefix, List<String> options, List<String> emulator) {
        static final Tools ARM =
                new Tools("arm-none-eabi-", List.of("-mthumb", "--specs=nano.specs"), List.of("qemu-system-arm"));
        static final Tools RISCV = new Tools(
                "riscv64-unknown-elf-",
                List.of("--specs=picolibc.specs"),
                List.of("qemu-system-riscv32", "-bios", "none"));
    }

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

    /** @param options of the compiler that name the core */
    EmulatedCore(String id, CTarget target, Tools tools, Board board, String... options) {
        this.id = id;
        this.target = target;
        this.tools = tools;
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

    /** The name of a tool for the core, such as its gcc. */
    String tool(String name) {
        return tools.prefix() + name;
    }

    /** Options that compile and link the benchmark's program. */
    List<String> compilerOptions() {
        List<String> all = new ArrayList<>(options);
        all.addAll(tools.options());
        all.addAll(List.of(
                "-D" + board.timer() + "=" + board.timerAddress() + "u",
                "-DBENCH_TICK_PS=" + board.tickPicos() + "u",
                "-Wl,--defsym=bench_code=" + board.code(),
                "-Wl,--defsym=bench_ram=" + board.ram(),
                "-Wl,--defsym=bench_stack=" + board.stack()));
        return all;
    }

    /** The command that runs a program. */
    List<String> emulator(String program) {
        List<String> command = new ArrayList<>(tools.emulator());
        command.addAll(List.of("-M", board.machine(), "-icount", "shift=6"));
        command.addAll(List.of("-nographic", "-semihosting", "-kernel", program));
        return command;
    }
}
