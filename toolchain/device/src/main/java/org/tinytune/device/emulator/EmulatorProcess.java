package org.tinytune.device.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * An emulator's process, which prints the path of its pseudo-terminal and ends when its standard input does. The pipe
 * is held by the JVM alone, so that nothing is left behind even when the JVM is killed.
 */
final class EmulatorProcess implements VirtualBoard {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(3);
    private static final long POLL_NANOS = 2_000_000;
    private static final Pattern PORT =
            Pattern.compile("^(?:char device redirected to )?(/dev/[\\w/]+)", Pattern.MULTILINE);

    private final Process process;
    private final String port;

    private EmulatorProcess(Process process, String port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts an emulator and waits until it has told its port.
     *
     * @param name for messages
     * @param input what the process is to find on its standard input
     * @throws TinytuneException with {@link ExitCode#TOOL_MISSING} if that does not happen in time
     */
    static EmulatorProcess start(String name, List<String> command, byte[] input) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try {
                OutputStream stdin = process.getOutputStream();
                stdin.write(input);
                stdin.flush();
                return new EmulatorProcess(process, awaitPort(name, process));
            } catch (IOException | RuntimeException e) {
                end(process);
                throw e;
            }
        } catch (IOException e) {
            throw new TinytuneException(
                    ExitCode.TOOL_MISSING, name + " does not start: " + e.getMessage() + " (see `tinytune doctor`)", e);
        }
    }

    private static String awaitPort(String name, Process process) throws IOException {
        InputStream stdout = process.getInputStream();
        StringBuilder said = new StringBuilder();
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() - deadline < 0) {
            boolean ended = !process.isAlive();
            said.append(new String(stdout.readNBytes(stdout.available()), StandardCharsets.UTF_8));
            Matcher port = PORT.matcher(said);
            if (said.indexOf("\n") >= 0 && port.find()) {
                return port.group(1);
            }
            if (ended) {
                throw new TinytuneException(ExitCode.TOOL_MISSING, name + " does not start: " + lastLine(said));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new TinytuneException(
                ExitCode.TOOL_MISSING,
                name + " does not start within " + START_TIMEOUT.toSeconds() + " s: " + lastLine(said));
    }

    private static String lastLine(CharSequence said) {
        return said.toString().lines().reduce("it says nothing", (earlier, later) -> later);
    }

    @Override
    public String port() {
        return port;
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        end(process);
    }

    private static void end(Process process) {
        try {
            closeInput(process);
            if (!process.waitFor(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void closeInput(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroyForcibly(); // the pipe broke, so it has ended or is about to
        }
    }
}
