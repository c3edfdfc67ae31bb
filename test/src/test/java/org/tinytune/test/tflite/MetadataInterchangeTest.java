package org.tinytune.test.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.lite.support.metadata.MetadataExtractor;
import org.tensorflow.lite.support.metadata.schema.NormalizationOptions;
import org.tensorflow.lite.support.metadata.schema.TensorMetadata;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.tflite.ModelFiles;
import org.tinytune.tflite.TfliteWriter;

/** Metadata as the tools of others see it. */
class MetadataInterchangeTest {
    private static final Graph GRAPH = RandomGraphs.network(7)
            .withMetadata(new Metadata(
                    "digits",
                    "handwritten digits",
                    List.of("null", "eins", "zwölf"),
                    new InputEncoding(List.of(127.5f), List.of(64f), 0, 255),
                    new TreeMap<>(Map.of("trial", "17"))));

    private final MetadataExtractor extractor = new MetadataExtractor(ByteBuffer.wrap(TfliteWriter.write(GRAPH)));

    MetadataInterchangeTest() throws IOException {}

    @Test
    void theMetadataExtractorReadsNameAndDescription() {
        assertThat(extractor.hasMetadata()).isTrue();
        assertThat(extractor.isMinimumParserVersionSatisfied()).isTrue();
        assertThat(extractor.getModelMetadata().name()).isEqualTo("digits");
        assertThat(extractor.getModelMetadata().description()).isEqualTo("handwritten digits");
    }

    @Test
    void theMetadataExtractorReadsTheInput() {
        Quantization quantization = GRAPH.input().quantization();
        assertThat(extractor.getInputTensorCount()).isEqualTo(1);
        assertThat(extractor.getInputTensorShape(0))
                .isEqualTo(GRAPH.input().shape().dims());
        assertThat(extractor.getInputTensorQuantizationParams(0).getScale()).isEqualTo(quantization.scale());
        assertThat(extractor.getInputTensorQuantizationParams(0).getZeroPoint()).isEqualTo(quantization.zeroPoint());
        TensorMetadata input = extractor.getInputTensorMetadata(0);
        NormalizationOptions options =
                (NormalizationOptions) input.processUnits(0).options(new NormalizationOptions());
        assertThat(options.mean(0)).isEqualTo(127.5f);
        assertThat(options.std(0)).isEqualTo(64f);
        assertThat(input.stats().min(0)).isZero();
        assertThat(input.stats().max(0)).isEqualTo(255);
    }

    @Test
    void theMetadataExtractorReadsTheLabels() throws IOException {
        TensorMetadata output = extractor.getOutputTensorMetadata(0);
        assertThat(output.associatedFiles(0).name()).isEqualTo("labels.txt");
        assertThat(extractor.getAssociatedFileNames()).containsExactlyInAnyOrder("labels.txt", "tinytune.json");
        byte[] labels = extractor.getAssociatedFile("labels.txt").readAllBytes();
        assertThat(new String(labels, StandardCharsets.UTF_8)).isEqualTo("null\neins\nzwölf\n");
    }

    @Test
    void aZipReaderListsTheFiles(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("m.tflite");
        ModelFiles.save(GRAPH, path);
        try (ZipFile zip = new ZipFile(path.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName)).containsExactly("labels.txt", "tinytune.json");
        }
        assertThat(Files.size(path)).isEqualTo(TfliteWriter.write(GRAPH).length);
    }

    @Test
    void theInterpreterRunsAFileWithMetadata() {
        Differential.assertEqual("with metadata", GRAPH, List.of(RandomGraphs.inputs(GRAPH, 1)));
    }
}
