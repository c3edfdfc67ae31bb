package org.tinytune.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.reader.Sample;
import org.tinytune.data.recording.RecordingOptions;

/** A model that takes two moments of two channels, in hundredths. */
class OwnSamplesTest {
    private static final Quantization HUNDREDTHS = Quantization.perTensor(0.01f, 0);

    @TempDir
    Path folder;

    private static Graph graph(Map<String, String> extra) {
        GraphBuilder builder = new GraphBuilder();
        int in = builder.input("samples", Shape.of(1, 2, 1, 2), ElementType.INT16, HUNDREDTHS);
        int out = builder.node("out", ElementType.INT16, HUNDREDTHS, Relu.INSTANCE, new NoParams(), in);
        InputEncoding encoding = new InputEncoding(List.of(0f), List.of(100f), -32768, 32767);
        return builder.output(out)
                .metadata(new Metadata("model", "", List.of(), encoding, new TreeMap<>(extra)))
                .build();
    }

    private static OwnSamples reader(Map<String, String> extra) {
        return OwnSamples.of(graph(extra), Optional.empty(), RecordingOptions.NONE, note -> {});
    }

    @Test
    void cutsARecordingIntoWindowsOfTheModel() throws IOException {
        Graph graph = graph(Map.of("sampleRateHz", "100", "channels", "ax,ay", "unit", "m/s2"));
        OwnSamples reader = OwnSamples.of(graph, Optional.empty(), RecordingOptions.NONE, note -> {});
        Path file = write("own.csv", "t [ms];ay;ax\n0;0,5;1\n10;2;3\n20;4;5\n30;6;7\n");

        List<Sample> samples = reader.read(file);

        assertThat(samples).extracting(Sample::name).containsExactly("own.csv at 0.000 s", "own.csv at 0.020 s");
        assertThat(samples.get(0).values()).containsExactly(100, 50, 300, 200);
        ModelInputs inputs = ModelInputs.read(graph, file, reader, 0.025);
        assertThat(inputs.title()).isEqualTo("own.csv at 0.020 s");
        assertThat(inputs.tensors().get(0))
                .containsExactly(
                        500 & 0xff, 500 >> 8, 400 & 0xff, 400 >> 8, 700 & 0xff, 700 >> 8, 600 & 0xff, 600 >> 8);
    }

    @Test
    void tablesOfWholeInputsStayWhatTheyWere() throws IOException {
        Map<String, String> extra = Map.of("sampleRateHz", "100", "channels", "ax,ay");
        List<Sample> rows = reader(extra).read(write("rows.csv", "1,2,3,4\n5,6,7,8\n"));
        assertThat(rows).hasSize(2);
        assertThat(rows.get(1).values()).containsExactly(5, 6, 7, 8);
        assertThat(rows.get(1).seconds()).isEmpty();

        Path recording = write("own.csv", "t [ms],ay,ax\n0,1,1\n10,2,3\n");
        assertThatThrownBy(() -> reader(Map.of()).read(recording))
                .as("a model that does not say its rate")
                .isInstanceOf(TinytuneException.class);
    }

    /** What was said of the recordings that a model was made from is true of others, but not how long a window is. */
    @Test
    void knowsHowTheModelsRecordingsWereRead() throws IOException {
        Path model = folder.resolve("model.tflite");
        Files.writeString(
                folder.resolve("provenance.json"),
                "{\"schemaVersion\":1,\"data\":{\"path\":\"x\",\"fingerprint\":\"0\",\"reading\":{\"columns\":\"u,v\","
                        + "\"window\":\"9s\",\"label_pattern\":\"{label}_{n}\"}},\"seed\":1}");
        List<String> notes = new ArrayList<>();
        OwnSamples reader = OwnSamples.of(
                graph(Map.of("sampleRateHz", "100", "channels", "u,v")),
                Optional.of(model),
                RecordingOptions.NONE,
                notes::add);

        List<Sample> samples = reader.read(write("own.csv", "time_ms,v,w,u\n0,1,2,3\n10,4,5,6\n"));

        assertThat(samples.get(0).values()).containsExactly(300, 100, 600, 400);
        assertThat(notes).isEmpty();
    }

    @Test
    void refusesMetadataThatContradictTheInput() {
        assertThatThrownBy(() -> reader(Map.of("sampleRateHz", "100", "channels", "a,b,c")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("its metadata say that its 2 channels are 'a,b,c', and its rate '100'");
        assertThatThrownBy(() -> reader(Map.of("sampleRateHz", "fast"))).isInstanceOf(InvalidModelException.class);
        assertThatThrownBy(() -> reader(Map.of("sampleRateHz", "0"))).isInstanceOf(InvalidModelException.class);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
