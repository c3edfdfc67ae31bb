package org.tinytune.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.tinytune.cli.output.LiveLine;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * Starts the program again in a JVM with the options that it wants.
 *
 * <p>{@code java -jar tinytune.jar} cannot add a module to the JVM, so the Vector API is missing; the second JVM has
 * it. It takes over standard input, output and error; it is told to end when this one is, and ends by itself should
 * this one vanish. The {@code ./tinytune} launcher hands over all options itself and needs none of this.
 */
final class Relaunch {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final Path SHELL = Path.of("/bin/sh");
    private static final long END_SECONDS = 60;

    /** System property of the second JVM: the file that it deletes to say that it has started. */
    private static final String START_LOG = "tinytune.start.log";

    /**
     * Runs the JVM $2 with the user's standard error as descriptor 3, and its own into the file $1:
     * {@link StandardStreams}. Tells it whether that is a terminal.
     */
    private static final String SCRIPT = "log=$1 jvm=$2; shift 2; [ ! -t 2 ] || set -- -D" + LiveLine.TERMINAL
            + "=true \"$@\"; exec \"$jvm\" \"$@\" 3>&2 2>\"$log\"";

    private Relaunch() {}

    /** Whether this JVM lacks options that another one on this machine could have. */
    static boolean isNeeded() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()
                && ModuleFinder.ofSystem().find(VECTOR_MODULE).isPresent()
                && Files.isExecutable(SHELL)
                && isRunnableJar(System.getProperty("java.class.path"));
    }

    /**
     * If this is the second JVM: says that it has started, and ends it should the first one vanish.
     *
     * <p>A first JVM that is killed outright cannot tell the second; it must not work on unseen.
     */
    static void watchStarter() {
        String log = System.getProperty(START_LOG);
        if (log == null) {
            return;
        }
        try {
            Files.deleteIfExists(Path.of(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProcessHandle.current().parent().ifPresent(starter -> {
            CompletableFuture<Void> unused =
                    starter.onExit().thenRun(() -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code()));
        });
    }

    /**
     * Runs the program in a second JVM until that ends.
     *
     * @param args the user's arguments
     * @return the exit code of the second JVM
     * @throws TinytuneException with {@link ExitCode#TOOL_MISSING} if it does not start
     */
    static int run(String[] args) {
        Path log = null;
        try {
            log = Files.createTempFile("tinytune-jvm", ".log");
            Process second = new ProcessBuilder(command(log, args)).inheritIO().start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(second)));
            int exitCode = second.waitFor();
            if (Files.exists(log)) { // it never came to watchStarter()
                String reason = Files.readString(log).strip().replaceAll("\\s*\\R\\s*", " ");
                throw new TinytuneException(ExitCode.TOOL_MISSING, "the JVM does not start: " + reason);
            }
            return exitCode;
        } catch (IOException e) {
            throw new TinytuneException(ExitCode.TOOL_MISSING, "cannot start a JVM: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED.code();
        } finally {
            delete(log);
        }
    }

    private static List<String> command(Path log, String[] args) throws IOException {
        List<String> command = new ArrayList<>(List.of(SHELL.toString(), "-c", SCRIPT, "sh", log.toString()));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(options());
        command.add("-D" + StandardStreams.ERROR_DESCRIPTOR + "=3");
        command.add("-D" + START_LOG + "=" + log);
        command.add("-jar");
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(args));
        return command;
    }

    /** The lines of {@code jvm.options} that are no comments. */
    private static List<String> options() throws IOException {
        try (InputStream in = Relaunch.class.getResourceAsStream("jvm.options")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("-"))
                    .toList();
        }
    }

    private static boolean isRunnableJar(String classPath) {
        return classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
    }

    private static void end(Process second) {
        second.destroy();
        try {
            if (!second.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                second.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path log) {
        if (log != null) {
            log.toFile().delete();
        }
    }
}
