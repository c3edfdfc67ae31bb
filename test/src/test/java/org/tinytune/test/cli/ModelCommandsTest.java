package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.core.tool.Tools;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.tflite.ModelFiles;

/** The commands that need a model and nothing else. */
class ModelCommandsTest {
    @TempDir
    private static Path shared;

    private static Path model;

    @TempDir
    private Path folder;

    @BeforeAll
    static void writeModel() {
        model = shared.resolve("digits.tflite");
        ModelFiles.save(CentroidModel.ofDigits(), model);
    }

    private static JsonNode json(String... arguments) throws Exception {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--json";
        Outcome outcome = Program.run(all);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }

    private static void assertRefused(Outcome outcome, ExitCode exitCode, String line) {
        assertThat(outcome.err()).containsOnlyOnce("\n").contains(line);
        assertThat(outcome.exitCode()).isEqualTo(exitCode.code());
        assertThat(outcome.out()).isEmpty();
    }

    /** The first rows of the data: 0, 1, 2 and so on, the label behind the pixels. */
    private static List<String> digits(int count) throws IOException {
        return Files.readAllLines(CentroidModel.DIGITS.resolve("digits.csv")).subList(1, 1 + count);
    }

    @Test
    void predictsTheDigitsInACsvFile() throws Exception {
        Path samples = Files.write(folder.resolve("mine.csv"), digits(8));
        JsonNode predictions =
                json("predict", model.toString(), samples.toString()).get("predictions");

        assertThat(predictions).hasSize(8);
        int right = 0;
        for (int i = 0; i < 8; i++) {
            JsonNode prediction = predictions.get(i);
            assertThat(prediction.get("sample").asText()).isEqualTo("mine.csv line " + (i + 1));
            assertThat(prediction.get("expected").asText()).isEqualTo(Integer.toString(i));
            right += prediction.get("label").equals(prediction.get("expected")) ? 1 : 0;
            assertThat(prediction.at("/top/0/label")).isEqualTo(prediction.get("label"));
            assertThat(prediction.get("top")).hasSize(3);
            assertThat(prediction.at("/top/0/probability")).isEqualTo(prediction.get("probability"));
        }
        assertThat(right).isGreaterThan(5);
    }

    @Test
    void predictsAnImage() throws Exception {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        String[] pixels = digits(1).get(0).split(",", -1);
        for (int i = 0; i < 64; i++) {
            image.getRaster().setSample(i % 8, i / 8, 0, Math.round(Integer.parseInt(pixels[i]) * 255 / 16f));
        }
        Path png = folder.resolve("zero.png");
        ImageIO.write(image, "png", png.toFile());
        Outcome outcome = Program.run("predict", model.toString(), png.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).containsPattern("(?m)^zero.png +0 +\\d+\\.\\d\\d % +\\d \\(");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void notesValuesInAnotherUnit() throws Exception {
        Path bright = Files.writeString(folder.resolve("bright.csv"), "255,".repeat(63) + "255\n");
        Outcome outcome = Program.run("predict", model.toString(), bright.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err())
                .containsOnlyOnce("\n")
                .contains("holds 255.0, but the model was trained on 0.0 to 16.0");
    }

    @Tag("slow")
    @Test
    void evaluatesOnTheTestPart() throws Exception {
        JsonNode report = json("evaluate", model.toString(), "--data", CentroidModel.DIGITS.toString());

        assertThat(report.get("samples").asInt()).isEqualTo(359);
        assertThat(report.get("accuracy").asDouble()).isBetween(0.85, 0.95);
        assertThat(report.at("/accuracyInterval/0").asDouble())
                .isLessThan(report.get("accuracy").asDouble());
        assertThat(report.at("/accuracyInterval/1").asDouble())
                .isGreaterThan(report.get("accuracy").asDouble());
        int right = 0;
        for (int c = 0; c < 10; c++) {
            right += report.get("confusion").get(c).get(c).asInt();
        }
        assertThat(report.get("correct").asInt()).isEqualTo(right);
        assertThat(report.get("task").asText()).isEqualTo("classification");
        // loss, accuracy, macro F1, ROC-AUC and calibration error; precision, recall, F1 and ROC-AUC of ten classes
        assertThat(report.get("metrics")).hasSize(5 + 4 * 10);
        JsonNode accuracy = report.get("metrics").get(1);
        assertThat(accuracy.get("metric").asText()).isEqualTo("accuracy");
        assertThat(accuracy.get("of").isNull()).isTrue();
        assertThat(accuracy.get("value")).isEqualTo(report.get("accuracy"));
        assertThat(accuracy.at("/interval/0").asDouble())
                .isCloseTo(report.at("/accuracyInterval/0").asDouble(), Offset.offset(0.02));
        assertThat(json("evaluate", model.toString(), "--data", CentroidModel.DIGITS.toString(), "--threads", "1"))
                .isEqualTo(report);
        assertThat(json("evaluate", model.toString(), "--data", CentroidModel.DIGITS.toString(), "--seed", "2"))
                .isNotEqualTo(report);
    }

    @Test
    void evaluatesOnAllSamples() throws Exception {
        Outcome outcome =
                Program.run("evaluate", model.toString(), "--data", CentroidModel.DIGITS.toString(), "--split", "all");

        assertThat(outcome.out())
                .containsPattern("accuracy \\d\\d\\.\\d\\d %: \\d+ of 1797 samples right")
                .containsPattern("(?m)^macro F1 +0\\.\\d{4} +0\\.\\d{4} to 0\\.\\d{4}$")
                .containsPattern("(?m)^9 +0\\.\\d{4} \\(0\\.\\d{4} to 0\\.\\d{4}\\) ");
        assertThat(outcome.err()).isEqualTo("tinytune: evaluating on 1797 samples of 'UCI optical digits'\n");
    }

    @Tag("slow")
    @Test
    void simulatesNoiseASampleAndATensorsBytes() throws Exception {
        JsonNode noise = json("simulate", model.toString(), "--crc");
        assertThat(noise.get("operators").findValuesAsText("name")).containsExactly("FULLY_CONNECTED", "SOFTMAX");
        assertThat(noise.at("/outputs/0/type").asText()).isEqualTo("INT8");
        assertThat(noise.at("/outputs/0/values")).hasSize(10);
        assertThat(noise.at("/outputs/0/bytes")).isEqualTo(noise.at("/outputs/0/values"));
        assertThat(json("simulate", model.toString(), "--operators", "--seed", "1"))
                .isEqualTo(noise);
        assertThat(json("simulate", model.toString(), "--seed", "2").get("outputs"))
                .isNotEqualTo(noise.get("outputs"));

        Path sample = Files.write(folder.resolve("zero.csv"), digits(1));
        Path bytes = Files.write(folder.resolve("zero.bin"), quantized(digits(1).get(0)));
        assertThat(json("simulate", model.toString(), "--input", bytes.toString())
                        .get("outputs"))
                .isEqualTo(json("simulate", model.toString(), "--input", sample.toString())
                        .get("outputs"));
    }

    /** Pixels of 0 to 16, which the model takes as 0 to 1. */
    private static byte[] quantized(String row) {
        Quantization input = CentroidModel.ofDigits().input().quantization();
        String[] pixels = row.split(",", -1);
        byte[] bytes = new byte[64];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = input.quantizeInt8(Integer.parseInt(pixels[i]) / 16.0);
        }
        return bytes;
    }

