package org.tinytune.test.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.testing.SharedFolder;
import org.tinytune.nas.Digests;
import org.tinytune.test.Processes;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.test.Processes.Started;
import org.tinytune.test.Repository;

/** {@code examples/keywords/fetch}, against a server of this test: whole or absent, whatever happens on the way. */
@Timeout(120)
class FetchTest {
    private static final Path EXAMPLE = Repository.ROOT.resolve("examples/keywords");

    /** All programs that the script may call, besides one that downloads. */
    private static final List<String> PROGRAMS = List.of(
            "sh",
            "dirname",
            "sha256sum",
            "sed",
            "rm",
            "mkdir",
            "tail",
            "gzip",
            "tar",
            "cut",
            "xargs",
            "mv",
            "wc",
            "tr");

    @TempDir
    private Path folder;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private ExecutorService threads;
    private HttpServer server;
    private Path script;
    private Path archive;
    private Path data;

    /** An archive of three files, and a script that wants them. */
    @BeforeEach
    void makeExample() throws Exception {
        threads = Executors.newCachedThreadPool();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/whole", exchange -> answer(exchange, Files.readAllBytes(archive), 0));
        server.createContext("/cut", exchange -> answer(exchange, Files.readAllBytes(archive), 1000));
        server.createContext("/page", exchange -> answer(exchange, "<html>".getBytes(StandardCharsets.UTF_8), 0));
        server.createContext("/slow", this::answerNothing);
        server.start();
        Path example = Files.createDirectory(folder.resolve("example"));
        script = Files.copy(EXAMPLE.resolve("fetch"), example.resolve("fetch"));
        Path recordings = Files.createDirectories(folder.resolve("digits-1.0/recordings"));
        StringBuilder sums = new StringBuilder();
        for (String name : List.of("0_ann_0.wav", "1_ann_0.wav", "2_ann_0.wav")) {
            byte[] bytes = name.repeat(500).getBytes(StandardCharsets.UTF_8);
            Files.write(recordings.resolve(name), bytes);
            sums.append(Digests.sha256(bytes)).append("  ").append(name).append('\n');
        }
        Files.writeString(recordings.resolve("0_unlisted_0.wav"), "somebody else");
        Files.writeString(example.resolve("SHA256SUMS"), sums);
        archive = pack(recordings.getParent().getParent(), "digits-1.0");
        data = folder.resolve("made").resolve("data");
    }

    @AfterEach
    void endServer() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** Sends bytes, having promised some more than there are. */
    private static void answer(HttpExchange exchange, byte[] bytes, int missing) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, bytes.length + missing);
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
        }
    }

    private void answerNothing(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[100]);
            exchange.getResponseBody().flush();
            asked.countDown();
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An archive of a folder and what is in it, as GitHub packs them: within another one. */
    private Path pack(Path parent, String... arguments) throws Exception {
        Path packed = folder.resolve("archive.tar.gz");
        List<String> command = new ArrayList<>(List.of("tar", "-czf", packed.toString()));
        command.addAll(List.of(arguments));
        Outcome outcome = Processes.run(parent, System.getenv(), command);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return packed;
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private Started start(String path) throws IOException {
        Map<String, String> environment =
                Map.of("PATH", System.getenv("PATH"), "FSDD_URL", path.startsWith("/") ? url(path) : path);
        return Processes.start(folder, environment, List.of(script.toString(), data.toString()));
    }

    private Outcome fetch(String path) throws Exception {
        return start(path).end();
    }

    private void assertFailed(Outcome outcome, String message) {
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("fetch: ").contains(message).containsOnlyOnce("\n");
        assertThat(data).doesNotExist();
        assertThat(data.resolveSibling("data.part")).doesNotExist();
    }

    private void assertFetched(Outcome outcome) throws IOException {
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err()).isEmpty();
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("0_ann_0.wav", "1_ann_0.wav", "2_ann_0.wav");
        }
        assertThat(data.resolveSibling("data.part")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void takesWhatIsListedWithEitherProgram(String program) throws Exception {
        Path programs = Files.createDirectory(folder.resolve("bin"));
        Optional<Path> downloads = find(program);
        assumeTrue(downloads.isPresent(), program + " is not installed");
        addProgram(programs, downloads.get());
        for (String name : PROGRAMS) {
            addProgram(programs, find(name).orElseThrow());
        }
        Map<String, String> environment = Map.of("PATH", programs.toString(), "FSDD_URL", url("/whole"));

        assertFetched(Processes.run(folder, environment, List.of(script.toString(), data.toString())));
    }

    private static void addProgram(Path folder, Path program) throws IOException {
        Path file = folder.resolve(program.getFileName());
        Files.writeString(file, "#!/bin/sh\nexec " + program + " \"$@\"\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static Optional<Path> find(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(entry -> Path.of(entry, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Test
    void leavesAloneWhatIsThere() throws Exception {
        assertFetched(fetch("/whole"));
        Outcome again = fetch("http://127.0.0.1:9/nobody");
        assertFetched(again);
        assertThat(again.out()).contains("is there already");

        Files.writeString(data.resolve("1_ann_0.wav"), "overwritten");
        Outcome changed = fetch("/whole");
        assertThat(changed.exitCode()).isEqualTo(1);
        assertThat(changed.err()).contains("its 1_ann_0.wav is not that of the data set");
        assertThat(data.resolve("1_ann_0.wav")).hasContent("overwritten");
    }

    @Test
    void aFileThatIsNotTheListedOneIsRefused() throws Exception {
        Path recording = folder.resolve("digits-1.0/recordings/2_ann_0.wav");
        byte[] bytes = Files.readAllBytes(recording);
        bytes[100] ^= 1;
        Files.write(recording, bytes);
        archive = pack(folder, "digits-1.0");
        assertFailed(fetch("/whole"), "2_ann_0.wav is missing in the archive, or not the file");

        Files.delete(recording);
        archive = pack(folder, "digits-1.0");
        assertFailed(fetch("/whole"), "2_ann_0.wav is missing in the archive, or not the file");
    }

    @Test
    void whatIsCutOffOnTheWayIsRefusedAndFetchedAnew() throws Exception {
        assertFailed(fetch("/cut"), "cannot download " + url("/cut"));
        assertFailed(fetch("/page"), "is no whole archive");
        assertFailed(fetch("/nowhere"), "404");
        assertFailed(fetch("http://127.0.0.1:9/nobody"), "is there a network?");
        assertFetched(fetch("/whole"));
    }

    @Test
    void whoeverStopsItFindsNothing() throws Exception {
        Started fetching = start("/slow");
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(data.resolveSibling("data.part")).exists();
        fetching.signal("TERM");
        over.countDown();
        Outcome outcome = fetching.end();
        assertThat(outcome.exitCode()).isEqualTo(143);
        assertThat(data).doesNotExist();
        assertThat(data.resolveSibling("data.part")).doesNotExist();

        Files.createDirectories(data.resolveSibling("data.part").resolve("left by kill -9"));
        assertFetched(fetch("/whole"));
    }

    /** The script as it is, with the list as it is. */
    @Test
    void theWholeDataSetIsWhatTheListSays() throws Exception {
        archive = pack(
                SharedFolder.require("data/fsdd"), "--transform=s,^,free-spoken-digit-dataset-1.0.10/,", "recordings");
        script = EXAMPLE.resolve("fetch");

        Outcome outcome = fetch("/whole");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("fetch: 2500 recordings in ");
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files).hasSize(2500);
        }
    }
}
