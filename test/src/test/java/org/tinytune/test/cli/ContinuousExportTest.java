package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.ExitCode;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.Operators;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.core.testing.RandomWindows;
import org.tinytune.core.tool.Tool;
import org.tinytune.core.tool.ToolRun;
import org.tinytune.core.tool.Tools;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.tflite.ModelFiles;

/** Exports models on samples: for whole windows, and for windows that slide. */
@Tag("slow")
class ContinuousExportTest {
    private static final Tool MAKE = Tool.command("make", "to build exported projects, in tests", "make");
    private static final int SEED = 4;

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void saveModel() {
        Graph graph = RandomWindows.model(Operators.DSP_BLOCKS.get(1), 64, SEED);
        List<String> labels = new ArrayList<>(List.of("noise"));
        for (int i = 1; i < graph.output().shape().elements(); i++) {
            labels.add("word " + i);
        }
        model = folder.resolve("words.tflite");
        ModelFiles.save(
                graph.withMetadata(graph.metadata()
                        .withLabels(labels)
                        .withExtra("sampleRateHz", "16000")
                        .withExtra("unit", "FS")),
                model);
    }

    private Outcome export(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "export", model.toString(), "--out", folder.resolve("out").toString()));
        command.addAll(List.of(options));
        return Program.run(command.toArray(String[]::new));
    }

    private String header() throws Exception {
        return Files.readString(folder.resolve("out/model.h"));
    }

    @Test
    void aWindowThatSlidesComputesWhatIsSimulated() throws Exception {
        InstalledTools.assume(Tools.GCC, Tools.LIBC, MAKE);
        Outcome outcome = export("--format", "c", "--continuous", "--trigger-pause", "5", "--json");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(outcome.out());
        assertThat(report.get("constantBytes").asLong()).isPositive();
        assertThat(header())
                .contains("The INT8 network", "#define MODEL_TRIGGER_PAUSE 5 ", "model_classify_next(", " FS: ")
                .contains("#define MODEL_INPUT_RATE_HZ 16000\n", "(output_class) == 0")
                .doesNotContain("model_quantize_input", "model_classify(");
        ToolRun run = ToolRun.of(List.of("make", "-s", "run"), folder.resolve("out"), Duration.ofMinutes(2));
        assertThat(run.succeeded()).as(run.errors()).isTrue();
        assertThat(run.output()).endsWith("output bytes that differ from the simulator's: 0\n");
    }

    @Test
    void aWholeWindowIsClassifiedInOneCall() throws Exception {
        Outcome outcome = export("--format", "c");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(header())
                .contains("The INT8 network", "model_classify(const int16_t *samples, model_result *result)")
                .doesNotContain("trigger", "classify_next");
    }

    @Test
    void aFileForInterpretersComesWithFeatures() throws Exception {
        Outcome outcome = export("--format", "tflite");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        Graph graph = ModelFiles.load(model);
        long features = graph.nodes().stream()
                .filter(node -> node.operator().name().equals("STANDARDIZE"))
                .mapToLong(node -> graph.tensor(node.output()).bytes())
                .sum();
        assertThat(folder.resolve("out/sample.bin")).hasSize(features);
        assertThat(Files.readString(folder.resolve("out/README.md")))
                .contains("The file holds the network alone", "MFCC, STANDARDIZE")
                .doesNotContain("tinytune simulate");
    }

    @Test
    void whatDoesNotFitIsRefusedInOneLine() throws Exception {
        assertRefused("--format=tflite --continuous", "--continuous makes code, of which --format tflite has none");
        assertRefused("--format=c --hop=3", "--hop and --trigger-... are about a sliding window (add --continuous)");
        assertRefused("--format=c --continuous --hop=soon", "--hop soon is neither a number of frames nor a time");
        assertRefused("--format=c --continuous --hop=999999", "cannot move on by");
        assertRefused("--format=c --continuous --trigger-ignore=silence", "the model's labels are noise, word 1");
        assertRefused("--format=c --continuous --trigger-threshold=2", "a trigger's threshold is a probability");
    }

    private void assertRefused(String options, String message) throws Exception {
        Outcome outcome = export(options.split(" "));
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains(message);
    }
}
