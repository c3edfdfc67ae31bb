package org.tinytune.tflite;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.tensorflow.lite.support.metadata.schema.AssociatedFileType;
import org.tensorflow.lite.support.metadata.schema.ProcessUnitOptions;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Tensor;

/** Reads what a model says of itself from TFLite metadata, whoever wrote it. */
final class MetadataReader {
    private static final int MAX_LABELS = 1 << 16;

    private final UntrustedFile file;

    private MetadataReader(UntrustedFile file) {
        this.file = file;
    }

    /**
     * The metadata of a model.
     *
     * @param file the whole file, with the archive at its end
     * @param source named in messages
     * @param flatbuffer the metadata's own flatbuffer
     * @param input the first input of the graph, which the encoding is of
     */
    static Metadata read(UntrustedFile file, String source, ByteBuffer flatbuffer, Tensor input) {
        FlatTable model = new UntrustedFile(source + " (metadata)", flatbuffer)
                .root(Schema.METADATA_IDENTIFIER, "metadata of a TFLite model");
        return new MetadataReader(file).read(model, input);
    }

    private Metadata read(FlatTable model, Tensor input) {
        Optional<FlatTable> subgraph = first(model.tables(Schema.ModelMetadata.SUBGRAPH_METADATA));
        Optional<FlatTable> inputMetadata =
                subgraph.flatMap(s -> first(s.tables(Schema.SubGraphMetadata.INPUT_TENSOR_METADATA)));
        Optional<FlatTable> outputMetadata =
                subgraph.flatMap(s -> first(s.tables(Schema.SubGraphMetadata.OUTPUT_TENSOR_METADATA)));
        Facts facts = facts(model);
        Metadata unnamed = Metadata.unnamed();
        return new Metadata(
                model.text(Schema.ModelMetadata.NAME).map(Text::oneLine).orElse(unnamed.name()),
                model.text(Schema.ModelMetadata.DESCRIPTION).map(Text::oneLine).orElse(unnamed.description()),
                facts.labels().isEmpty() ? outputMetadata.map(this::labels).orElse(List.of()) : facts.labels(),
                inputMetadata.map(m -> encoding(m, input)).orElse(unnamed.encoding()),
                facts.extra());
    }

    private Facts facts(FlatTable model) {
        for (FlatTable entry : model.tables(Schema.ModelMetadata.ASSOCIATED_FILES)) {
            if (entry.text(Schema.AssociatedFile.NAME).equals(Optional.of(MetadataWriter.FACT_FILE))) {
                return Facts.decode(content(MetadataWriter.FACT_FILE))
                        .orElseThrow(
                                () -> file.damaged("'" + MetadataWriter.FACT_FILE + "' is not what tinytune writes"));
            }
        }
        return Facts.NONE;
    }

    private List<String> labels(FlatTable output) {
        for (FlatTable entry : output.tables(Schema.TensorMetadata.ASSOCIATED_FILES)) {
            Optional<String> name = entry.text(Schema.AssociatedFile.NAME);
            int type = entry.getByte(Schema.AssociatedFile.TYPE, AssociatedFileType.UNKNOWN);
            if (type == AssociatedFileType.TENSOR_AXIS_LABELS && name.isPresent()) {
                return limited(LabelFile.decode(content(name.get()), MAX_LABELS + 1));
            }
        }
        return List.of();
    }

    private List<String> limited(List<String> labels) {
        if (labels.size() > MAX_LABELS) {
            throw file.damaged("its metadata has more than " + MAX_LABELS + " labels");
        }
        return labels;
    }

    private byte[] content(String name) {
        return AssociatedFiles.read(file, name)
                .orElseThrow(() -> file.damaged("its metadata names a file '" + Text.oneLine(name)
                        + "', which the archive at its end does not hold"));
    }

    private InputEncoding encoding(FlatTable metadata, Tensor input) {
        List<Float> mean = InputEncoding.IDENTITY.mean();
        List<Float> deviation = InputEncoding.IDENTITY.deviation();
        for (FlatTable unit : metadata.tables(Schema.TensorMetadata.PROCESS_UNITS)) {
            int type = unit.getByte(Schema.ProcessUnit.OPTIONS_TYPE, ProcessUnitOptions.NONE);
            Optional<FlatTable> options = unit.table(Schema.ProcessUnit.OPTIONS);
            if (type == ProcessUnitOptions.NormalizationOptions && options.isPresent()) {
                mean = finite(options.get().floats(Schema.NormalizationOptions.MEAN));
                deviation = finite(options.get().floats(Schema.NormalizationOptions.STD));
                break;
            }
        }
        if (mean.isEmpty() || deviation.isEmpty()) {
            throw file.damaged("its metadata normalizes without a mean or without a deviation");
        }
        int channels = Math.max(mean.size(), deviation.size());
        if (channels > 1
                && (input.shape().rank() == 0 || channels != input.shape().dim(-1))) {
            throw file.damaged("its metadata normalizes " + channels + " channels of an input " + input.shape());
        }
        mean = spread(mean, channels);
        deviation = spread(deviation, channels);
        Optional<FlatTable> stats = metadata.table(Schema.TensorMetadata.STATS);
        List<Float> min = stats.map(s -> finite(s.floats(Schema.Stats.MIN))).orElse(List.of());
        List<Float> max = stats.map(s -> finite(s.floats(Schema.Stats.MAX))).orElse(List.of());
        // A normalization without a range is meant to give values in [-1, 1].
        float rawMin = min.stream().min(Float::compare).orElse(mean.get(0) - deviation.get(0));
        float rawMax = max.stream().max(Float::compare).orElse(mean.get(0) + deviation.get(0));
        finite(new float[] {rawMin, rawMax});
        return new InputEncoding(mean, deviation, rawMin, rawMax);
    }

    /** One value for all channels, repeated for each where the other list has one a channel. */
    private static List<Float> spread(List<Float> values, int channels) {
        return values.size() == 1 ? Collections.nCopies(channels, values.get(0)) : values;
    }

    private List<Float> finite(float[] values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw file.damaged("its metadata holds the number " + value);
            }
            list.add(value);
        }
        return list;
    }

    private static Optional<FlatTable> first(List<FlatTable> tables) {
        return tables.stream().findFirst();
    }
}
