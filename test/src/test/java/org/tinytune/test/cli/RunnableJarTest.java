package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.ExitCode;
import org.tinytune.test.Processes;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.test.Repository;

class RunnableJarTest {
    private static final Path JAR = Repository.ROOT.resolve("toolchain/cli/target/tinytune.jar");

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsTheJar() {
        assumeTrue(Files.exists(JAR), "no " + JAR + " before Maven's phase package");
    }

    @Test
    void runsFromAFolderWithBlanksWithoutNoise() throws Exception {
        Path copy = Files.copy(
                JAR, Files.createDirectory(folder.resolve("my tools")).resolve("a jar.jar"));
        Outcome outcome = run(List.of(), copy, "boards", "--json");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).startsWith("{\n").contains("\"arduino-uno\"");
    }

    @Test
    void passesExitCodeAndErrorLineOn() throws Exception {
        Outcome outcome = run(List.of(), JAR, "boards", "nano ü");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).containsOnlyOnce("\n").startsWith("tinytune: unknown board 'nano ");
    }

    @Test
    void saysWhyTheSecondJvmDoesNotStart() throws Exception {
        // Both JVMs are told to listen at the same port; only the first can.
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String debugger = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=" + port;
        Outcome outcome = run(List.of(debugger), JAR, "boards");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.TOOL_MISSING.code());
        assertThat(outcome.err()).containsOnlyOnce("\n").startsWith("tinytune: the JVM does not start: ");
    }

    @Test
    void saysThatItCannotWriteTemporaryFiles() throws Exception {
        Outcome outcome = run(List.of("-Djava.io.tmpdir=/proc"), JAR, "boards");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.TOOL_MISSING.code());
        assertThat(outcome.err()).containsOnlyOnce("\n").startsWith("tinytune: cannot start a JVM: ");
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "KILL, 137"})
    void whatEndsTheFirstJvmEndsTheSecond(String signal, int exitCode) throws Exception {
        // The second JVM is held up by a pipe that is full.
        Processes.Started shell = Processes.start(
                folder,
                System.getenv(),
                List.of(
                        "sh",
                        "-c",
                        "mkfifo pipe; exec 9<>pipe; head -c 65536 /dev/zero >&9; exec \"$@\" >&9",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toString(),
                        "boards"));
        ProcessHandle second = awaitChildJvm(shell.process());
        shell.signal(signal);
        assertThat(shell.end().exitCode()).isEqualTo(exitCode);
        for (int i = 0; i < 100 && second.isAlive(); i++) {
            Thread.sleep(100);
        }
        assertThat(second.isAlive()).isFalse();
    }

    @Test
    void holdsNoSignaturesAndEveryServiceOnce() throws Exception {
        List<String> names = new ArrayList<>();
        try (JarFile jar = new JarFile(JAR.toFile())) {
            jar.stream().map(JarEntry::getName).forEach(names::add);
            assertThat(jar.getManifest().getMainAttributes().getValue("Enable-Native-Access"))
                    .isEqualTo("ALL-UNNAMED");
        }
        assertThat(names).doesNotHaveDuplicates().noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)"));
        assertThat(names.contains("META-INF/services/java.sql.Driver")).isTrue();
        assertThat(names.contains("META-INF/LICENSE")).isTrue();
    }

    private Outcome run(List<String> options, Path jar, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return Program.startJava(folder, command).end();
    }

    /** Waits until the second JVM has run for a moment, so that it is past its start. */
    private static ProcessHandle awaitChildJvm(Process first) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            ProcessHandle child = first.children()
                    .filter(handle -> handle.info().command().orElse("").endsWith("java"))
                    .findFirst()
                    .orElse(null);
            if (child != null) {
                Thread.sleep(2_000);
                return child;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("no second JVM");
    }
}
