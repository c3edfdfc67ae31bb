package org.tinytune.device.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.tool.ToolRun;
import org.tinytune.core.tool.Tools;

/**
 * The host program of the AVR emulator. It is compiled where it runs, once for every version of its source, because
 * libsimavr is under the GPL and no binary of it is shipped.
 */
final class SimavrHost {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private SimavrHost() {}

    /**
     * The program, compiled if it is not in the cache.
     *
     * @throws TinytuneException with {@link ExitCode#TOOL_MISSING} if the compiler or a library is not installed
     */
    static Path program() {
        String source = source();
        Path program = cache().resolve("simavr-board-" + hash(source));
        if (Files.isExecutable(program)) {
            return program;
        }
        Tools.SIMAVR.require();
        Tools.LIBELF.require();
        try {
            Files.createDirectories(program.getParent());
            Path file = Files.createTempFile(program.getParent(), "simavr-board-", ".c");
            Path made = file.resolveSibling(file.getFileName() + ".out");
            try {
                Files.writeString(file, source);
                compile(file, made);
                Files.move(made, program, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(made);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return program;
    }

    private static void compile(Path source, Path program) {
        List<String> command = List.of(
                Tools.GCC.require().toString(),
                "-std=c99",
                "-O2",
                "-o",
                program.toString(),
                source.toString(),
                "-lsimavr",
                "-lelf");
        ToolRun run = ToolRun.of(command, source.getParent(), TIMEOUT);
        if (!run.succeeded()) {
            String error = run.errors()
                    .lines()
                    .filter(line -> line.contains("error"))
                    .findFirst()
                    .orElse("exit status " + run.exitStatus());
            throw new TinytuneException(
                    ExitCode.TOOL_MISSING,
                    "gcc cannot compile the AVR emulator: " + error + " (see `tinytune doctor`)");
        }
    }

    private static String source() {
        try (InputStream in = SimavrHost.class.getResourceAsStream("simavr_board.c")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path cache() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("tinytune");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
