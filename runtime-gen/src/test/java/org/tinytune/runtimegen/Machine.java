package org.tinytune.runtimegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tinytune.core.tool.ToolRun;

/** Where generated C is compiled and run: the host, or an emulated core. */
enum Machine {
    HOST(CTarget.PORTABLE, "machine_host.c", List.of(), List.of("gcc", "-O2"), List.of("./program")),
    HOST_SANITIZED(
            CTarget.PORTABLE,
            "machine_host.c",
            List.of(),
            List.of("gcc", "-O1", "-g1", "-fsanitize=address,undefined", "-fno-sanitize-recover"),
            List.of("./program")),
    HOST_CLANG(CTarget.PORTABLE, "machine_host.c", List.of(), List.of("clang", "-O1"), List.of("./program")),
    /** On a machine with a Cortex-M3, which runs Armv6-M code unchanged and has more RAM than any M0's. */
    CORTEX_M0(CTarget.ARMV6M, "machine_arm.c", bare("0", "4M"), arm("cortex-m0", "-Os"), qemu("mps2-an385")),
    CORTEX_M3(CTarget.PORTABLE, "machine_arm.c", bare("0", "4M"), arm("cortex-m3", "-O2"), qemu("mps2-an385")),
    CORTEX_M4(CTarget.ARMV7EM, "machine_arm.c", bare("0", "4M"), arm("cortex-m4", "-O2"), qemu("mps2-an386")),
    CORTEX_M7(CTarget.ARMV7EM, "machine_arm.c", bare("0", "4M"), arm("cortex-m7", "-O2"), qemu("mps2-an500")),
    /** Starts in the secure alias of its first memory. */
    CORTEX_M33(
            CTarget.ARMV7EM, "machine_arm.c", bare("0x10000000", "4M"), arm("cortex-m33", "-O2"), qemu("mps2-an505")),
    CORTEX_M55(
            CTarget.HELIUM,
            "machine_arm.c",
            bare("0", "512K"),
            arm("cortex-m55", "-O2", "-mfloat-abi=hard"),
            qemu("mps3-an547")),
    RV32IMC(
            CTarget.PORTABLE,
            "machine_riscv.c",
            bare("0x80000000", "16M"),
            List.of(
                    "riscv64-unknown-elf-gcc",
                    "-march=rv32imc",
                    "-mabi=ilp32",
                    "-mcmodel=medany",
                    "--specs=picolibc.specs",
                    "-O2"),
            List.of("qemu-system-riscv32", "-M", "virt", "-bios", "none", "-nographic", "-kernel", "program")),
    AVR(
            CTarget.AVR,
            "machine_avr.c",
            List.of(),
            List.of("avr-gcc", "-Os", "-mmcu=atmega1284p"),
            List.of("simavr", "-m", "atmega1284p", "-f", "16000000", "program"));

    /** What every generated file has to compile under without a warning. */
    static final List<String> STRICT =
            List.of("-std=c99", "-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-pedantic", "-Werror");

    private static final Duration TIMEOUT = Duration.ofMinutes(4);

    private final CTarget target;
    private final String port;
    private final List<String> linking;
    private final List<String> compiler;
    private final List<String> runner;

    /** @param linking further options of the linker */
    Machine(CTarget target, String port, List<String> linking, List<String> compiler, List<String> runner) {
        this.target = target;
        this.port = port;
        this.linking = linking;
        this.compiler = compiler;
        this.runner = runner;
    }

    private static List<String> arm(String cpu, String... options) {
        List<String> command = new ArrayList<>(List.of("arm-none-eabi-gcc", "-mcpu=" + cpu, "-mthumb"));
        command.addAll(List.of(options));
        return List.copyOf(command);
    }

    /** For a machine without an operating system, whose memory begins there and is so large. */
    private static List<String> bare(String begin, String size) {
        return List.of(
                "-nostartfiles",
                "-T",
                "machine_bare.ld",
                "-Wl,--defsym=memory_begin=" + begin,
                "-Wl,--defsym=memory_size=" + size);
    }

    private static List<String> qemu(String machine) {
        return List.of("qemu-system-arm", "-M", machine, "-nographic", "-semihosting", "-kernel", "program");
    }

    /** What the machine's libraries are written for. */
    CTarget target() {
        return target;
    }

    /** The file that connects the harness to the machine. */
    String port() {
        return port;
    }

    /** Skips a test where a tool of the machine is missing; fails it instead under CI. */
    void assumeInstalled() {
        for (String tool : List.of(compiler.get(0), runner.get(0))) {
            if (!tool.startsWith("./")) {
                assumeTool(tool);
            }
        }
    }

    /** Skips a test where a command is missing; fails it instead under CI. */
    static void assumeTool(String command) {
        boolean found = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
        if (!found && "true".equals(System.getenv("CI"))) {
            fail(command + " is not installed, which CI must not skip");
        }
        assumeTrue(found, command + " is not installed");
    }

    /** Compiles one file of a folder, strictly. */
    void compile(Path folder, String source, String object) {
        List<String> options = new ArrayList<>(STRICT);
        options.addAll(List.of("-c", source, "-o", object));
        compile(folder, options);
    }

    /** Compiles with these options. */
    void compile(Path folder, List<String> options) {
        List<String> command = new ArrayList<>(compiler);
        command.addAll(options);
        ToolRun run = ToolRun.of(command, folder, TIMEOUT);
        assertThat(run.succeeded())
                .as("%s in %s: %s", command, folder, run.errors())
                .isTrue();
    }

    /** The names that an object file of a folder gives to the whole program, as {@code nm} lists them. */
    List<String> globalNames(Path folder, String object) {
        String nm = compiler.get(0).replaceFirst("(gcc|clang)$", "nm");
        ToolRun run = ToolRun.of(List.of(nm, "--extern-only", "--defined-only", object), folder, TIMEOUT);
        assertThat(run.succeeded()).as(run.errors()).isTrue();
        return run.output()
                .lines()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }

    /** Links objects to a program and runs it; gives what it printed. */
    String run(Path folder, List<String> objects) {
        List<String> options = new ArrayList<>(objects);
        options.addAll(linking);
        options.addAll(List.of("-o", "program"));
        compile(folder, options);
        ToolRun run = ToolRun.of(runner, folder, TIMEOUT);
        assertThat(run.succeeded())
                .as("%s: %s %s", runner, run.output(), run.errors())
                .isTrue();
        return run.output() + run.errors();
    }
}
