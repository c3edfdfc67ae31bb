package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.board.Boards;
import org.tinytune.core.tool.Tool;
import org.tinytune.core.tool.Tools;
import org.tinytune.test.Processes.Outcome;

class MainTest {
    @Test
    void tellsVersionCommitAndJdk() throws Exception {
        Outcome outcome = Program.run("--version");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .matches("tinytune \\d+\\.\\d+\\.\\d+\\S* \\(commit (unknown|[0-9a-f]{12}(-modified)?), JDK "
                        + Runtime.version().feature() + "\\S*\\)\\R");
    }

    @Test
    void helpListsCommandsAndExitCodes() throws Exception {
        Outcome outcome = Program.run("--help");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("  boards ", "  doctor ", "  completion ");
        for (ExitCode exitCode : ExitCode.values()) {
            assertThat(outcome.out()).containsPattern("(?m)^  " + exitCode.code() + " +" + exitCode.meaning() + "$");
        }
    }

    @Test
    void withoutCommandShowsHelpAndFails() throws Exception {
        Outcome outcome = Program.run();
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.out()).startsWith("Usage: tinytune ");
        assertThat(outcome.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bords             | tinytune: unknown command 'bords', did you mean 'boards'? (see tinytune --help)
                    boards --jsn      | tinytune: unknown option '--jsn', did you mean '--json'? (see tinytune boards --help)
                    boards a b        | tinytune: unexpected argument 'b' (see tinytune boards --help)
                    doctor --json=yes | tinytune: invalid value for option '--json': 'yes' is not a boolean (see tinytune doctor --help)
                    boards nano       | tinytune: unknown board 'nano' (known: arduino-uno,
                    """)
    void wrongCommandLinesGetOneLineAndExitCode2(String arguments, String line) throws Exception {
        Outcome outcome = Program.run(arguments.split(" ", -1));
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).containsOnlyOnce("\n").endsWith("\n").startsWith(line);
    }

    @Tag("slow")
    @Test
    void showsTheStackTraceOnlyWhenAsked() throws Exception {
        assertThat(Program.run("boards", "nano").err()).doesNotContain("\tat ");
        assertThat(Program.run("boards", "nano", "--stacktrace").err())
                .startsWith("tinytune: unknown board 'nano'")
                .contains("\tat org.tinytune.core.board.Boards.byId");
        assertThat(Program.run("--stacktrace", "boards", "nano").err()).contains("\tat ");
    }

    @Test
    void listsAllBoardsAsJson() throws Exception {
        Outcome outcome = Program.run("boards", "--json");
        assertThat(outcome.err()).isEmpty();
        JsonNode boards = new ObjectMapper().readTree(outcome.out()).get("boards");
        assertThat(boards.findValuesAsText("id")).isEqualTo(Boards.ids());
        assertThat(fields(boards.get(0)))
                .containsExactly(
                        "id", "name", "vendor", "cpu", "clockHz", "ramBudgetBytes", "flashBudgetBytes", "emulator");
        assertThat(boards.get(0).get("flashBudgetBytes").asLong()).isEqualTo(32_256);
    }

    @Test
    void showsABoardInDetail() throws Exception {
        Outcome text = Program.run("boards", "arduino-uno");
        assertThat(text.out())
                .contains("ATmega328P")
                .contains("32,256 B of 32,768 B")
                .contains("2341:0043");
        JsonNode json = new ObjectMapper()
                .readTree(Program.run("boards", "arduino-uno", "--json").out());
        assertThat(json.at("/memory/ramBytes").asLong()).isEqualTo(2_048);
        assertThat(json.at("/emulator/kind").asText()).isEqualTo("SIMAVR");
    }

    @Test
    void doctorKnowsEveryTool() throws Exception {
        Outcome outcome = Program.run("doctor", "--json");
        assertThat(outcome.exitCode()).isZero();
        JsonNode report = new ObjectMapper().readTree(outcome.out());
        assertThat(fields(report)).containsExactly("tools", "missingPackages", "installCommand");
        for (JsonNode tool : report.get("tools")) {
            assertThat(fields(tool)).containsExactly("name", "purpose", "present", "version", "location", "packages");
            assertThat(tool.get("location").isNull())
                    .isEqualTo(!tool.get("present").asBoolean());
        }
        List<String> names = new ArrayList<>(List.of("java"));
        Tools.ALL.stream().map(Tool::name).forEach(names::add);
        assertThat(report.get("tools").findValuesAsText("name")).isEqualTo(names);
        assertThat(report.at("/tools/0/version").asText())
                .isEqualTo(Runtime.version().toString());
    }

    @Tag("slow")
    @Test
    void printsTheSameUnderAnyLocaleAndEncoding(@TempDir Path folder) throws Exception {
        List<String> german = List.of("-Duser.language=de", "-Duser.country=DE", "-Dfile.encoding=ISO-8859-1");
        for (String[] arguments :
                List.of(new String[] {"boards"}, new String[] {"boards", "--json"}, new String[] {"--help"})) {
            assertThat(Program.run(folder, german, arguments)).isEqualTo(Program.run(arguments));
        }
    }

    @ParameterizedTest
    @CsvSource({"bash", "zsh"})
    void completionScriptCompletesCommandsAndOptions(String shell, @TempDir Path folder) throws Exception {
        Path script = folder.resolve("completion");
        Files.writeString(script, Program.run("completion").out());
        assertThat(Files.readString(script)).contains("boards", "doctor", "--install");
        if (Files.isExecutable(Path.of("/bin", shell))) {
            Process check = new ProcessBuilder(shell, "-n", script.toString())
                    .inheritIO()
                    .start();
            assertThat(check.waitFor()).isZero();
        }
    }

    private static List<String> fields(JsonNode object) {
        return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
                .toList();
    }
}
