package org.tinytune.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.core.tool.Tool;
import org.tinytune.core.tool.ToolRun;
import org.tinytune.core.tool.Tools;

/** Builds exported projects with their users' tools, and runs their examples. */
class ProjectBuildsTest {
    private static final Tool MAKE = Tool.command("make", "to build exported projects, in tests", "make");
    private static final Tool CMAKE = Tool.command("cmake", "to build exported projects, in tests", "cmake");
    private static final Tool CLANG = Tool.command("clang", "to compile exported projects, in tests", "clang");

    private static final String STRICT = "-std=c99 -Wall -Wextra -Wconversion -Wshadow -pedantic -Werror";
    private static final String AS_SIMULATED = "output bytes that differ from the simulator's: 0\n";
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    /** What each model's example prints of its noise, before it compares. */
    private static final Map<String, String> RESULTS = Map.of(
            "classes", "class \\d+: no\\. \\d+ \"ü\", score -?\\d+\n",
            "unnamed classes", "class \\d, score -?\\d+\n",
            "one of two classes", "class [01]: no\\. [01] \"ü\", score -?\\d+\n",
            "quantities", "no\\. 0 \"ü\" = -9\\d\\d\\.\\d{3}\nno\\. 1 \"ü\" = 0\\.50\\d\n",
            "anomaly", "reconstruction error = \\d+\\.\\d{3}\nan anomaly\n",
            "samples", "class \\d+: no\\. \\d+ \"ü\", score \\d+\n",
            "continuous", "(event: class \\d+\n)*class \\d+: no\\. \\d+ \"ü\", score \\d+\n",
            "sequence", "(event: class \\d+\n)*class \\d+, score -?\\d+\n");

    @TempDir
    Path folder;

    private String run(String... command) {
        ToolRun run = ToolRun.of(List.of(command), folder, TIMEOUT);
        assertThat(run.succeeded())
                .as("%s: %s%s", String.join(" ", command), run.output(), run.errors())
                .isTrue();
        return run.output();
    }

