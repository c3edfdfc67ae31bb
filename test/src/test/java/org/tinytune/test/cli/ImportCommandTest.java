package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.maximum.Maximum;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.test.golden.GoldenModel;
import org.tinytune.test.tflite.ForeignFiles;
import org.tinytune.tflite.ModelFiles;

class ImportCommandTest {
    @TempDir
    private Path folder;

    static List<String> golden() {
        return GoldenModel.NAMES;
    }

    /** A model that says nothing of itself, as those of others. */
    private Path silentModel() {
        Path file = folder.resolve("digits.v2.tflite");
        ModelFiles.save(CentroidModel.ofDigits().withMetadata(Metadata.unnamed()), file);
        return file;
    }

    private static Outcome succeed(String... arguments) throws Exception {
        Outcome outcome = Program.run(arguments);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome;
    }

    private Path labels(String... lines) throws IOException {
        return Files.write(folder.resolve("names.txt"), List.of(lines));
    }

    @Test
    void saysWhatAModelIs() throws Exception {
        Path model = silentModel();
        Graph graph = ModelFiles.load(model);
        JsonNode report = new ObjectMapper()
                .readTree(succeed("import", model.toString(), "--json").out());

        assertThat(report.get("name").asText()).isEqualTo("digits.v2");
        assertThat(report.get("macs").asLong()).isEqualTo(graph.macs());
        assertThat(report.at("/inputs/0/shape").toString()).isEqualTo("[1,8,8,1]");
        assertThat(report.at("/inputs/0/scale").floatValue())
                .isEqualTo(graph.input().quantization().scale());
        assertThat(report.get("nodes").asInt()).isEqualTo(graph.nodes().size());
        int counted = 0;
        for (JsonNode operator : report.get("operators")) {
            counted += operator.get("count").asInt();
        }
        assertThat(counted).isEqualTo(graph.nodes().size());
    }

    @Test
    void writesAModelThatOtherCommandsUnderstand() throws Exception {
        Path out = folder.resolve("out");
        Path names = labels("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
        succeed(
                "import",
                silentModel().toString(),
                "--out",
                out.toString(),
                "--name",
                "digits",
                "--labels",
                names.toString(),
                "--mean",
                "8",
                "--deviation",
                "16");

        Graph imported = ModelFiles.load(out.resolve("digits.tflite"));
        assertThat(imported.metadata().labels()).containsExactlyElementsOf(Files.readAllLines(names));
        assertThat(imported.metadata().encoding().mean()).containsExactly(8f);
        assertThat(imported.nodes()).isEqualTo(CentroidModel.ofDigits().nodes());
        assertThat(out.resolve("labels.txt")).hasSameTextualContentAs(names);
        assertThat(out.resolve("import.json")).exists();
    }

    @Test
    void refusesLabelsThatDoNotFit() throws Exception {
        Path names = labels("yes", "no");
        Outcome outcome = Program.run("import", silentModel().toString(), "--labels", names.toString());
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.err()).containsOnlyOnce("\n").contains("the model has 10 classes, but 2 labels");
    }

    @Test
    void refusesAFolderThatIsThere() throws Exception {
        Outcome outcome = Program.run("import", silentModel().toString(), "--out", folder.toString());
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).containsOnlyOnce("\n").contains("exists");
    }

    @Test
    void namesOperatorsAsTheFileDoes() throws Exception {
        byte[] split = ForeignFiles.withSplit(ForeignFiles.slices(Shape.of(1, 2, 6, 2), 2, 3), 2);
        Path model = Files.write(folder.resolve("split.tflite"), split);
        JsonNode report = new ObjectMapper()
                .readTree(succeed("import", model.toString(), "--json").out());

        assertThat(report.get("operators").toString())
                .isEqualTo("[{\"operator\":\"SPLIT\",\"version\":2,\"count\":1,\"macs\":0}]");
        assertThat(report.get("nodes").asInt()).isEqualTo(3);
    }

    @Test
    void numbersNodesAsTheFileDoes() throws Exception {
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input("x", Shape.of(1, 4), ElementType.INT8, Quantization.perTensor(0.5f, 0));
        Graph unlike = builder.output(builder.node(
                        "y",
                        ElementType.INT8,
                        Quantization.perTensor(0.25f, 0),
                        Maximum.INSTANCE,
                        new NoParams(),
                        input,
                        input))
                .build();
        Path model = Files.write(folder.resolve("unlike.tflite"), ForeignFiles.withFloatEnds(unlike));
        Outcome outcome = Program.run("import", model.toString());

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.err())
                .containsOnlyOnce("\n")
                .contains("1 operator cannot be computed in integers: node 1 MAXIMUM version 2 (");
    }

    /** Files that others made are taken everywhere. */
    @Tag("slow")
    @ParameterizedTest
    @MethodSource("golden")
    void everyCommandTakesAGoldenModel(String name) throws Exception {
        Path model = Files.write(folder.resolve(name + ".tflite"), new GoldenModel(name).file());
        String file = model.toString();

        assertThat(succeed("import", file).out()).contains("MACs an inference");
        succeed("simulate", file, "--json");
        int values = ModelFiles.load(model).input().shape().elements();
        Path sample = Files.writeString(folder.resolve("sample.csv"), "0,".repeat(values - 1) + "0\n");
        succeed("predict", file, sample.toString(), "--json");
        succeed("analyze", file, "--board", "qemu-mps2-an386", "--json");
        succeed("export", file, "--format", "c", "--out", folder.resolve("c").toString());
        succeed(
                "export",
                file,
                "--format",
                "tflite",
                "--out",
                folder.resolve("t").toString());
        assertThat(ModelFiles.load(folder.resolve("t").resolve(name + ".tflite")))
                .isEqualTo(ModelFiles.load(model));
    }
}
