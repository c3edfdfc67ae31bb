package org.tinytune.test.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.test.Processes;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.test.Repository;

/**
 * The launcher in a folder with blanks in its name, with a Maven and JDKs that only say how they were called, and no
 * other program on the PATH than the standard ones that it uses.
 */
abstract class LauncherFixture {
    /** Says what it does into the file maven.log; MAVEN_WORK is the rest of its work. */
    private static final String MAVEN = """
            echo "JAVA_HOME=$JAVA_HOME" >>"$HOME/maven.log"
            eval "${MAVEN_WORK:-:}"
            mkdir -p .tinytune-build/tinytune-cli
            echo jar >.tinytune-build/tinytune-cli/tinytune.jar
            """;

    /** Prints its process number and each argument; JVM_WORK comes first. Complains as a JVM does. */
    private static final String JAVA = """
            echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
            eval "${JVM_WORK:-:}"
            echo "pid $$"
            printf '[%s]\\n' "$@"
            for last; do :; done
            [ "$last" != --version ] || exit 0
            echo 'from the program' >&3
            exit "${JVM_EXIT:-0}"
            """;

    @TempDir
    Path temporary;

    Path home;
    Path clone;
    FakePrograms programs;
    private Path jdks;

    @BeforeEach
    final void layOut() throws IOException {
        home = Files.createDirectory(temporary.resolve("home"));
        clone = Files.createDirectory(temporary.resolve("a clone")).toRealPath();
        jdks = Files.createDirectory(temporary.resolve("my jdks"));
        programs = new FakePrograms(
                Files.createDirectory(temporary.resolve("bin")),
                "sh cat cksum cp cut find grep head ln mkdir mv readlink rm rmdir sed sleep sort tr".split(" ", -1));
        programs.add("mvn", MAVEN);
        Files.copy(Repository.ROOT.resolve("tinytune"), clone.resolve("tinytune"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String source : List.of(
                "pom.xml",
                ".mvn/jvm.config",
                "README.md",
                "boards/one.toml",
                "runtime-gen/pom.xml",
                "runtime-gen/src/main/c/kernel.h",
                "toolchain/core/pom.xml",
                "toolchain/core/src/main/java/A.java",
                "toolchain/core/src/main/java/B.java",
                "toolchain/core/src/test/java/ATest.java")) {
            write(source, source);
        }
    }

    final Outcome run() throws IOException, InterruptedException {
        return run(Map.of());
    }

    final Outcome run(Map<String, String> variables) throws IOException, InterruptedException {
        return Processes.run(clone, environment(variables), command("boards"));
    }

    final List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(clone.resolve("tinytune").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    final Map<String, String> environment(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("HOME", home.toString());
        environment.put("PATH", programs.folder().toString());
        environment.put("TINYTUNE_JDKS", temporary.resolve("none") + ":" + jdks);
        return environment;
    }

    final long builds() throws IOException {
        return Files.readAllLines(home.resolve("maven.log")).size();
    }

    final Path jdk(String name, String version) throws IOException {
        Path jdk = jdks.resolve(name).normalize();
        Files.createDirectories(jdk.resolve("bin"));
        FakePrograms.write(jdk.resolve("bin/java"), JAVA);
        FakePrograms.write(jdk.resolve("bin/javac"), "");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"us\"\nJAVA_VERSION=\"" + version + "\"\nX=\"y\"\n");
        return jdk;
    }

    final void write(String file, String text) throws IOException {
        Path path = clone.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
