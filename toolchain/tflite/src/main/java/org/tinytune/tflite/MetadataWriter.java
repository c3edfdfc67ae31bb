package org.tinytune.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.lite.support.metadata.schema.AssociatedFile;
import org.tensorflow.lite.support.metadata.schema.AssociatedFileType;
import org.tensorflow.lite.support.metadata.schema.Content;
import org.tensorflow.lite.support.metadata.schema.ContentProperties;
import org.tensorflow.lite.support.metadata.schema.FeatureProperties;
import org.tensorflow.lite.support.metadata.schema.ModelMetadata;
import org.tensorflow.lite.support.metadata.schema.NormalizationOptions;
import org.tensorflow.lite.support.metadata.schema.ProcessUnit;
import org.tensorflow.lite.support.metadata.schema.ProcessUnitOptions;
import org.tensorflow.lite.support.metadata.schema.Stats;
import org.tensorflow.lite.support.metadata.schema.SubGraphMetadata;
import org.tensorflow.lite.support.metadata.schema.TensorMetadata;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Tensor;

/** Writes what a model says of itself as TFLite metadata: a flatbuffer of its own, and the files it names. */
final class MetadataWriter {
    static final String LABEL_FILE = "labels.txt";
    static final String FACT_FILE = "tinytune.json";

    /** The metadata parser that understands every field used here. */
    private static final String MIN_PARSER_VERSION = "1.0.0";
    /** A field that is left out. */
    private static final int ABSENT = 0;

    private final Graph graph;
    private final Metadata metadata;
    private final FlatBufferBuilder builder = new FlatBufferBuilder();

    private MetadataWriter(Graph graph) {
        this.graph = graph;
        this.metadata = graph.metadata();
    }

    /** The files beside the flatbuffer, by name. */
    static SortedMap<String, byte[]> files(Metadata metadata) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        if (!metadata.labels().isEmpty()) {
            files.put(LABEL_FILE, LabelFile.encode(metadata.labels()));
        }
        Facts facts = Facts.of(metadata);
        if (!facts.equals(Facts.NONE)) {
            files.put(FACT_FILE, facts.encode());
        }
        return files;
    }

    /** The flatbuffer. */
    static ByteBuffer flatbuffer(Graph graph) {
        return new MetadataWriter(graph).flatbuffer();
    }

    private ByteBuffer flatbuffer() {
        SortedMap<String, byte[]> files = files(metadata);
        int[] inputs = graph.inputs().stream()
                .mapToInt(i -> tensor(graph.tensor(i), i.equals(graph.inputs().get(0)), false))
                .toArray();
        int[] outputs = graph.outputs().stream()
                .mapToInt(i -> tensor(
                        graph.tensor(i), false, i.equals(graph.outputs().get(0)) && files.containsKey(LABEL_FILE)))
                .toArray();
        int subgraph = SubGraphMetadata.createSubGraphMetadata(
                builder,
                ABSENT,
                ABSENT,
                SubGraphMetadata.createInputTensorMetadataVector(builder, inputs),
                SubGraphMetadata.createOutputTensorMetadataVector(builder, outputs),
                ABSENT,
                ABSENT,
                ABSENT,
                ABSENT,
                ABSENT,
                ABSENT);
        int model = ModelMetadata.createModelMetadata(
                builder,
                builder.createString(metadata.name()),
                metadata.description().isEmpty() ? ABSENT : builder.createString(metadata.description()),
                ABSENT,
                ModelMetadata.createSubgraphMetadataVector(builder, new int[] {subgraph}),
                ABSENT,
                ABSENT,
                files.containsKey(FACT_FILE)
                        ? ModelMetadata.createAssociatedFilesVector(builder, new int[] {
                            file(FACT_FILE, "facts of tinytune about the model", AssociatedFileType.UNKNOWN)
                        })
                        : ABSENT,
                builder.createString(MIN_PARSER_VERSION));
        ModelMetadata.finishModelMetadataBuffer(builder, model);
        return builder.dataBuffer();
    }

    private int tensor(Tensor tensor, boolean encoded, boolean labelled) {
        return TensorMetadata.createTensorMetadata(
                builder,
                builder.createString(tensor.name()),
                builder.createString(description(tensor, encoded, labelled)),
                ABSENT,
                content(),
                encoded ? TensorMetadata.createProcessUnitsVector(builder, new int[] {normalization()}) : ABSENT,
                encoded
                        ? stats(
                                metadata.encoding().rawMin(),
                                metadata.encoding().rawMax())
                        : ABSENT,
                labelled
                        ? TensorMetadata.createAssociatedFilesVector(
                                builder,
                                new int[] {file(LABEL_FILE, "a label a line", AssociatedFileType.TENSOR_AXIS_LABELS)})
                        : ABSENT);
    }

    private static String description(Tensor tensor, boolean encoded, boolean labelled) {
        String kind = tensor.type() + " " + tensor.shape();
        if (tensor.quantization().isPresent()) {
            kind += " of " + tensor.quantization();
        }
        if (encoded) {
            return kind + ": raw readings, normalized, then quantized";
        }
        return labelled ? kind + ": a score for each label" : kind;
    }

    private int content() {
        FeatureProperties.startFeatureProperties(builder);
        int properties = FeatureProperties.endFeatureProperties(builder);
        return Content.createContent(builder, ContentProperties.FeatureProperties, properties, ABSENT);
    }

    private int normalization() {
        InputEncoding encoding = metadata.encoding();
        int options = NormalizationOptions.createNormalizationOptions(
                builder,
                NormalizationOptions.createMeanVector(builder, toArray(encoding.mean())),
                NormalizationOptions.createStdVector(builder, toArray(encoding.deviation())));
        return ProcessUnit.createProcessUnit(builder, ProcessUnitOptions.NormalizationOptions, options);
    }

    private int stats(float min, float max) {
        return Stats.createStats(
                builder,
                Stats.createMaxVector(builder, new float[] {max}),
                Stats.createMinVector(builder, new float[] {min}));
    }

    private int file(String name, String description, byte type) {
        return AssociatedFile.createAssociatedFile(
                builder, builder.createString(name), builder.createString(description), type, ABSENT, ABSENT);
    }

    private static float[] toArray(List<Float> list) {
        float[] array = new float[list.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = list.get(i);
        }
        return array;
    }
}
