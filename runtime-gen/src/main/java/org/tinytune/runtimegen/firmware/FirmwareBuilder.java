package org.tinytune.runtimegen.firmware;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.file.TemporaryFolder;
import org.tinytune.core.file.WholeFile;
import org.tinytune.core.tool.ToolRun;

/**
 * Compiles a generated C library and the device protocol into one firmware for a board.
 *
 * <p>A library is a folder with {@code model.h}, {@code model.c} and the headers that they include; every {@code .c} in
 * it is compiled. {@code model.h} defines {@code MODEL_INPUT_BYTES}, {@code MODEL_OUTPUT_BYTES},
 * {@code MODEL_ARENA_BYTES}, {@code MODEL_OPERATORS} and {@code MODEL_HASH}, and declares {@code model_input()},
 * {@code model_output()} and {@code model_invoke()}; under {@code TT_CRC} also {@code model_operator_crc()}.
 *
 * <p>A build takes a fraction of a second, so nothing is cached here.
 */
public final class FirmwareBuilder {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final List<String> C_FLAGS = List.of(
            "-std=c99",
            "-Wall",
            "-Wextra",
            "-Wconversion",
            "-Wshadow",
            "-pedantic",
            "-ffunction-sections",
            "-fdata-sections",
            "-fstack-usage");

    /** What compilers and linkers say of an image that no address of the architecture can hold. */
    private static final Pattern TOO_LARGE =
            Pattern.compile("is not within region|overflowed by|relocation truncated|is too large|will not fit");

    /** Objects and stack frames by the command that compiles them: a search links hundreds of models with the same. */
    private static final Map<List<String>, SortedMap<String, byte[]>> BOARD_OBJECTS = new ConcurrentHashMap<>();

    private FirmwareBuilder() {}

    /** Whether the board's cross compiler is installed. */
    public static boolean isAvailable(Board board) {
        return CrossCompiler.of(board).isInstalled();
    }

    /**
     * The board's cross compiler and its version, in one line: sizes depend on it.
     *
     * @throws TinytuneException with {@link ExitCode#TOOL_MISSING} if it is not installed
     */
    public static String compiler(Board board) {
        return CrossCompiler.of(board).version();
    }

    /**
     * Builds a firmware. Whether it fits the board is left to {@link FirmwareSizes#requireFit}.
     *
     * @param library the generated C library's folder
     * @param elf where the ELF file goes; the Intel HEX file is written beside it, with the extension {@code .hex}
     * @throws TinytuneException with {@link ExitCode#TOOL_MISSING} if the cross compiler is not installed or fails,
     *     with {@link ExitCode#DOES_NOT_FIT} if the image is larger than the architecture can address
     */
    public static Firmware build(Path library, Board board, FirmwareOptions options, Path elf) {
        return build(library, board, options, elf, sizes -> {});
    }

    /**
     * Builds a firmware that fits. Without one, no file is written.
     *
     * @see #build
     * @throws TinytuneException as {@link #build}, and as {@link FirmwareSizes#requireFit}
     */
    public static Firmware buildFitting(Path library, Board board, FirmwareOptions options, Path elf) {
        return build(library, board, options, elf, sizes -> sizes.requireFit(board));
    }

    private static Firmware build(
            Path library, Board board, FirmwareOptions options, Path elf, Consumer<FirmwareSizes> check) {
        Path hex = elf.resolveSibling(baseName(elf) + ".hex");
        return inTemporaryFolder(folder -> {
            Build build = new Build(folder, board, options);
            FirmwareSizes sizes = build.link(library.toAbsolutePath());
            check.accept(sizes);
            build.run(build.compiler.binutil("objcopy"), "-O", "ihex", Build.ELF, Build.HEX);
            publish(folder.resolve(Build.ELF), elf);
            publish(folder.resolve(Build.HEX), hex);
            return new Firmware(elf, hex, sizes);
        });
    }

    /**
     * Builds a firmware only to learn its sizes.
     *
     * @see #build
     */
    public static FirmwareSizes measure(Path library, Board board, FirmwareOptions options) {
        return inTemporaryFolder(folder -> new Build(folder, board, options).link(library.toAbsolutePath()));
    }

    /** One build in a folder of its own. */
    private static final class Build {
        private static final String ELF = "firmware.elf";
        private static final String HEX = "firmware.hex";
        private static final String SOURCES = "firmware";

        private final Path folder;
        private final Board board;
        private final FirmwareOptions options;
        private final CrossCompiler compiler;

        private Build(Path folder, Board board, FirmwareOptions options) {
            this.folder = folder;
            this.board = board;
            this.options = options;
            this.compiler = CrossCompiler.of(board);
        }

        private FirmwareSizes link(Path library) throws IOException {
            FirmwareSources.copyTo(folder.resolve(SOURCES));
            List<String> objects = compileLibrary(library);
            objects.addAll(boardObjects());
            linkWithProtocol(library, objects);
            String listing = run(compiler.binutil("objdump"), "-d", "--no-show-raw-insn", ELF);
            Map<String, Integer> frames = StackBound.compiledFrames(folder);
            ElfSections sections = new ElfSections(Files.readAllBytes(folder.resolve(ELF)));
            return new FirmwareSizes(
                    sections.flashBytes(),
                    sections.staticRamBytes(),
                    new StackBound(listing, frames, board.mcu().architecture()).bytes());
        }

