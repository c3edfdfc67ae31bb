package org.tinytune.test.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.ExitCode;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.op.Operators;
import org.tinytune.core.op.slide.ContinuousGraph;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.core.testing.RandomGraphs;
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
    private int channels;

    @BeforeEach
    void saveModel() {
        Graph graph = RandomWindows.model(Operators.DSP_BLOCKS.get(1), 64, SEED);
        channels = graph.input().shape().dim(3);
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
    void aRecordingIsHeardAsTheLibraryHearsIt() throws Exception {
        InstalledTools.assume(Tools.GCC, Tools.LIBC);
        byte[] samples = RandomWindows.noise(60_000 * channels, SEED);
        Path recording = folder.resolve("street.wav");
        Files.write(recording, wav(samples));
        Files.write(folder.resolve("street.raw"), samples);
        List<String> use = List.of(
                "--continuous",
                "--hop=1",
                "--trigger-results=2",
                "--trigger-threshold=0.21875",
                "--trigger-pause=3",
                "--trigger-ignore=word 1");

        String file = recording.toString();
        List<String> predict = new ArrayList<>(List.of("predict", model.toString(), file, file, "--json"));
        predict.addAll(use);
        Outcome heard = Program.run(predict.toArray(String[]::new));
        assertThat(heard.exitCode()).as(heard.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(heard.out());
        List<String> events = new ArrayList<>();
        for (JsonNode event : report.at("/recordings/0/events")) {
            long sample = Math.round(event.get("seconds").asDouble() * 16_000);
            double probability = event.get("probability").asDouble();
            events.add(sample + " " + event.get("label").asText() + String.format(Locale.ROOT, " %.9f", probability));
            assertThat(probability).isBetween(0.21875, 1.0);
        }
        assertThat(events).as(heard.out()).hasSizeGreaterThan(5).noneMatch(event -> event.contains("word 1 "));
        assertThat(report.at("/recordings/1")).isEqualTo(report.at("/recordings/0"));
        assertThat(report.at("/trigger").toString())
                .isEqualTo("{\"results\":2,\"threshold\":0.21875,\"pause\":3,\"ignored\":[\"word 1\"]}");

        Outcome exported =
                export(Stream.concat(Stream.of("--format=c"), use.stream()).toArray(String[]::new));
        assertThat(exported.exitCode()).as(exported.err()).isZero();
        assertThat(eventsOfLibrary()).isEqualTo(events);
    }

    /** What a program around the exported library says of the samples. */
    private List<String> eventsOfLibrary() throws Exception {
        Path source = folder.resolve("listen.c");
        Files.writeString(source, """
                #include <stdio.h>
                #include "model.h"

                int main(int argc, char **argv)
                {
                    static model_trigger trigger;
                    static int16_t added[MODEL_INPUT_ELEMENTS];
                    static model_result result;
                    FILE *samples = argc > 1 ? fopen(argv[1], "rb") : NULL;
                    long heard = 0;
                    if (!samples) {
                        return 1;
                    }
                    model_reset();
                    model_trigger_reset(&trigger);
                    while (fread(added, sizeof added, 1, samples) == 1) {
                        heard += MODEL_INPUT_SAMPLES;
                        if (model_classify_next(added, &result) != MODEL_NOTHING) {
                            const int event = model_trigger_update(&trigger, &result);
                            if (event != MODEL_NOTHING) {
                                char label[MODEL_LABEL_BYTES];
                                model_label(event, label);
                                const double sum = (double)trigger.sums[event] / MODEL_TRIGGER_RESULTS;
                                printf("%ld %s %.9f\\n", heard, label, sum / MODEL_SCORE_ONE);
                            }
                        }
                    }
                    return 0;
                }
                """);
        Path out = folder.resolve("out");
        List<String> compile =
                new ArrayList<>(List.of("gcc", "-std=c99", "-O1", "-I.", source.toString(), "-o", "../listen"));
        try (Stream<Path> files = Files.list(out)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".c") && !name.equals("main.c"))
                    .sorted()
                    .forEach(compile::add);
        }
        compile.add("-lm");
        ToolRun built = ToolRun.of(compile, out, Duration.ofMinutes(2));
        assertThat(built.succeeded()).as(built.errors()).isTrue();
        ToolRun run = ToolRun.of(List.of("../listen", "../street.raw"), out, Duration.ofMinutes(2));
        assertThat(run.succeeded()).as(run.errors()).isTrue();
        return run.output().lines().toList();
    }

    /** A WAV file of 16 kHz with the model's channels. */
    private byte[] wav(byte[] samples) {
        ByteBuffer file = ByteBuffer.allocate(44 + samples.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + samples.length);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        file.putShort((short) 1).putShort((short) channels).putInt(16_000).putInt(32_000 * channels);
        file.putShort((short) (2 * channels)).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(samples.length)
                .put(samples);
        return file.array();
    }

    @Test
    void aStreamIsOfRecordingsAndClasses() throws Exception {
        Path recording = folder.resolve("short.wav");
        Files.write(recording, wav(RandomWindows.noise(8 * channels, SEED)));
        Outcome tooShort = Program.run("predict", model.toString(), recording.toString(), "--continuous");
        assertThat(tooShort.exitCode()).as(tooShort.err()).isZero();
        assertThat(tooShort.out())
                .contains(
                        "none: too short",
                        ", if that is at least 70.00 %, unless that is noise, and none follows within ");
        Outcome ofAll = Program.run(
                "predict",
                model.toString(),
                recording.toString(),
                "--continuous",
                "--trigger-results=1",
                "--trigger-pause=0",
                "--trigger-ignore=",
                "--trigger-threshold=0.5");
        assertThat(ofAll.exitCode()).as(ofAll.err()).isZero();
        assertThat(ofAll.out())
                .endsWith(
                        "; an event is the label of the highest average over 1 result, if that is at least 50.00 %\n");
        Outcome json = Program.run("predict", model.toString(), recording.toString(), "--continuous", "--json");
        JsonNode report = new ObjectMapper().readTree(json.out());
        assertThat(report.at("/recordings/0/seconds").asDouble(-1)).isZero();
        assertThat(report.at("/recordings/0/results").asInt(-1)).isZero();
        ContinuousGraph stream =
                ContinuousGraph.of(ModelFiles.load(model), ContinuousGraph.usualHop(ModelFiles.load(model)));
        assertThat(report.get("hopSeconds").asDouble()).isEqualTo(stream.hop() / 16_000.0);
        assertThat(report.get("windowSeconds").asDouble()).isEqualTo(stream.windowRows() / 16_000.0);
        Path table = folder.resolve("table.csv");
        Files.writeString(table, "1,2,3\n");
        assertFails(
                ExitCode.INVALID_INPUT,
                "is no recording",
                "predict",
                model.toString(),
                table.toString(),
                "--continuous");
        assertFails(
                ExitCode.USAGE,
                "with --continuous, say --hop",
                "predict",
                model.toString(),
                recording.toString(),
                "--continuous",
                "--window-stride=1s");
        assertFails(ExitCode.USAGE, "add --continuous", "predict", model.toString(), recording.toString(), "--hop=2");
    }

    @Test
    void aHopIsATimeInAnyUnit() throws Exception {
        Path recording = folder.resolve("short.wav");
        Files.write(recording, wav(RandomWindows.noise(8 * channels, SEED)));
        int samples = ContinuousGraph.usualHop(ModelFiles.load(model));
        BigDecimal seconds = BigDecimal.valueOf(samples).divide(BigDecimal.valueOf(16_000));
        String milliseconds = seconds.movePointRight(3).toPlainString() + "ms";
        for (String hop : List.of(seconds.toPlainString() + "s", milliseconds, samples + " samples")) {
            Outcome json = Program.run(
                    "predict", model.toString(), recording.toString(), "--continuous", "--hop=" + hop, "--json");
            assertThat(json.exitCode()).as(json.err()).isZero();
            JsonNode report = new ObjectMapper().readTree(json.out());
            assertThat(report.get("hopSeconds").asDouble()).as(hop).isEqualTo(samples / 16_000.0);
        }
        // Longer than the window: the unit is understood, the hop is not possible.
        assertRefused("--format=c --continuous --hop=1min", "cannot move on by");
        assertRefused("--format=c --continuous --hop=1h", "--hop 1h is neither a number of frames nor a time");
    }

    @Test
    void aStreamIsOfClassifiersOfSamplesAtARate() throws Exception {
        Path recording = folder.resolve("short.wav");
        Files.write(recording, wav(RandomWindows.noise(8 * channels, SEED)));
        Graph graph = ModelFiles.load(model);
        for (TaskKind task : List.of(TaskKind.REGRESSION, TaskKind.ANOMALY_DETECTION)) {
            ModelFiles.save(graph.withMetadata(task.storedIn(graph.metadata())), model);
            assertFails(
                    ExitCode.INVALID_INPUT,
                    "tells no classes",
                    "predict",
                    model.toString(),
                    recording.toString(),
                    "--continuous");
        }
        Metadata metadata = graph.metadata();
        Metadata withoutRate = new Metadata(
                metadata.name(), metadata.description(), metadata.labels(), metadata.encoding(), new TreeMap<>());
        ModelFiles.save(graph.withMetadata(withoutRate), model);
        assertFails(
                ExitCode.INVALID_INPUT,
                "does not say how many a second has",
                "predict",
                model.toString(),
                recording.toString(),
                "--continuous");
    }

    @Test
    void aModelThatRemembersIsContinuousAsItIs() throws Exception {
        InstalledTools.assume(Tools.GCC, Tools.LIBC, MAKE);
        Graph graph = RandomGraphs.single(Operators.byName("SVDF").orElseThrow(), SEED);
        ModelFiles.save(graph.withMetadata(graph.metadata().withSteps(3)), model);
        Outcome outcome = export("--format", "c", "--trigger-pause", "5");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(header()).contains("#define MODEL_TRIGGER_PAUSE 5 ", "model_classify_next(");
        ToolRun run = ToolRun.of(List.of("make", "-s", "run"), folder.resolve("out"), Duration.ofMinutes(2));
        assertThat(run.succeeded()).as(run.errors()).isTrue();
        assertThat(run.output()).endsWith("output bytes that differ from the simulator's: 0\n");
        assertRefused("--format=c --continuous --force", "remembers its inputs by itself");
        assertRefused("--format=tflite --trigger-pause=5 --force", "are about code, of which --format tflite has none");
        Path recording = folder.resolve("short.wav");
        Files.write(recording, wav(RandomWindows.noise(8 * channels, SEED)));
        assertFails(
                ExitCode.USAGE,
                "so that no window slides over them",
                "predict",
                model.toString(),
                recording.toString(),
                "--continuous");
    }

    private static void assertFails(ExitCode code, String message, String... command) throws Exception {
        Outcome outcome = Program.run(command);
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(code.code());
        assertThat(outcome.err()).contains(message).hasLineCount(1);
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
        assertRefused(
                "--format=tflite --continuous",
                "--continuous and --trigger-... are about code, of which --format tflite has none");
        assertRefused("--format=c --hop=3", "--hop and --trigger-... are about a sliding window (add --continuous)");
        assertRefused("--format=c --continuous --hop=soon", "--hop soon is neither a number of frames nor a time");
        assertRefused("--format=c --continuous --hop=999999", "cannot move on by");
        assertRefused("--format=c --continuous --trigger-ignore=silence", "the model's labels are noise, word 1");
        assertRefused("--format=c --continuous --trigger-threshold=2", "a trigger's threshold is a probability");
    }

    @Test
    void whatTellsNoClassesHasNoTrigger() throws Exception {
        Graph graph = ModelFiles.load(model);
        ModelFiles.save(graph.withMetadata(TaskKind.REGRESSION.storedIn(graph.metadata())), model);
        assertRefused("--format=c --continuous --trigger-pause=3", "tells no classes, so that nothing is an event");
    }

    private void assertRefused(String options, String message) throws Exception {
        Outcome outcome = export(options.split(" "));
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains(message);
    }
}
