package org.tinytune.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.support.metadata.schema.ModelMetadata;
import org.tensorflow.lite.support.metadata.schema.ModelMetadataT;
import org.tensorflow.lite.support.metadata.schema.NormalizationOptionsT;
import org.tensorflow.lite.support.metadata.schema.StatsT;
import org.tensorflow.lite.support.metadata.schema.TensorMetadataT;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;

/** Metadata as other tools write it. */
class MetadataReaderTest {
    private static final Graph GRAPH = SampleGraphs.described();
    private static final Tensor RGB =
            Tensor.activation("x", Shape.of(1, 4, 4, 3), ElementType.INT8, Quantization.perTensor(1, 0));

    private static Metadata read(Consumer<ModelMetadataT> alter) {
        return read(alter, MetadataWriter.files(GRAPH.metadata()));
    }

    private static Metadata read(Consumer<ModelMetadataT> alter, SortedMap<String, byte[]> files) {
        ModelMetadataT metadata = ModelMetadata.getRootAsModelMetadata(MetadataWriter.flatbuffer(GRAPH))
                .unpack();
        alter.accept(metadata);
        FlatBufferBuilder builder = new FlatBufferBuilder();
        ModelMetadata.finishModelMetadataBuffer(builder, ModelMetadata.pack(builder, metadata));
        UntrustedFile file =
                new UntrustedFile("m.tflite", ByteBuffer.wrap(AssociatedFiles.append(new byte[64], files)));
        return MetadataReader.read(file, "m.tflite", builder.dataBuffer(), RGB);
    }

    private static TensorMetadataT input(ModelMetadataT metadata) {
        return metadata.getSubgraphMetadata()[0].getInputTensorMetadata()[0];
    }

    private static NormalizationOptionsT normalization(ModelMetadataT metadata) {
        return input(metadata).getProcessUnits()[0].getOptions().asNormalizationOptions();
    }

    private static void assertRefused(Consumer<ModelMetadataT> alter, String message) {
        assertThatThrownBy(() -> read(alter))
                .isInstanceOf(TinytuneException.class)
                .hasMessage(message);
    }

    @Test
    void readsWhatTheGeneratedClassesWrite() {
        assertThat(read(metadata -> {})).isEqualTo(GRAPH.metadata());
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        Metadata metadata = read(m -> {
            m.setName(null);
            m.setDescription(null);
            m.setAssociatedFiles(null);
            m.setSubgraphMetadata(null);
        });
        assertThat(metadata).isEqualTo(Metadata.unnamed());
    }

    @Test
    void aMeanForEachChannelSharesOneDeviation() {
        Metadata metadata = read(m -> {
            normalization(m).setMean(new float[] {1, 2, 3});
            normalization(m).setStd(new float[] {4});
            input(m).setStats(null);
        });
        assertThat(metadata.encoding()).isEqualTo(new InputEncoding(List.of(1f, 2f, 3f), List.of(4f, 4f, 4f), -3, 5));
    }

    @Test
    void theRangeOfAllChannelsIsTheWidest() {
        Metadata metadata = read(m -> {
            StatsT stats = input(m).getStats();
            stats.setMin(new float[] {0, -7, 3});
            stats.setMax(new float[] {200, 255, 90});
        });
        assertThat(metadata.encoding().rawMin()).isEqualTo(-7);
        assertThat(metadata.encoding().rawMax()).isEqualTo(255);
    }

    @Test
    void labelsMayHaveLineEndsOfAnyKind() {
        SortedMap<String, byte[]> files =
                new TreeMap<>(Map.of("labels.txt", "cat\r\ndog\nbird".getBytes(StandardCharsets.UTF_8)));
        Metadata metadata = read(m -> m.setAssociatedFiles(null), files);
        assertThat(metadata.labels()).containsExactly("cat", "dog", "bird");
        assertThat(metadata.extra()).isEmpty();
    }

    @Test
    void refusesNumbersThatAreNone() {
        assertRefused(
                m -> normalization(m).setMean(new float[] {Float.NaN}),
                "m.tflite: is cut or damaged: its metadata holds the number NaN");
        assertRefused(
                m -> normalization(m).setStd(new float[0]),
                "m.tflite: is cut or damaged: its metadata normalizes without a mean or without a deviation");
        assertRefused(m -> normalization(m).setStd(new float[] {0}), "input encoding: deviation 0.0 is not above 0");
    }

    @Test
    void refusesANormalizationOfOtherChannels() {
        assertRefused(
                m -> normalization(m).setMean(new float[] {1, 2}),
                "m.tflite: is cut or damaged: its metadata normalizes 2 channels of an input [1, 4, 4, 3]");
    }

    @Test
    void refusesAnArchiveWithoutWhatTheMetadataNames() {
        assertThatThrownBy(() -> read(m -> {}, new TreeMap<>()))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("m.tflite: is cut or damaged: its metadata names a file 'tinytune.json',"
                        + " which the archive at its end does not hold");
    }

    @Test
    void refusesFactsThatAreNoFacts() {
        for (String json : List.of("", "[]", "{\"labels\":[null]}", "{\"extra\":{\"a\":null}}", "{\"a\":1}", "null")) {
            SortedMap<String, byte[]> files = MetadataWriter.files(GRAPH.metadata());
            files.put("tinytune.json", json.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> read(m -> {}, files))
                    .as(json)
                    .isInstanceOf(TinytuneException.class)
                    .hasMessage("m.tflite: is cut or damaged: 'tinytune.json' is not what tinytune writes");
        }
    }
}
