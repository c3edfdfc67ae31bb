package org.tinytune.test.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A Python process that trains in PyTorch what it is told to; it sleeps in between. */
final class TorchWorker implements AutoCloseable {
    /** Debian's package installs for this one, whatever other interpreters there are. */
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    /**
     * glibc's allocator gives large blocks back to the kernel and asks for them anew in every step, which takes longer
     * than the step itself where page faults are dear. With these it keeps them, as a tuned installation would.
     */
    static final Map<String, String> KEEPING_MEMORY = Map.of(
            "MALLOC_MMAP_THRESHOLD_", "4000000000",
            "MALLOC_TRIM_THRESHOLD_", "8000000000",
            "MALLOC_TOP_PAD_", "67108864");

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;
    private final String version;

    private TorchWorker(Process process) throws IOException {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.version = answers.readLine();
    }

    /** Starts it with more variables in its environment; empty if there is no PyTorch. */
    static Optional<TorchWorker> start(Path script, int threads, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(PYTHON.toString(), script.toString());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        for (String variable : new String[] {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"}) {
            builder.environment().put(variable, Integer.toString(threads));
        }
        builder.environment().putAll(environment);
        TorchWorker worker;
        try {
            worker = new TorchWorker(builder.start());
        } catch (IOException e) {
            return Optional.empty();
        }
        if (worker.version == null) {
            worker.close();
            return Optional.empty();
        }
        return Optional.of(worker);
    }

    /** What it is. */
    String version() {
        return version;
    }

    /** The GFLOP/s of a product of two large matrices. */
    double gemm() throws IOException {
        return ask("gemm");
    }

    /** The seconds that some steps take. */
    double train(MlperfTinyNetwork network, String mode, String layout, int steps) throws IOException {
        return ask(network.id() + " " + mode + " " + layout + " " + steps);
    }

    private double ask(String command) throws IOException {
        commands.println(command);
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("PyTorch gave up on '" + command + "'");
        }
        return Double.parseDouble(answer);
    }

    @Override
    public void close() {
        commands.close();
        process.destroy();
    }
}