    @Test
    void exportsATfliteFileOfTheSameNetwork() throws Exception {
        Path out = folder.resolve("out");
        JsonNode report = json("export", model.toString(), "--format", "tflite", "--out", out.toString());

        assertThat(report.get("files").findValuesAsText("name"))
                .containsExactly("README.md", "digits.tflite", "example.py", "labels.txt", "sample.bin");
        Graph graph = ModelFiles.load(out.resolve("digits.tflite"));
        assertThat(graph.metadata()).isEqualTo(CentroidModel.ofDigits().metadata());
        assertThat(Files.readAllLines(out.resolve("labels.txt")))
                .isEqualTo(graph.metadata().labels());
        assertThat(json("simulate", out.resolve("digits.tflite").toString()).get("outputs"))
                .isEqualTo(json("simulate", model.toString()).get("outputs"));
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"--board=qemu-mps2-an386", "--board=arduino-uno", "--force"})
    void theReadmesExampleOfAnExportedLibraryComputesAsSimulated(String option) throws Exception {
        InstalledTools.assume(Tools.GCC);
        Path out = folder.resolve("out");
        Outcome outcome = Program.run("export", model.toString(), "--format", "c", "--out", out.toString(), option);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();

        String readme = Files.readString(out.resolve("README.md"));
        String example = readme.substring(readme.indexOf("```c\n") + 5, readme.lastIndexOf("```"));
        String include = example.lines().findFirst().orElseThrow();
        Files.writeString(folder.resolve("main.c"), """
                #include <stdio.h>
                %s
                int main(void)
                {
                    static const float raw[] = {%s};
                    %s
                    for (int i = 0; i < DIGITS_OUTPUT_BYTES; ++i) {
                        printf("%%d\\n", digits_output()[i]);
                    }
                    return 0;
                }
                """.formatted(
                        include, pixels(digits(1).get(0)), example.replace(include, "")));
        compileAndLink(out);
        Process program = new ProcessBuilder(folder.resolve("main").toString()).start();
        List<String> computed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        Path sample = Files.write(folder.resolve("zero.csv"), digits(1));
        List<String> simulated = new ArrayList<>();
        json("simulate", model.toString(), "--input", sample.toString())
                .at("/outputs/0/bytes")
                .forEach(value -> simulated.add(value.asText()));
        assertThat(computed).isEqualTo(simulated);
    }

    private static String pixels(String row) {
        return row.substring(0, row.lastIndexOf(','));
    }

    private void compileAndLink(Path library) throws Exception {
        Process gcc = new ProcessBuilder(
                        "gcc",
                        "-std=c99",
                        "-Wall",
                        "-Wextra",
                        "-Wconversion",
                        "-pedantic",
                        "-Werror",
                        "-I" + library,
                        "-o",
                        "main",
                        "main.c",
                        library.resolve("digits.c").toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(gcc.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
    }

    @Tag("slow")
    @Test
    void refusesToWriteOverAFolderUnlessForced() throws Exception {
        Path out = folder.resolve("out");
        String[] export = {"export", model.toString(), "--format", "c", "--out", out.toString()};
        assertThat(Program.run(export).exitCode()).isZero();
        assertRefused(Program.run(export), ExitCode.USAGE, out + " exists");

        String[] forced = {"export", model.toString(), "--format", "tflite", "--out", out.toString(), "--force"};
        assertThat(Program.run(forced).exitCode()).isZero();
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "README.md", "digits.tflite", "example.py", "labels.txt", "sample.bin", "export.json");
        }
    }

    @Test
    void theExampleRunsTheSampleThatTheUserChooses() throws Exception {
        Path digit = Files.write(folder.resolve("three.csv"), digits(4).subList(3, 4));
        Path byFile = folder.resolve("file");
        Path byIndex = folder.resolve("index");
        String[] export = {"export", model.toString(), "--format", "tflite", "--sample"};
        assertThat(Program.run(with(export, digit.toString(), "--out", byFile.toString()))
                        .exitCode())
                .isZero();
        assertThat(Program.run(with(
                                export, "3", "--data", CentroidModel.DIGITS.toString(), "--out", byIndex.toString()))
                        .exitCode())
                .isZero();
        assertThat(Files.readAllBytes(byIndex.resolve("sample.bin")))
                .isEqualTo(quantized(digits(4).get(3)))
                .isEqualTo(Files.readAllBytes(byFile.resolve("sample.bin")));
    }

    @Test
    void refusesSamplesAndFormatsThatAreNone() throws Exception {
        String out = folder.resolve("out").toString();
        String[] export = {"export", model.toString(), "--out", out, "--format"};
        assertRefused(Program.run(with(export, "docx")), ExitCode.USAGE, "one of c, cmake, arduino, platformio");
        assertRefused(Program.run(with(export, "c", "--sample", "3")), ExitCode.USAGE, "name it with --data");
        String data = CentroidModel.DIGITS.toString();
        assertRefused(
                Program.run(with(export, "c", "--sample", "99999999999", "--data", data)),
                ExitCode.USAGE,
                "has no sample 99999999999 (it has 1797, from 0 on)");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({"predict,mine.csv", "simulate,", "evaluate,", "export,--format=c"})
    void everyCommandRefusesACutFile(String command, String argument) throws Exception {
        byte[] whole = Files.readAllBytes(model);
        Path cut = Files.write(folder.resolve("cut.tflite"), Arrays.copyOf(whole, whole.length / 2));
        List<String> arguments = new ArrayList<>(List.of(command, cut.toString()));
        if (argument != null) {
            arguments.add(argument);
        }
        if (command.equals("export")) {
            arguments.add("--out=" + folder.resolve("out"));
        }
        assertRefused(
                Program.run(arguments.toArray(String[]::new)), ExitCode.INVALID_INPUT, "cut.tflite: is cut or damaged");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Tag("slow")
    @Test
    void refusesSamplesOfAnotherSize() throws Exception {
        Path small = Files.writeString(folder.resolve("small.csv"), "1,2,3\n");
        assertRefused(
                Program.run("predict", model.toString(), small.toString()), ExitCode.INVALID_INPUT, "has 3 values");

        Path data = Files.writeString(folder.resolve("data.csv"), "a,b,label\n1,2,x\n3,4,y\n");
        assertRefused(
                Program.run("evaluate", model.toString(), "--data", data.toString()),
                ExitCode.INVALID_INPUT,
                "samples are [2], the model takes [8, 8, 1]");
        Path bytes = Files.write(folder.resolve("short.bin"), new byte[63]);
        assertRefused(
                Program.run("simulate", model.toString(), "--input", bytes.toString()),
                ExitCode.INVALID_INPUT,
                "has 63 bytes");
    }

    @Test
    void saysWhereDataIsMissing() throws Exception {
        assertRefused(Program.run("evaluate", model.toString()), ExitCode.USAGE, "name it with --data");
        assertRefused(
                Program.run(
                        "evaluate",
                        model.toString(),
                        "--data",
                        folder.resolve("none").toString()),
                ExitCode.INVALID_INPUT,
                "none does not exist");
    }
}