        private List<String> compileLibrary(Path library) throws IOException {
            List<String> sources = Files.isDirectory(library) ? filesEndingWith(library, ".c") : List.of();
            if (sources.isEmpty()) {
                throw new TinytuneException(
                        ExitCode.INVALID_INPUT, library + " holds no C library (make one with `tinytune export`)");
            }
            List<String> command = new ArrayList<>(List.of(compiler.gcc()));
            command.addAll(compilerFlags());
            command.addAll(List.of(options.optimization().flag(), "-I", library.toString(), "-c"));
            command.addAll(sources);
            run(command.toArray(String[]::new));
            return new ArrayList<>(filesEndingWith(folder, ".o"));
        }

        /** What of the firmware knows no model: compiled once for a board and options, and then taken from memory. */
        private List<String> boardObjects() throws IOException {
            List<String> command = new ArrayList<>(List.of(compiler.gcc()));
            command.addAll(compilerFlags());
            command.addAll(boardDefines());
            command.addAll(List.of("-Os", "-I", SOURCES, "-c", SOURCES + "/tt_memory.c"));
            board.firmware().sources().forEach(source -> command.add(SOURCES + "/" + source));
            SortedMap<String, byte[]> compiled = BOARD_OBJECTS.get(command);
            if (compiled == null) {
                Path own = Files.createDirectory(folder.resolve("board"));
                FirmwareSources.copyTo(own.resolve(SOURCES));
                run(own, command.toArray(String[]::new));
                compiled = contents(own);
                BOARD_OBJECTS.put(List.copyOf(command), compiled);
            }
            List<String> objects = new ArrayList<>();
            for (Map.Entry<String, byte[]> file : compiled.entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
                if (file.getKey().endsWith(".o")) {
                    objects.add(file.getKey());
                }
            }
            return objects;
        }

        private void linkWithProtocol(Path library, List<String> objects) {
            List<String> command = new ArrayList<>(List.of(compiler.gcc()));
            command.addAll(compilerFlags());
            command.addAll(boardDefines());
            command.addAll(List.of("-Os", "-I", SOURCES, "-I", library.toString(), "-o", ELF));
            command.add(SOURCES + "/tt_firmware.c");
            command.addAll(objects);
            command.add("-Wl,--gc-sections");
            command.addAll(compiler.linkFlags(board));
            board.firmware().linkerScript().ifPresent(script -> command.addAll(List.of("-T", SOURCES + "/" + script)));
            run(command.toArray(String[]::new));
        }

        private List<String> compilerFlags() {
            List<String> flags = new ArrayList<>(C_FLAGS);
            flags.addAll(compiler.targetFlags(board));
            if (options.strict()) {
                flags.add("-Werror");
            }
            if (options.trace()) {
                flags.add("-DTT_CRC");
            }
            return flags;
        }

        private List<String> boardDefines() {
            List<String> defines = new ArrayList<>();
            defines.add("-DTT_BOARD_ID=\"" + board.id() + "\"");
            defines.add("-DTT_BAUD=" + board.serial().baud());
            defines.add("-DTT_TICK_HZ=" + board.firmware().tickHz());
            defines.add("-DTT_CPU_HZ=" + board.mcu().clockHz() + "UL");
            board.firmware()
                    .defines()
                    .forEach((name, value) -> defines.add(String.format(Locale.ROOT, "-D%s=0x%x", name, value)));
            return defines;
        }

        /** Runs a tool in the build's folder and gives its output. */
        private String run(String... command) {
            return run(folder, command);
        }

        private String run(Path in, String... command) {
            ToolRun run = ToolRun.of(List.of(command), in, TIMEOUT);
            if (run.succeeded()) {
                return run.output();
            }
            String tool = Path.of(command[0]).getFileName().toString();
            String error = run.errors()
                    .lines()
                    .filter(line ->
                            line.contains("error") || TOO_LARGE.matcher(line).find())
                    .findFirst()
                    .orElse("exit status " + run.exitStatus());
            if (TOO_LARGE.matcher(run.errors()).find()) {
                throw new TinytuneException(
                        ExitCode.DOES_NOT_FIT,
                        "firmware is larger than " + board.mcu().name() + " can address: " + error);
            }
            throw new TinytuneException(ExitCode.TOOL_MISSING, tool + " failed: " + error + " (see `tinytune doctor`)");
        }
    }

    /** The files of a folder, by name. */
    private static SortedMap<String, byte[]> contents(Path folder) throws IOException {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    private static List<String> filesEndingWith(Path folder, String extension) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(extension))
                    .sorted()
                    .toList();
        }
    }

    private static String baseName(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** Puts a finished file in its place, whole or not at all. */
    private static void publish(Path made, Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        WholeFile.write(absolute, Files.readAllBytes(made));
    }

    private interface Work<T> {
        T in(Path folder) throws IOException;
    }

    private static <T> T inTemporaryFolder(Work<T> work) {
        try (TemporaryFolder folder = TemporaryFolder.create("firmware")) {
            return work.in(folder.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