    private List<String> sources(String subfolder) throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve(subfolder))) {
            files.map(file -> folder.relativize(file).toString())
                    .filter(name -> name.endsWith(".c"))
                    .sorted()
                    .forEach(sources::add);
        }
        return sources;
    }

    static Set<String> models() {
        return Exports.models().keySet();
    }

    /** Under the sanitizers, with all that can be compiled in. */
    @ParameterizedTest
    @MethodSource("models")
    void aMakefileBuildsAndRunsTheExampleOfEveryTask(String model) {
        InstalledTools.assume(Tools.GCC, Tools.LIBC, MAKE);
        Exports.write("c", Exports.models().get(model), Optional.empty(), folder);
        assertThat(run(
                        "make",
                        "-s",
                        "run",
                        "CFLAGS=-O1 -g " + STRICT + " -fsanitize=address,undefined" + " -fno-sanitize-recover",
                        "CPPFLAGS=-DTT_CRC -DTT_TRACE"))
                .matches("(?s)" + RESULTS.get(model) + AS_SIMULATED);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("models")
    void clangCompilesWithoutAWarning(String model) throws IOException {
        InstalledTools.assume(CLANG);
        Exports.write("c", Exports.models().get(model), Optional.empty(), folder);
        for (String trace : List.of("-DNDEBUG", "-DTT_CRC", "-DTT_TRACE")) {
            List<String> command = new ArrayList<>(List.of("clang", "-O1", trace, "-I.", "-Iexample", "-c"));
            command.addAll(List.of(STRICT.split(" ")));
            command.addAll(sources(""));
            command.addAll(sources("example"));
            assertThat(run(command.toArray(String[]::new))).isEmpty();
        }
    }

    @Test
    void theMakefileCompilesForAMicrocontroller() {
        InstalledTools.assume(Tools.ARM_GCC, Tools.NEWLIB, MAKE);
        Exports.write("c", Exports.models().get("classes"), Optional.of("qemu-mps2-an386"), folder);
        run(
                "make",
                "-s",
                "libmy_net.a",
                "CROSS_COMPILE=arm-none-eabi-",
                "CFLAGS=-O2 -mcpu=cortex-m4 -mthumb " + STRICT);
        assertThat(run("arm-none-eabi-nm", "-g", "--defined-only", "libmy_net.a")
                        .lines())
                .filteredOn(line -> line.matches("[0-9a-f]+ \\w .*"))
                .isNotEmpty()
                .allMatch(line -> line.matches("[0-9a-f]+ T my_net_\\w+"));
    }

    @Test
    void cmakeBuildsAndTestsOnTheHost() {
        InstalledTools.assume(Tools.GCC, Tools.LIBC, CMAKE, MAKE);
        Exports.write("cmake", Exports.models().get("classes"), Optional.empty(), folder);
        run("cmake", "-B", "build", "-G", "Unix Makefiles", "-DMY_NET_CRC=ON", "-DCMAKE_C_FLAGS=" + STRICT);
        run("cmake", "--build", "build");
        assertThat(run("ctest", "--test-dir", "build")).contains("100% tests passed", "out of 1");
        assertThat(run("build/example")).contains(AS_SIMULATED);
    }

    @Test
    void cmakeBuildsForArm() {
        InstalledTools.assume(Tools.ARM_GCC, Tools.NEWLIB, CMAKE, MAKE);
        Exports.write("cmake", Exports.models().get("quantities"), Optional.of("qemu-microbit"), folder);
        run(
                "cmake",
                "-B",
                "build",
                "-G",
                "Unix Makefiles",
                "-DCMAKE_TOOLCHAIN_FILE=cmake/arm-none-eabi.cmake",
                "-DCMAKE_C_FLAGS=" + STRICT);
        run("cmake", "--build", "build");
        assertThat(run("arm-none-eabi-readelf", "-A", "build/example")).contains("Tag_CPU_name: \"6S-M\"");
    }

    @Tag("slow")
    @Test
    void anotherCmakeProjectTakesItAsASubfolder() throws IOException {
        InstalledTools.assume(Tools.GCC, Tools.LIBC, CMAKE, MAKE);
        Exports.write("cmake", Exports.models().get("classes"), Optional.empty(), folder.resolve("net"));
        Files.writeString(folder.resolve("CMakeLists.txt"), """
                cmake_minimum_required(VERSION 3.16)
                project(mine C)
                add_subdirectory(net)
                add_executable(mine main.c)
                target_link_libraries(mine PRIVATE tinytune::my_net)
                """);
        Files.writeString(folder.resolve("main.c"), """
                #include <my_net.h>
                int main(void)
                {
                    my_net_invoke();
                    return 0;
                }
                """);
        run("cmake", "-B", "build", "-G", "Unix Makefiles");
        run("cmake", "--build", "build");
        run("build/mine");
    }

    /** The native environment of PlatformIO compiles just these, with just these folders. */
    @Test
    void thePlatformioProjectBuildsForTheHost() throws IOException {
        InstalledTools.assume(Tools.GCC, Tools.LIBC);
        Exports.write("platformio", Exports.models().get("classes"), Optional.empty(), folder);
        List<String> command =
                new ArrayList<>(List.of("gcc", "-O1", "-Isrc", "-Ilib/my_net/include", "-Ilib/my_net/src"));
        command.addAll(List.of(STRICT.split(" ")));
        command.addAll(sources("src"));
        command.addAll(sources("lib/my_net/src"));
        command.addAll(List.of("-o", "program"));
        run(command.toArray(String[]::new));
        assertThat(run("./program")).contains(AS_SIMULATED);
    }

    /** With a stand-in for the one header of Zephyr's that the sample includes. */
    @Test
    void theZephyrSampleBuildsAgainstPrintk() throws IOException {
        InstalledTools.assume(Tools.GCC, Tools.LIBC);
        Exports.write("zephyr", Exports.models().get("quantities"), Optional.empty(), folder);
        Path sys = Files.createDirectories(folder.resolve("standin/zephyr/sys"));
        Files.writeString(sys.resolve("printk.h"), "#include <stdio.h>\n#define printk(...) printf(__VA_ARGS__)\n");
        List<String> command = new ArrayList<>(List.of("gcc", "-O1", "-Istandin", "-Iinclude"));
        command.addAll(List.of(STRICT.split(" ")));
        command.addAll(sources("src"));
        command.addAll(sources("samples/stored_sample/src"));
        command.addAll(List.of("-o", "program"));
        run(command.toArray(String[]::new));
        assertThat(run("./program")).contains(AS_SIMULATED);
    }
}
